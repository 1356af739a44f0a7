"""What is known of a paper that came back signed: its signatures, its text, its number; and one short verdict."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from compliance.domain.blank import Frozen
from compliance.domain.issued_text import TextComparison, TextState
from compliance.domain.signature_facts import SignatureFacts
from compliance.domain.signature_outcomes import Outcome, Standing, outcomes, standing_of, worst

_SCAN = "Không đọc được chữ (bản quét ảnh), chưa đối chiếu được"


class SignatureReport(Frozen):
    """One signature: its facts, a sentence for each thing checked, and the worst of them."""

    facts: SignatureFacts
    outcomes: tuple[Outcome, ...]
    standing: Standing

    @property
    def title(self) -> str:
        """Who signed, as a heading."""
        facts = self.facts
        if facts.certificate is None:
            return f"Chữ ký ở trường “{facts.field}”" if facts.field else "Chữ ký không đọc được"
        held = facts.certificate
        of = f" ({held.organization})" if held.organization and held.organization != held.subject else ""
        return f"{'Dấu thời gian' if facts.is_timestamp else 'Chữ ký số'} của {held.subject}{of}"


class ReturnedPaper(Frozen):
    """The whole report; ``sha256`` and ``media_type`` are those of the file as it may be attached."""

    file: str
    sha256: str
    media_type: str
    pages: int
    signatures: tuple[SignatureReport, ...]
    text: TextComparison
    issued_codes: tuple[str, ...]
    returned_codes: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    remarks: tuple[str, ...]
    standing: Standing
    verdict: str


def signature_report(facts: SignatureFacts) -> SignatureReport:
    """A signature with what is to be said of it."""
    said = outcomes(facts)
    return SignatureReport(facts=facts, outcomes=said, standing=standing_of(said))


def signing_outcome(signatures: Sequence[SignatureReport]) -> Outcome:
    """Whether the paper bears digital signatures at all, and how they stand together."""
    signed = [one for one in signatures if not one.facts.is_timestamp]
    if not signed:
        text = (
            "Tệp không có chữ ký số (bản quét, ảnh chụp hoặc bản in ra PDF); chữ ký tay và con dấu phải xem bằng mắt."
        )
        return Outcome(about="signatures", standing=Standing.UNVERIFIED, text=text)
    standing = worst(one.standing for one in signatures)
    text = {
        Standing.GOOD: "đều còn nguyên vẹn, chứng thư còn hạn khi ký và nối được tới chứng thư gốc đã lưu.",
        Standing.BAD: "trong đó có chữ ký không đạt.",
        Standing.UNVERIFIED: "không thấy lỗi nhưng có điểm chưa xác minh được.",
    }[standing]
    return Outcome(about="signatures", standing=standing, text=f"Tệp có {len(signed)} chữ ký số, {text}")


def text_outcome(found: TextComparison, codes: Sequence[str]) -> Outcome:
    """How the text stands to the issued one."""
    by_code = f" theo mã đối chiếu {', '.join(codes)}" if codes else ""
    total = len(found.differences) + found.more
    said = {
        TextState.SAME: (Standing.GOOD, "Nội dung đúng như bản đã in."),
        TextState.FILLED_IN: (
            Standing.GOOD,
            f"Nội dung đúng như bản đã in, chỉ điền thêm {len(found.filled_in)} chỗ để trống.",
        ),
        TextState.DIFFERENT: (
            Standing.BAD,
            f"Nội dung khác bản đã in ở {total} chỗ. Hãy xem từng chỗ; chỗ nào không phải do nơi ký sửa thì hỏi lại.",
        ),
        TextState.OTHER_PAPER: (
            Standing.BAD,
            "Nội dung khác hẳn bản đã in, có lẽ là văn bản khác. Hãy chọn lại tệp hoặc bản đã in để so.",
        ),
        TextState.NO_TEXT: (Standing.UNVERIFIED, f"{_SCAN}; hãy so bằng mắt với bản đã in{by_code}."),
        TextState.ORIGINAL_WITHOUT_TEXT: (
            Standing.UNVERIFIED,
            "Bản đã in dùng để so không có chữ đọc được nên chưa đối chiếu được. Hãy chọn đúng tệp đã in.",
        ),
        TextState.NO_ORIGINAL: (
            Standing.UNVERIFIED,
            "Chưa so nội dung vì chưa nêu bản đã in. Hãy nêu tệp PDF đã gửi đi ký.",
        ),
    }[found.state]
    return Outcome(about="text", standing=said[0], text=said[1])


def code_outcome(issued: Sequence[str], returned: Sequence[str]) -> Outcome | None:
    """Whether the file bears the match code of the issued paper; nothing where neither bears one."""
    if returned and issued:
        if set(returned) <= set(issued):
            return Outcome(about="code", standing=Standing.GOOD, text=f"Mã đối chiếu {', '.join(returned)} khớp.")
        other = ", ".join(code for code in returned if code not in issued)
        text = f"Mã đối chiếu trong tệp là {other}, của bản đã in là {', '.join(issued)}: tệp này in từ dữ liệu khác."
        return Outcome(about="code", standing=Standing.BAD, text=f"{text} Hãy tìm đúng bản đã gửi đi ký.")
    if issued:
        text = f"Không thấy mã đối chiếu trong tệp; bản đã in mang mã {', '.join(issued)}. Hãy tìm mã ở chân trang."
        return Outcome(about="code", standing=Standing.UNVERIFIED, text=text)
    if returned:
        text = f"Tệp mang mã đối chiếu {', '.join(returned)}; hãy so với mã của bản đã in."
        return Outcome(about="code", standing=Standing.UNVERIFIED, text=text)
    return None


def standing_together(signatures: Sequence[SignatureReport], said: Sequence[Outcome]) -> Standing:
    """The worst of everything found."""
    return worst(chain((one.standing for one in signatures), (one.standing for one in said)))


def verdict(standing: Standing, said: Sequence[Outcome]) -> str:
    """One short sentence for the whole."""
    if standing is Standing.GOOD:
        return "Đạt: có thể nhận tệp này (riêng tình trạng thu hồi chứng thư chưa kiểm tra được)."
    if standing is Standing.BAD:
        return "Không đạt: chưa nên nhận tệp này, hãy xem các điểm không đạt."
    count = sum(one.standing is Standing.UNVERIFIED for one in said)
    return f"Chưa xác minh được hết: còn {count} điểm phải xem bằng mắt hoặc kiểm tra bằng cách khác."
