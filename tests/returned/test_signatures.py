"""What the digital signatures of a returned paper tell, each in a sentence an officer can act on."""

from __future__ import annotations

import io
import logging
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from compliance.adapters.pdf_reading import QuickReader
from compliance.adapters.pdf_signatures import signatures_in
from compliance.adapters.trust_anchors import certificates_of
from compliance.domain.returned_paper import SignatureReport, signature_report
from compliance.domain.signature_facts import Changes, TimeSource
from compliance.domain.signature_outcomes import Standing
from tests.returned.certificates import Holder, authority, office, revoked_list
from tests.returned.conftest import Papers
from tests.returned.signing import CHECKED_AT, flipped, overwritten, sign, with_dynamic_form, with_revoked


def reports(data: bytes, *anchors: Holder, at: datetime = CHECKED_AT) -> tuple[SignatureReport, ...]:
    found = signatures_in(data, anchors=[one.der for one in anchors], at=at)
    return tuple(signature_report(one) for one in found)


def only(data: bytes, *anchors: Holder, at: datetime = CHECKED_AT) -> SignatureReport:
    (report,) = reports(data, *anchors, at=at)
    return report


def said(report: SignatureReport, about: str) -> str:
    return " ".join(one.text for one in report.outcomes if one.about == about)


def test_a_signature_whose_issuer_is_trusted_holds(papers: Papers, root: Holder) -> None:
    report = only(papers.signed, root)
    assert report.standing is Standing.GOOD
    assert report.facts.covers_whole_file
    held = report.facts.certificate
    assert held is not None
    assert (held.subject, held.issuer) == ("Ủy ban nhân dân xã Suối Mẫu", "Tổ chức chứng thực số Ví Dụ")
    assert held.serial == "5A01"
    assert report.facts.visible
    assert (report.facts.reason, report.facts.location) == ("Ban hành văn bản", "Suối Mẫu")
    assert said(report, "integrity").startswith("Chữ ký còn nguyên vẹn")


def test_the_signing_time_is_the_signers_own_word(papers: Papers, root: Holder) -> None:
    report = only(papers.signed, root)
    assert report.facts.time_source is TimeSource.SIGNER
    assert "09:30 ngày 20/11/2026 do máy của người ký tự khai" in said(report, "time")


def test_revocation_is_never_asked_and_that_is_said(papers: Papers, root: Holder) -> None:
    report = only(papers.signed, root)
    assert said(report, "revocation").startswith("Không kiểm tra được tình trạng thu hồi vì")
    assert report.standing is Standing.GOOD  # what nobody can ask offline does not spoil it


def test_without_roots_only_integrity_and_identity_are_told(papers: Papers) -> None:
    report = only(papers.signed)
    assert report.standing is Standing.UNVERIFIED
    assert "chương trình không kèm chứng thư gốc" in said(report, "chain")
    assert "Ban Cơ yếu Chính phủ" in said(report, "chain")
    assert said(report, "integrity").startswith("Chữ ký còn nguyên vẹn")


def test_an_issuer_that_is_not_among_the_roots_is_named(papers: Papers) -> None:
    report = only(papers.signed, authority("Tổ chức chứng thực số Khác"))
    assert report.standing is Standing.UNVERIFIED
    assert said(report, "chain").startswith("Nơi cấp chứng thư (Tổ chức chứng thực số Ví Dụ) không thuộc")


def test_a_root_of_the_same_name_with_another_key_is_no_root(papers: Papers) -> None:
    assert only(papers.signed, authority()).standing is not Standing.GOOD


def test_a_certificate_expired_before_signing_is_bad(papers: Papers, root: Holder) -> None:
    report = only(sign(papers.filled, office(root, last=datetime(2026, 2, 1, tzinfo=UTC))), root)
    assert report.standing is Standing.BAD
    assert said(report, "validity").startswith("Chứng thư hết hạn ngày 01/02/2026, trước ngày ký 20/11/2026.")


def test_a_certificate_that_began_after_signing_is_bad(papers: Papers, root: Holder) -> None:
    report = only(sign(papers.filled, office(root, first=datetime(2026, 12, 1, tzinfo=UTC))), root)
    assert report.standing is Standing.BAD
    assert "chỉ có hiệu lực từ ngày 01/12/2026, sau ngày ký 20/11/2026" in said(report, "validity")


def test_a_certificate_expired_since_leaves_a_self_declared_time_unproven(papers: Papers, root: Holder) -> None:
    report = only(papers.signed, root, at=datetime(2028, 6, 1, tzinfo=UTC))
    assert report.standing is Standing.UNVERIFIED
    assert "chưa chứng minh được là đã ký trước khi hết hạn" in said(report, "time")


def test_a_trusted_timestamp_proves_the_time_of_signing(papers: Papers, root: Holder) -> None:
    stamper = office(root, "Dịch vụ dấu thời gian Ví Dụ", serial=9, stamps_time=True)
    signed = sign(papers.filled, office(root), time_authority=stamper)
    report = only(signed, root, at=datetime(2028, 6, 1, tzinfo=UTC))
    assert report.facts.time_source is TimeSource.TRUSTED_AUTHORITY
    assert report.standing is Standing.GOOD
    assert "có dấu thời gian của Dịch vụ dấu thời gian Ví Dụ" in said(report, "time")
    assert only(signed).facts.time_source is TimeSource.UNKNOWN_AUTHORITY


def test_a_signing_time_in_the_future_is_remarked(papers: Papers, root: Holder) -> None:
    report = only(sign(papers.filled, office(root), at=datetime(2027, 1, 5, tzinfo=UTC)), root)
    assert report.standing is Standing.UNVERIFIED
    assert "muộn hơn lúc kiểm tra" in said(report, "time")


def test_one_byte_changed_in_what_was_signed_breaks_it(papers: Papers, root: Holder) -> None:
    report = only(flipped(papers.signed), root)
    assert report.standing is Standing.BAD
    assert [one.about for one in report.outcomes] == ["integrity"]
    assert "không còn nguyên vẹn" in said(report, "integrity")


def test_text_added_after_signing_is_found_though_the_signature_itself_holds(papers: Papers, root: Holder) -> None:
    report = only(overwritten(papers.signed), root)
    assert report.facts.intact
    assert report.facts.changes is Changes.SUSPICIOUS
    assert report.standing is Standing.BAD
    assert said(report, "changes").startswith("Tệp đã bị sửa sau khi ký")


def test_the_agency_may_sign_after_the_person(papers: Papers, root: Holder) -> None:
    chairman = office(root, "Chủ tịch Ủy ban nhân dân xã Suối Mẫu", serial=7)
    both = sign(sign(papers.filled, chairman), office(root), field="CoQuan", box=None)
    person, agency = reports(both, root)
    assert person.standing is agency.standing is Standing.GOOD
    assert "chỉ được thêm chữ ký khác" in said(person, "changes")
    assert person.facts.changes is Changes.SIGNATURES
    assert not person.facts.covers_whole_file
    assert agency.facts.covers_whole_file
    assert not agency.facts.visible
    assert [one.title for one in (person, agency)] == [
        "Chữ ký số của Chủ tịch Ủy ban nhân dân xã Suối Mẫu (UBND xã Suối Mẫu)",
        "Chữ ký số của Ủy ban nhân dân xã Suối Mẫu (UBND xã Suối Mẫu)",
    ]


def test_an_office_that_certifies_itself_is_not_believed(papers: Papers, root: Holder) -> None:
    report = only(sign(papers.filled, office(None)), root)
    assert report.standing is Standing.UNVERIFIED
    assert said(report, "chain").startswith("Chứng thư tự ký")


def test_an_outdated_digest_is_not_believed(papers: Papers, root: Holder) -> None:
    report = only(sign(papers.filled, office(root), digest="sha1"), root)
    assert report.standing is Standing.UNVERIFIED
    assert "SHA-1 đã lỗi thời" in said(report, "algorithm")


def test_a_certificate_for_something_else_than_signing_is_bad(papers: Papers, root: Holder) -> None:
    report = only(sign(papers.filled, office(root, signs=False)), root)
    assert report.standing is Standing.BAD
    assert said(report, "use").startswith("Chứng thư không được cấp để ký văn bản")


def test_a_list_of_revoked_certificates_inside_the_file_is_heeded(papers: Papers, root: Holder) -> None:
    day = datetime(2026, 10, 5, tzinfo=UTC)
    report = only(with_revoked(papers.signed, revoked_list(root, 0x5A01, day)), root)
    assert report.standing is Standing.BAD
    assert "đã bị thu hồi ngày 05/10/2026" in said(report, "revocation")
    other = only(with_revoked(papers.signed, revoked_list(root, 0x5A02, day)), root)
    assert other.standing is Standing.GOOD


@pytest.mark.parametrize("spoilt", [b"/ByteRange [0 0", b"/ByteRange [9 9"])
def test_a_broken_signature_dictionary_is_an_outcome(papers: Papers, root: Holder, spoilt: bytes) -> None:
    at = papers.signed.index(b"/ByteRange")
    data = papers.signed[:at] + spoilt + papers.signed[at + len(spoilt) :]
    report = only(data, root)
    assert report.standing is not Standing.GOOD


def test_a_signature_that_is_no_signature_is_an_outcome(papers: Papers, root: Holder) -> None:
    at = papers.signed.index(b"/Contents <") + len(b"/Contents <")
    report = only(papers.signed[:at] + b"00" * 40 + papers.signed[at + 80 :], root)
    assert report.standing is Standing.UNVERIFIED
    assert "không đọc được" in said(report, "integrity")


def test_an_unknown_kind_of_signature_is_an_outcome(papers: Papers, root: Holder) -> None:
    report = only(papers.signed.replace(b"/adbe.pkcs7.detached", b"/adbe.x509.rsa_sha99"), root)
    assert report.standing is Standing.UNVERIFIED
    assert "chương trình chưa kiểm tra được" in said(report, "integrity")


def test_a_signature_taken_off_the_list_leaves_a_trace(papers: Papers, root: Holder) -> None:
    (report,) = reports(papers.signed.replace(b"/AcroForm", b"/AcroFarm"), root)
    assert report.standing is Standing.UNVERIFIED
    assert "bị gỡ khỏi danh sách chữ ký" in said(report, "integrity")


def test_a_dynamic_form_is_remarked(papers: Papers, root: Holder) -> None:
    report = only(sign(with_dynamic_form(papers.filled), office(root)), root)
    assert report.standing is Standing.UNVERIFIED
    assert "biểu mẫu động (XFA)" in said(report, "structure")


def test_a_file_with_two_tables_of_contents_is_remarked(papers: Papers, root: Holder) -> None:
    facts = only(papers.signed, root).facts.model_copy(update={"hybrid": True})
    report = signature_report(facts)
    assert report.standing is Standing.UNVERIFIED
    assert "cấu trúc lai" in said(report, "structure")


def test_a_signer_who_locked_the_file_allows_nothing_more(papers: Papers, root: Holder) -> None:
    locked = sign(papers.filled, office(root), lock=True)
    assert only(locked, root).standing is Standing.GOOD
    assert only(overwritten(locked), root).standing is Standing.BAD


@settings(max_examples=40, derandomize=True)
@given(st.data())
def test_no_damage_makes_a_signature_good_or_ends_in_an_error(
    papers: Papers, root: Holder, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(papers.signed) - 8))
    spoilt = papers.signed[:at] + data.draw(st.binary(min_size=1, max_size=8)) + papers.signed[at + 8 :]
    found = reports(spoilt, root)
    same = outside_the_signature(spoilt) == outside_the_signature(papers.signed)
    assert same or all(one.standing is not Standing.GOOD for one in found)


def outside_the_signature(data: bytes) -> bytes:
    """All that is signed: everything but the signature's own value and the zeros after it."""
    return re.sub(rb"/Contents <[^>]*>", b"", data)


def test_a_paper_nobody_signed_has_no_signatures(papers: Papers, root: Holder) -> None:
    assert reports(papers.filled, root) == ()


def test_nothing_is_logged_whatever_the_file(
    papers: Papers, root: Holder, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    for data in (papers.signed, overwritten(papers.signed), flipped(papers.signed), papers.signed[:-900], b"%PDF-1.7"):
        reports(data, root)
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_the_check_leaves_the_logs_of_others_as_they_were(papers: Papers, root: Holder) -> None:
    logger = logging.getLogger("pyhanko.sign.validation.generic_cms")
    before = (logger.level, logger.disabled)
    reports(papers.signed, root)
    assert (logger.level, logger.disabled) == before


def test_the_quick_reader_reads_every_object_as_the_library_does(papers: Papers) -> None:
    data = overwritten(papers.signed)
    quick, slow = QuickReader(data), PdfFileReader(io.BytesIO(data), strict=False)
    assert written(quick) == written(slow)


def written(reader: Any) -> list[bytes]:
    """Every object of a file as it would be written."""
    found = []
    for number in range(1, int(reader.trailer["/Size"])):
        out = io.BytesIO()
        reader.get_object(generic.Reference(number, 0, reader)).write_to_stream(out, None)
        found.append(out.getvalue())
    assert len(found) > 50
    return found


def test_roots_come_as_text_or_binary(root: Holder) -> None:
    assert certificates_of(root.pem) == certificates_of(root.der) == [root.der]
    assert certificates_of(root.pem + authority("Khác").pem)[0] == root.der
