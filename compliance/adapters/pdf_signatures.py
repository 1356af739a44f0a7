"""The digital signatures inside a PDF, read and verified offline.

Nothing is asked over a network: no list of revoked certificates, no issuer's certificate. What pyHanko prints or logs
stays here; whatever a hostile file makes it raise ends as a signature that could not be read.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import AlgorithmNotSupported
from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

from compliance.adapters.pdf_certificates import (
    certificate_of,
    chain_of,
    entry,
    fit_to_sign,
    name_of,
    revoked_on,
    roots_of,
)
from compliance.adapters.pdf_reading import QuickReader
from compliance.domain.signature_facts import Changes, SignatureFacts, TimeSource, Unreadable

_LOGGERS = ("pyhanko", "pyhanko_certvalidator")
_MARK = b"/ByteRange"
_MOST = 50
"""More signatures than any paper has; a file with more was made to keep a reader busy."""


class _UnknownAlgorithm(Exception):
    """A signature nobody here can reckon with."""


class _KnownAlgorithms(DefaultSignatureValidator):
    """Tells an algorithm nobody here can reckon with from a signature that does not hold."""

    def validate_signature(self, *of: Any, **named: Any) -> None:
        try:
            super().validate_signature(*of, **named)
        except AlgorithmNotSupported as error:
            raise _UnknownAlgorithm from error


def signatures_in(data: bytes, *, anchors: Sequence[bytes], at: datetime) -> tuple[SignatureFacts, ...]:
    """Every digital signature of a PDF, in the order they were put there.

    Args:
        data: the whole file.
        anchors: certificates (DER) whose holders the office trusts; without any, integrity and identity only.
        at: the moment the check is reckoned by, with its zone.

    Returns:
        Empty for a file without signatures; a signature that cannot be read is among them, marked so.
    """
    with _silent():
        try:
            reader = _opened(data)
            fields = list(enumerate_sig_fields(reader, filled_status=True))[:_MOST]
        except Exception:  # a damaged file fails in any of a hundred ways
            return (_unread("", at, Unreadable.STRUCTURE),) if _MARK in data else ()
        roots = roots_of(anchors)
        facts = [_of_field(reader, str(name), field, roots, at) for name, _, field in fields]
        facts.sort(key=lambda pair: pair[0])
        found = [one for _, one in facts]
        if len(fields) < min(data.count(_MARK), _MOST):
            found.append(_unread("", at, Unreadable.UNLISTED))
        return tuple(found)


@contextmanager
def _silent() -> Iterator[None]:
    """Neither log lines nor warnings of the library reach anybody."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith(_LOGGERS)]
    before = {name: logging.getLogger(name).level for name in names}
    try:
        for name in names:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def _opened(data: bytes) -> PdfFileReader:
    reader = QuickReader(data)
    if reader.encrypted:
        reader.decrypt("")  # locked against printing or copying only; a file that needs a password never comes here
    return reader


def _unread(field: str, at: datetime, why: Unreadable) -> SignatureFacts:
    return SignatureFacts(field=field, checked_at=at, unreadable=why)


def _of_field(
    reader: PdfFileReader, name: str, field: Any, roots: Sequence[Any], at: datetime
) -> tuple[int, SignatureFacts]:
    """The facts of one field, and where in the file it was signed."""
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        return int(embedded.signed_revision), _facts(embedded, roots, at)
    except (SignatureValidationError, _UnknownAlgorithm):
        return 0, _unread(name, at, Unreadable.ALGORITHM)
    except Exception:  # as above
        return 0, _unread(name, at, Unreadable.STRUCTURE)


def _facts(embedded: EmbeddedPdfSignature, roots: Sequence[Any], at: datetime) -> SignatureFacts:
    certificate = certificate_of(embedded.signer_cert)
    stamped = embedded.sig_object_type == "/DocTimeStamp"
    said = None if stamped else _zoned(embedded.self_reported_timestamp)
    status = _validated(embedded, roots, _within(said or at, certificate.valid_from, certificate.valid_until), stamped)
    signed_at, source, authority = _signing_time(status, said, stamped)
    own = embedded.signer_cert
    return SignatureFacts(
        field=embedded.field_name,
        checked_at=at,
        is_timestamp=stamped,
        intact=bool(status.intact and status.valid),
        covers_whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        changes=_changes(status, embedded),
        changed_fields=_changed_fields(status, embedded),
        certificate=certificate,
        signed_at=signed_at,
        time_source=source,
        time_authority=authority,
        digest=str(status.md_algorithm),
        chain=chain_of(status, own, roots),
        anchor=name_of(status.validation_path.first.subject) if status.trusted and status.validation_path else "",
        wrong_use=not stamped and not fit_to_sign(own),
        revoked_on=revoked_on(embedded, own),
        hybrid=bool(embedded.reader.xrefs.hybrid_xrefs_present),
        xfa="/XFA" in entry(embedded.reader.root, "/AcroForm", {}),
        visible=_visible(embedded.sig_field),
        reason=str(entry(embedded.sig_object, "/Reason", "")),
        location=str(entry(embedded.sig_object, "/Location", "")),
    )


def _zoned(moment: datetime | None) -> datetime | None:
    """A time without a zone is taken for UTC, as the format's older writers meant it."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.utcoffset() is None else moment


def _within(moment: datetime, first: datetime, last: datetime) -> datetime:
    """The chain is asked at a moment the certificate itself holds: its own time is judged apart."""
    return min(max(moment, first), last)


def _validated(embedded: EmbeddedPdfSignature, roots: Sequence[Any], moment: datetime, stamped: bool) -> Any:
    context = ValidationContext(
        trust_roots=list(roots),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
        signature_validator=_KnownAlgorithms(),
        algorithm_usage_policy=AcceptAllAlgorithms(),  # an outdated digest is reported, not taken for a broken one
    )
    if stamped:
        return validate_pdf_timestamp(embedded, context)
    any_use = KeyUsageConstraints(key_usage=set())  # asked by fit_to_sign, so that it is not taken for a broken chain
    return validate_pdf_signature(embedded, context, key_usage_settings=any_use)


def _signing_time(status: Any, said: datetime | None, stamped: bool) -> tuple[datetime | None, TimeSource, str]:
    token = status if stamped else status.timestamp_validity
    if token is not None and token.intact and token.valid:
        source = TimeSource.TRUSTED_AUTHORITY if token.trusted else TimeSource.UNKNOWN_AUTHORITY
        return _zoned(token.timestamp), source, name_of(token.signing_cert.subject)
    return said, TimeSource.SIGNER if said else TimeSource.NONE, ""


def _changes(status: Any, embedded: EmbeddedPdfSignature) -> Changes:
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Changes.NONE
    if not isinstance(status.diff_result, DiffResult) or status.modification_level is ModificationLevel.OTHER:
        return Changes.SUSPICIOUS
    locked = embedded.docmdp_level
    if locked is not None and status.modification_level.value > locked.value:
        return Changes.FORBIDDEN
    return Changes.FIELDS if _changed_fields(status, embedded) else Changes.SIGNATURES


def _changed_fields(status: Any, embedded: EmbeddedPdfSignature) -> tuple[str, ...]:
    """The fields filled in or changed after the signature, other than those other signatures stand in."""
    if not isinstance(status.diff_result, DiffResult):
        return ()
    signed = {str(name) for name, _, _ in enumerate_sig_fields(embedded.reader)}
    return tuple(sorted({str(name) for name in status.diff_result.changed_form_fields} - signed))


def _visible(field: Any) -> bool:
    """Whether the signature takes any room on a page."""
    for widget in (field, *(kid.get_object() for kid in entry(field, "/Kids", ()))):
        if "/Rect" in widget:
            left, bottom, right, top = map(float, widget["/Rect"])
            if left != right and bottom != top:
                return True
    return False
