"""Certificates behind the signatures of a PDF: whose they are, who issued them, whether the file calls them revoked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms, crl, ocsp, x509  # type: ignore[import-untyped]  # no published types
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from compliance.domain.signature_facts import Certificate, Chain

_SIGNING = {"digital_signature", "non_repudiation"}
_UNPROVEN = {AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE}


def entry(dictionary: Any, key: str, otherwise: Any) -> Any:
    """The value behind a key; ``get`` of these dictionaries gives a pointer to it."""
    return dictionary[key] if key in dictionary else otherwise  # noqa: SIM401 - as just said


def certificate_of(own: x509.Certificate) -> Certificate:
    """A certificate as the report names it; the serial number in hexadecimal, as offices see it on screen."""
    organization = own.subject.native.get("organization_name", "")
    return Certificate(
        subject=name_of(own.subject),
        organization=", ".join(organization) if isinstance(organization, list) else str(organization),
        issuer=name_of(own.issuer),
        serial=f"{own.serial_number:X}",
        valid_from=own.not_valid_before.astimezone(UTC),
        valid_until=own.not_valid_after.astimezone(UTC),
    )


def name_of(name: x509.Name) -> str:
    """The common name; else the whole name."""
    common = name.native.get("common_name") or name.human_friendly
    return str(common[-1] if isinstance(common, list) else common)


def roots_of(anchors: Sequence[bytes]) -> tuple[x509.Certificate, ...]:
    """Trusted certificates from DER."""
    return tuple(x509.Certificate.load(der) for der in anchors)


def chain_of(status: Any, own: x509.Certificate, roots: Sequence[x509.Certificate]) -> Chain:
    """How far pyHanko could follow the certificate up."""
    if status.trusted:
        return Chain.TRUSTED
    if own.issuer == own.subject:
        return Chain.SELF_SIGNED
    if not roots:
        return Chain.NO_ANCHORS
    if not (status.intact and status.valid):
        return Chain.UNKNOWN
    if status.trust_problem_indic is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND:
        return Chain.UNKNOWN_ISSUER
    return Chain.UNKNOWN if status.trust_problem_indic in _UNPROVEN else Chain.BROKEN


def fit_to_sign(own: x509.Certificate) -> bool:
    """Whether the certificate may sign: it says so, or says nothing about its use."""
    use = own.key_usage_value
    return use is None or bool(set(use.native) & _SIGNING)


def revoked_on(embedded: EmbeddedPdfSignature, own: x509.Certificate) -> datetime | None:
    """When the lists carried inside the file call the certificate revoked.

    The lists are taken at their word: a false one can only make a paper look worse, and the officer asks.
    """
    days = [*_in_lists(embedded, own), *_in_answers(embedded, own)]
    return min(days) if days else None


def _in_lists(embedded: EmbeddedPdfSignature, own: x509.Certificate) -> Iterator[datetime]:
    for data in _carried(embedded, "/CRLs", "crl"):
        tbs = crl.CertificateList.load(data)["tbs_cert_list"]
        if tbs["issuer"] != own.issuer:
            continue
        for entry in tbs["revoked_certificates"]:
            if entry["user_certificate"].native == own.serial_number:
                yield entry["revocation_date"].native


def _in_answers(embedded: EmbeddedPdfSignature, own: x509.Certificate) -> Iterator[datetime]:
    for data in _carried(embedded, "/OCSPs", "ocsp"):
        answer = ocsp.OCSPResponse.load(data)
        for one in answer.response_data["responses"] if answer["response_bytes"] else ():
            asked, found = one["cert_id"], one["cert_status"]
            by_issuer = asked["issuer_name_hash"].native == getattr(own.issuer, "sha1", None)
            if asked["serial_number"].native == own.serial_number and by_issuer and found.name == "revoked":
                yield found.chosen["revocation_time"].native


def _carried(embedded: EmbeddedPdfSignature, store_key: str, attribute_key: str) -> Iterator[bytes]:
    """Lists or answers from the file's store of proofs and from the signature's own attribute."""
    store = entry(embedded.reader.root, "/DSS", {})
    for one in entry(store, store_key, ()):
        yield one.get_object().data
    attributes = embedded.signer_info["signed_attrs"]
    for attribute in attributes if isinstance(attributes, cms.CMSAttributes) else ():
        if attribute["type"].native == "adobe_revocation_info_archival":
            for one in attribute["values"][0][attribute_key] or ():
                yield one.dump()
