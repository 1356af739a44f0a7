"""Printing a small decision, filling it in, signing it and spoiling it, as a paper on its way is."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any, TypedDict
from unittest.mock import patch

from asn1crypto import crl  # type: ignore[import-untyped]  # no published types
from pyhanko.pdf_utils import generic as pdf_objects
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import load_layout, page_face
from tests.returned.certificates import Holder

generic: Any = pdf_objects  # its constructors have no types

SIGNED_AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
"""09:30 in Việt Nam."""
CHECKED_AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CODE = "ABCD-2345"
BLANK_DATE = "ngày ..... tháng ..... năm ......"


class Filled(TypedDict):
    """What somebody writes into the blanks."""

    number: str
    dated: str
    signer: str


FILLED: Filled = {"number": "12", "dated": "ngày 20 tháng 11 năm 2026", "signer": "Chủ tịch xã Suối Mẫu"}
SENTENCES = (
    "Căn cứ Luật An ninh mạng;",
    "Điều 1. Phê duyệt cấp độ 2 đối với Hệ thống quản lý hồ sơ cán bộ, công chức xã Suối Mẫu.",
    "Điều 2. Văn phòng HĐND và UBND xã Suối Mẫu thực hiện phương án bảo đảm an ninh mạng, báo cáo ngày 15 tháng 12.",
    "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Bộ phận chuyên trách chịu trách nhiệm thi hành Quyết định này.",
)


def paper(
    out: Path,
    *,
    number: str = "",
    dated: str = BLANK_DATE,
    signer: str = "." * 40,
    sentences: tuple[str, ...] = SENTENCES,
    code: str = CODE,
    size: str = "14pt",
) -> bytes:
    """A decision as the program prints it; with number and date where somebody filled them in before signing."""
    face = page_face(load_layout())
    body = "".join(f"<p>{one}</p>" for one in sentences)
    html = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Quyết định</title><style>
    {face.css} body {{ font-family: "{face.name}"; font-size: {size} }}
    @page {{ size: A4; @top-center {{ content: counter(page) }}
    @bottom-right {{ content: "Mã đối chiếu {code}" }} }}</style></head><body>
    <p>ỦY BAN NHÂN DÂN XÃ SUỐI MẪU</p><p>Số: {number or "          "}/QĐ-UBND</p><p>Suối Mẫu, {dated}</p>
    <p>QUYẾT ĐỊNH</p>{body}<p>CHỦ TỊCH</p><p>{signer}</p></body></html>"""
    properties = Properties("Quyết định", "UBND xã Suối Mẫu", "", (f"Mã đối chiếu {code}",), date(2026, 11, 19))
    assert not render(html, out, face=face, properties=properties).remarks
    return out.read_bytes()


def _clock(moment: datetime) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            assert tz is not None
            return moment

    return Clock


def sign(
    data: bytes,
    by: Holder,
    *,
    at: datetime = SIGNED_AT,
    field: str = "ChuKy1",
    box: tuple[int, int, int, int] | None = (320, 120, 520, 200),
    digest: str = "sha256",
    lock: bool = False,
    time_authority: Holder | None = None,
) -> bytes:
    """The paper with one more digital signature, as an increment of the file."""
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        reason="Ban hành văn bản",
        location="Suối Mẫu",
        certify=lock,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES if lock else fields.MDPPerm.FILL_FORMS,
    )
    stamper = (
        DummyTimeStamper(time_authority.asn1, time_authority.asn1_key, fixed_dt=at, include_nonce=False)
        if time_authority
        else None
    )
    known: Any = SimpleCertificateStore
    signer = signers.SimpleSigner(by.asn1, by.asn1_key, known(), embed_roots=False)
    spec = fields.SigFieldSpec(field, box=box) if box else fields.SigFieldSpec(field)
    with patch("pyhanko.sign.signers.pdf_signer.datetime", _clock(at)):
        out = signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(data)), meta, signer, timestamper=stamper, new_field_spec=spec
        )
    return bytes(out.getbuffer())


def flipped(data: bytes) -> bytes:
    """One byte changed inside the page's own content, which the signature covers."""
    at = data.index(b"stream", data.index(b"/FlateDecode")) + 60
    return data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :]


def overwritten(data: bytes, text: str = "Cap do 1") -> bytes:
    """Text put on the first page after signing, as an increment."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    page_ref, _ = writer.find_page_for_modification(0)
    page = page_ref.get_object()
    font = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Font"),
            generic.NameObject("/Subtype"): generic.NameObject("/Type1"),
            generic.NameObject("/BaseFont"): generic.NameObject("/Helvetica"),
        }
    )
    page["/Resources"]["/Font"][generic.NameObject("/Them")] = writer.add_object(font)
    drawn = generic.StreamObject(stream_data=f"BT /Them 14 Tf 100 300 Td ({text}) Tj ET".encode())
    contents = page.raw_get("/Contents")
    held = list(contents) if isinstance(contents, generic.ArrayObject) else [contents]
    page[generic.NameObject("/Contents")] = generic.ArrayObject([*held, writer.add_object(drawn)])
    writer.update_container(page["/Resources"]["/Font"])
    writer.mark_update(page_ref)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_revoked(data: bytes, listed: bytes) -> bytes:
    """The file with a list of revoked certificates among its proofs."""
    out = io.BytesIO(data)
    DocumentSecurityStore.add_dss(out, sig_contents=None, crls=[crl.CertificateList.load(listed)])
    return out.getvalue()


def with_dynamic_form(data: bytes) -> bytes:
    """The file with a dynamic form (XFA), as some offices' form programs leave it."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    form = {"/Fields": generic.ArrayObject(), "/XFA": writer.add_object(generic.StreamObject(stream_data=b"<xdp/>"))}
    named = {generic.NameObject(key): value for key, value in form.items()}
    writer.root[generic.NameObject("/AcroForm")] = writer.add_object(generic.DictionaryObject(named))
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
