"""What a verification believes: the district root, its revocation list, its register, and the time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509

from xmdesk.errors import Refused
from xmdesk.trust.profiles import Profile, is_sound_root, subject_of
from xmdesk.trust.register import CertificateEntry
from xmdesk.trust.revocation import RevocationList

LARGEST_LEAP = timedelta(days=400)
SLACK = timedelta(days=1)
"""Two honest clocks may differ by so much (the district's is ahead of ours); the later of both is then believed."""


@dataclass(frozen=True)
class TrustStore:
    """Trust as it stands on this computer; refuses (``T-ROOT-BAD``) anything but a district root of our profile."""

    root: x509.Certificate
    trusted_now: datetime
    """Present moment after :func:`trusted_moment`, UTC."""
    crl: RevocationList | None = None
    """Read by :func:`~xmdesk.trust.revocation.read_list`, which has checked signature and number."""
    register: Mapping[str, CertificateEntry] | None = None
    """Entries by fingerprint; at the district it decides. Without it chain, list and code decide."""
    odd_clock: str = ""
    """What this computer's clock shows, where that is in doubt."""
    clock_is_slow: bool = False
    """Whether it shows a moment before the newest known for certain."""
    expected_code: str | None = None
    """Office that the document must come from, or for documents of the district must be addressed to."""

    def __post_init__(self) -> None:
        """Check the root once."""
        if not is_sound_root(self.root):
            raise Refused("T-ROOT-BAD")

    @cached_property
    def allowed_prefix(self) -> str:
        """District code that every office's code must begin with."""
        return subject_of(self.root, Profile.ROOT).code


@dataclass(frozen=True)
class TrustedMoment:
    """The time to judge by and what is odd about the computer's clock (``""``, ``T-CLOCK-SLOW``, ``T-CLOCK-FAST``)."""

    moment: datetime
    oddity: str


def trusted_moment(system: datetime, *, floor: datetime) -> TrustedMoment:
    """Never earlier than the newest moment known for certain (build, receipt, task or revocation list)."""
    if system < floor:
        return TrustedMoment(floor, "T-CLOCK-SLOW" if floor - system >= SLACK else "")
    return TrustedMoment(system, "T-CLOCK-FAST" if system - floor > LARGEST_LEAP else "")
