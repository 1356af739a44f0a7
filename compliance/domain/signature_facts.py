"""What one digital signature in a returned paper shows, before anybody judges it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from compliance.domain.blank import Frozen


class Changes(StrEnum):
    """What was done to the file after this signature."""

    NONE = "none"
    SIGNATURES = "signatures"  # more signatures, timestamps, proofs for long keeping
    FIELDS = "fields"
    SUSPICIOUS = "suspicious"
    FORBIDDEN = "forbidden"  # of an allowed kind, but the signer locked the file
    UNKNOWN = "unknown"


class Chain(StrEnum):
    """How far the certificate can be followed up to an office that is trusted here."""

    TRUSTED = "trusted"
    NO_ANCHORS = "no_anchors"
    UNKNOWN_ISSUER = "unknown_issuer"
    SELF_SIGNED = "self_signed"
    BROKEN = "broken"  # a link is there and does not hold
    UNKNOWN = "unknown"


class TimeSource(StrEnum):
    """Who says when the paper was signed."""

    NONE = "none"
    SIGNER = "signer"
    UNKNOWN_AUTHORITY = "unknown_authority"
    TRUSTED_AUTHORITY = "trusted_authority"


class Unreadable(StrEnum):
    """Why a signature could not be read at all."""

    STRUCTURE = "structure"
    ALGORITHM = "algorithm"
    UNLISTED = "unlisted"  # its data are in the file, but no list of signatures names it


class Certificate(Frozen):
    """The signer's certificate; times with their zone."""

    subject: str
    organization: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime


class SignatureFacts(Frozen):
    """One signature; ``intact`` is ``None`` where the signature could not be read (``unreadable``).

    ``revoked_on`` comes from lists of revoked certificates carried inside the file; nothing is ever asked over a
    network. ``checked_at`` is the moment the check is reckoned by.
    """

    field: str
    checked_at: datetime
    is_timestamp: bool = False
    unreadable: Unreadable | None = None
    intact: bool | None = None
    covers_whole_file: bool = False
    changes: Changes = Changes.UNKNOWN
    changed_fields: tuple[str, ...] = ()
    certificate: Certificate | None = None
    signed_at: datetime | None = None
    time_source: TimeSource = TimeSource.NONE
    time_authority: str = ""
    digest: str = ""
    chain: Chain = Chain.UNKNOWN
    anchor: str = ""
    wrong_use: bool = False
    hybrid: bool = False
    xfa: bool = False
    revoked_on: datetime | None = None
    visible: bool = False
    reason: str = ""
    location: str = ""

    @property
    def who(self) -> str:
        """The signer by certificate; the name of the field where there is none."""
        return self.certificate.subject if self.certificate else f"trường chữ ký “{self.field}”"
