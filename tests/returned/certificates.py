"""Invented certificate authorities and the offices they certify; keys are made anew for every run of the tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]  # no published types
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FIRST = datetime(2025, 1, 1, tzinfo=UTC)
LAST = datetime(2028, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def asn1_key(self) -> asn1_keys.PrivateKeyInfo:
        der = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return asn1_keys.PrivateKeyInfo.load(der)


def _name(common: str, organization: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _use(*, signs: bool, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=not signs and not certifies,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


def authority(common: str = "Tổ chức chứng thực số Ví Dụ") -> Holder:
    """A root that certifies itself."""
    return _certified(common, "Cơ quan chứng thực Ví Dụ", None, serial=1, first=FIRST, last=LAST, certifies=True)


def office(
    by: Holder | None,
    common: str = "Ủy ban nhân dân xã Suối Mẫu",
    *,
    serial: int = 0x5A01,
    first: datetime = FIRST,
    last: datetime = LAST,
    signs: bool = True,
    stamps_time: bool = False,
) -> Holder:
    """An office certified by an authority; by itself where ``by`` is ``None``."""
    return _certified(
        common, "UBND xã Suối Mẫu", by, serial=serial, first=first, last=last, signs=signs, stamps_time=stamps_time
    )


def _certified(
    common: str,
    organization: str,
    by: Holder | None,
    *,
    serial: int,
    first: datetime,
    last: datetime,
    certifies: bool = False,
    signs: bool = False,
    stamps_time: bool = False,
) -> Holder:
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = (
        rsa.generate_private_key(65537, 2048) if stamps_time else ec.generate_private_key(ec.SECP256R1())
    )  # the timestamper of the tests knows RSA only
    name = _name(common, organization)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.certificate.subject if by else name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=certifies, path_length=None), critical=True)
        .add_extension(_use(signs=signs, certifies=certifies), critical=True)
    )
    if stamps_time:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Holder(builder.sign(by.key if by else key, hashes.SHA256()), key)


def revoked_list(by: Holder, serial: int, day: datetime) -> bytes:
    """The authority's list of revoked certificates (DER) with one of them."""
    one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(day).build()
    builder = x509.CertificateRevocationListBuilder().issuer_name(by.certificate.subject).last_update(day)
    return (
        builder.next_update(LAST).add_revoked_certificate(one).sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)
    )
