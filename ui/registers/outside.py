"""The strip above the table when the record in the form is not among the rows of the table."""

from ui.shared.offer import Offer

WORDS = "表单里的这一条不在当前的查找或筛选里，下面的表里看不到它。"


class Outside(Offer):
    """When it is taken, the search and the filter give way and the table goes to the record."""

    def __init__(self) -> None:
        super().__init__("在表里显示")
        self.put(WORDS)
