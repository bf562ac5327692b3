"""Whatever people do, in whatever order: the state equals its replay, and the chain holds."""

from contextlib import suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, precondition, rule

from db import history
from db.store import open_memory
from xmdesk.ports import StepKind
from xmdesk.records.facility import Facility

names = st.text("甲乙丙丁戊", min_size=1, max_size=3)


class Office(RuleBasedStateMachine):
    """Saves, removals, imports, seals, undo and redo against a model: a list of states, one a step."""

    facilities = Bundle("facilities")

    @initialize()
    def open(self) -> None:
        self.store = open_memory()
        self.states: list[dict[str, Facility]] = [{}]

    @property
    def present(self) -> dict[str, Facility]:
        return self.states[-1]

    def note(self) -> None:
        """Take over the state after a step, if there was one."""
        if self.store.audit_head()[0] == len(self.states):
            self.states.append({one.uid: one for one in self.store.all(Facility)})

    @rule(target=facilities, name=names)
    def add(self, name: str) -> Facility:
        one = Facility(name=name)
        with self.store.change("新增") as change:
            change.save(one)
        assert self.store.get(Facility, one.uid) == one
        self.note()
        return one

    @rule(one=facilities, name=names)
    def rename(self, one: Facility, name: str) -> None:
        with self.store.change("改名") as change:
            change.save(one.changed(name=name))
        found = self.store.get(Facility, one.uid)
        assert found is not None
        assert found.name == name
        self.note()

    @rule(one=facilities)
    def remove(self, one: Facility) -> None:
        with self.store.change("删除") as change:
            change.remove(one)
        assert self.store.get(Facility, one.uid) is None
        self.note()

    @rule(target=facilities, new=st.lists(names, max_size=3), old=st.lists(facilities, max_size=2), name=names)
    def bring_in(self, new: list[str], old: list[Facility], name: str):  # hypothesis has no type for it
        made = [Facility(name=one) for one in new]
        with self.store.change("导入", kind=StepKind.IMPORT) as change:
            change.save_many([*made, *(one.changed(remark=name) for one in old)])
        self.note()
        return multiple(*made)

    @rule(one=facilities)
    def seal(self, one: Facility) -> None:
        with self.store.change("密封", kind=StepKind.SEAL) as change:
            change.save(one.changed(remark=f"密封{len(self.states)}"))
        self.note()

    @rule(one=facilities)
    def fail(self, one: Facility) -> None:
        before = self.store.audit_head()
        with suppress(RuntimeError), self.store.change("失败") as change:
            change.remove(one)
            with self.store.change("第二个"):
                pass
        assert self.store.audit_head() == before

    @precondition(lambda self: self.store.undoable() is not None)
    @rule()
    def undo(self) -> None:
        step = self.store.undoable()
        assert step is not None
        result = self.store.undo()
        self.note()
        before, after = self.states[step.number - 1], self.states[step.number]
        kept = {uid for _, uid in result.kept}
        for uid in before.keys() | after.keys():
            if before.get(uid) != after.get(uid) and uid not in kept:
                assert self.present.get(uid) == before.get(uid)

    @precondition(lambda self: self.store.redoable() is not None)
    @rule()
    def redo(self) -> None:
        before_undo = self.store.redoable()
        assert before_undo is not None
        self.store.redo()
        self.note()
        newest = self.store.steps(limit=1)[0]
        assert newest.kind is StepKind.REDO

    @invariant()
    def state_equals_replay(self) -> None:
        replayed: dict[str, Facility] = {}
        for entry in self.store.entries():
            if entry.after is None:
                del replayed[entry.uid]
            else:
                replayed[entry.uid] = Facility.model_validate(entry.after)
        assert replayed == self.present
        assert {one.uid: one for one in self.store.all(Facility)} == replayed

    @invariant()
    def chain_holds(self) -> None:
        with self.store.connections.reading() as connection:
            assert history.first_break(connection) == 0

    @invariant()
    def search_text_is_fresh(self) -> None:
        for uid, one in self.present.items():
            assert uid in self.store.uids(Facility, search=one.name)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
