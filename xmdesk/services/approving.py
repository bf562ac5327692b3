"""The office head's yes to a return: who, when, to which content, under which names. What changes afterwards lets it lapse."""

from dataclasses import dataclass

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
    """A yes as it was given; ``holds`` tells whether the content is still the one that was looked at.

    ``prepared_by`` stood on those pages as who fills in.
    """

    by: str
    at: str
    holds: bool
    prepared_by: str = ""

    def is_for(self, *, prepared_by: str, signed_off_by: str) -> bool:
        """Tell whether the yes is one for pages with this content and these names."""
        return self.holds and (self.prepared_by, self.by) == (prepared_by, signed_off_by)


class Approving:
    """Keeps one yes per period."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._office = OfficeDesk(store)

    def approve(self, draft: Draft, by: str, *, prepared_by: str = "") -> SignOff:
        """Note that the office head looked at this content and agrees; without a name it is ``WrongUse``.

        Who fills in is, as in :meth:`approval`, whom the office names where nobody is given.
        """
        if not by.strip():
            raise WrongUse("APPROVE-NAME")
        asked = self.approval(prepared_by=prepared_by.strip(), signed_off_by=by.strip())
        given = {"by": asked.signed_off_by, "prepared_by": asked.prepared_by, "at": asked.at}
        label = f"负责人同意上报{draft.period.words}"
        kept = {**given, "content": self.content(draft)}
        self._office.set_setting(_name(draft), kept, label=label, kind=StepKind.EDIT)
        return SignOff(**given, holds=True)

    def approval(self, *, prepared_by: str = "", signed_off_by: str = "") -> Approval:
        """Return who stands for a return: as given, else as the office's settings say, approved now."""
        office = self._office.office()
        return Approval(
            prepared_by=prepared_by or office.prepared_by,
            reviewed_by=office.reviewed_by,
            signed_off_by=signed_off_by or office.signed_off_by,
            phone=office.phone,
            at=clock.stamp(),
        )

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
        holds = given["content"] == self.content(draft)
        return SignOff(given["by"], given["at"], holds=holds, prepared_by=given.get("prepared_by", ""))

    def agreed(self, draft: Draft, approval: Approval) -> SignOff | None:
        """Return the yes that stands for this very content under the names of an approval, or None."""
        found = self.standing(draft)
        names = {"prepared_by": approval.prepared_by, "signed_off_by": approval.signed_off_by}
        return found if found is not None and found.is_for(**names) else None

    def content(self, draft: Draft) -> str:
        """Return the hash of all that the return would say of the registers."""
        return sha256_hex(canonical(drafting.told_of(self.store, draft)))


def _name(draft: Draft) -> str:
    return f"sign_off_{draft.period.text}"
