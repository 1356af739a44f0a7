"""What stands in a server's certificate, trusted or not."""

from __future__ import annotations

from hashlib import sha256

from cryptography import x509
from cryptography.x509.oid import ExtensionOID

from compliance.domain.machine_check import printable
from compliance.domain.web_check import Certificate


def read_certificate(der: bytes | None) -> Certificate | None:
    """The certificate; ``None`` when there is none, or it cannot be read."""
    try:
        found = x509.load_der_x509_certificate(der or b"")
        subject, issuer = found.subject.rfc4514_string(), found.issuer.rfc4514_string()
        return Certificate(
            subject=printable(subject),
            issuer=printable(issuer),
            names=_names(found),
            not_before=found.not_valid_before_utc,
            not_after=found.not_valid_after_utc,
            sha256=sha256(der or b"").hexdigest(),
        )
    except ValueError:  # not a certificate cryptography can read
        return None


def _names(found: x509.Certificate) -> tuple[str, ...]:
    try:
        listed = found.extensions.get_extension_for_oid(ExtensionOID.SUBJECT_ALTERNATIVE_NAME).value
    except x509.ExtensionNotFound:
        return ()
    if not isinstance(listed, x509.SubjectAlternativeName):
        return ()
    domains = listed.get_values_for_type(x509.DNSName)
    return tuple(printable(name, 253) for name in (*domains, *map(str, listed.get_values_for_type(x509.IPAddress))))
