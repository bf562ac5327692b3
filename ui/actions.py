"""Every act of the window once: words, icon, keys and where the manual explains it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """One act. ``keys`` as Qt writes them; ``help`` is a heading of the manual."""

    id: str
    text: str
    icon: str
    keys: str
    help: str


ACTS: dict[str, Act] = {
    one.id: one
    for one in (
        Act("search", "查找", "search", "Ctrl+F", "查找"),
        Act("open", "打开文件", "file", "Ctrl+O", "拖入文件"),
        Act("new", "新增", "new", "Ctrl+N", "新增和修改"),
        Act("clone", "照抄一条", "new", "Ctrl+Shift+N", "新增和修改"),
        Act("pin", "固定这一项", "save", "Ctrl+K", "新增和修改"),
        Act("bulk", "批量修改", "save", "Ctrl+E", "像表格软件一样填"),
        Act("filter", "筛选", "search", "Ctrl+Shift+F", "像表格软件一样填"),
        Act("group", "分组", "down", "Ctrl+Shift+G", "像表格软件一样填"),
        Act("history", "修改记录", "undo", "Ctrl+J", "撤销和恢复"),
        Act("then", "看以前的台账", "undo", "Ctrl+G", "看以前的台账"),
        Act("help", "这一项怎么填", "note", "F1", "新增和修改"),
        Act("note", "批注", "own", "Shift+F2", "批注"),
        Act("save", "保存", "save", "Ctrl+S", "新增和修改"),
        Act("edit", "编辑", "save", "F2", "新增和修改"),
        Act("undo", "撤销", "undo", "Ctrl+Z", "撤销和恢复"),
        Act("redo", "恢复", "redo", "Ctrl+Y", "撤销和恢复"),
        Act("check", "校验", "good", "F5", "校验"),
        Act("onward", "下一处问题", "down", "F8", "校验"),
        Act("backward", "上一处问题", "down", "Shift+F8", "校验"),
        Act("reveal", "显示完整号码", "eye", "Ctrl+H", "号码的遮盖"),
        Act("letters", "按字母点按钮", "search", "F10", "键盘"),
        Act("next", "下一页", "down", "Ctrl+PgDown", "键盘"),
        Act("previous", "上一页", "down", "Ctrl+PgUp", "键盘"),
        Act("lock", "锁定", "lock", "Ctrl+L", "锁定"),
    )
}

CELL_ACTS: dict[str, Act] = {
    one.id: one
    for one in (
        Act("copy", "复制", "", "Ctrl+C", "像表格软件一样填"),
        Act("cut", "剪切", "", "Ctrl+X", "像表格软件一样填"),
        Act("paste", "粘贴", "", "Ctrl+V", "像表格软件一样填"),
        Act("clear", "清除内容", "", "Delete", "像表格软件一样填"),
        Act("fill", "向下填充", "", "Ctrl+D", "像表格软件一样填"),
        Act("fill_right", "向右填充", "", "Ctrl+R", "像表格软件一样填"),
    )
}
"""What is done to the selected cells of a table: by these keys in it, or from its menu."""
