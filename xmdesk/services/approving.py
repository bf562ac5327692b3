"""The office head's yes to a return: who, when, and to which content. Whatever changes afterwards lets it lapse."""

from dataclasses import dataclass, replace

from xmdesk import clock
from xmdesk.errors import WrongUse
from xmdesk.ports import StepKind, Store
from xmdesk.records.keeping import OfficeSetting
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.payload import sha256_hex
from xmdesk.services import drafting
from xmdesk.services.drafting import Approval, Draft
from xmdesk.services.offices import OfficeDesk


@dataclass(frozen=True)
class SignOff:
    """A yes as it was given; ``holds`` tells whether the content is still the one that was looked at."""

    by: str
    at: str
    holds: bool


class Approving:
    """Keeps one yes per period."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._office = OfficeDesk(store)

    def approve(self, draft: Draft, by: str) -> SignOff:
        """Note that the office head looked at this content and agrees; without a name it is ``WrongUse``."""
        name = by.strip()
        if not name:
            raise WrongUse("APPROVE-NAME")
        given = {"by": name, "at": clock.stamp(), "content": self.content(draft)}
        label = f"负责人同意上报{draft.period.words}"
        self._office.set_setting(_name(draft), given, label=label, kind=StepKind.EDIT)
        return SignOff(name, given["at"], holds=True)

    def withdraw(self, draft: Draft) -> None:
        """Take the yes back."""
        with self.store.change(f"收回负责人的同意 {draft.period.words}") as change:
            change.save(self.spent(draft))

    def spent(self, draft: Draft) -> OfficeSetting:
        """Return what to save when a yes is used up: it holds for one sealing."""
        return self._office.setting_record(_name(draft), {})

    def standing(self, draft: Draft) -> SignOff | None:
        """Return the yes given for a period, or None."""
        given: dict[str, str] = self._office.setting(_name(draft), {})
        if not given:
            return None
        return SignOff(given["by"], given["at"], holds=given["content"] == self.content(draft))

    def dated(self, draft: Draft, approval: Approval) -> Approval:
        """Return an approval with the moment of the yes, where the same person gave it to this very content."""
        found = self.standing(draft)
        return (
            replace(approval, at=found.at) if found and found.holds and found.by == approval.signed_off_by else approval
        )

    def content(self, draft: Draft) -> str:
        """Return the hash of all that the return would say of the registers."""
        return sha256_hex(canonical(drafting.told_of(self.store, draft)))


def _name(draft: Draft) -> str:
    return f"sign_off_{draft.period.text}"
