"""What is said to an officer about one digital signature, one sentence for each thing checked.

Three values everywhere: good, bad, or could not be verified; what could not be verified is never called good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.moment import VIETNAM, day_of
from compliance.domain.signature_facts import Certificate, Chain, Changes, SignatureFacts, TimeSource, Unreadable
from compliance.domain.wording import date_text

_OUTDATED = {"md2": "MD2", "md5": "MD5", "sha1": "SHA-1"}
"""Digests that are known to be forgeable."""


class Standing(StrEnum):
    """How far a thing holds."""

    GOOD = "good"
    BAD = "bad"
    UNVERIFIED = "unverified"

    @property
    def label(self) -> str:
        """The word before a sentence."""
        return {"good": "Đạt", "bad": "Không đạt", "unverified": "Chưa xác minh được"}[self.value]


class Outcome(Frozen):
    """One thing checked: ``about`` is a stable word for programs, ``text`` a whole sentence."""

    about: str
    standing: Standing
    text: str


def worst(standings: Iterable[Standing]) -> Standing:
    """Bad before not verified before good; nothing checked is not verified."""
    found = set(standings)
    if Standing.BAD in found:
        return Standing.BAD
    return Standing.GOOD if found == {Standing.GOOD} else Standing.UNVERIFIED


def outcomes(facts: SignatureFacts) -> tuple[Outcome, ...]:
    """Every thing checked; of a signature that is broken or cannot be read only that."""
    if facts.unreadable is not None:
        return (_unread(facts.unreadable),)
    if not facts.intact:
        return (_said("integrity", Standing.BAD, _BROKEN),)
    return tuple(_all_outcomes(facts))


def standing_of(said: Iterable[Outcome]) -> Standing:
    """The worst of what was checked; a state of revocation nobody could ask for does not count against it."""
    return worst(one.standing for one in said if one.about != "revocation" or one.standing is Standing.BAD)


_BROKEN = (
    "Chữ ký không còn nguyên vẹn: nội dung tệp đã bị thay đổi sau khi ký, hoặc chữ ký bị hỏng. "
    "Không dùng tệp này; hãy xin lại bản gốc từ nơi ký."
)
_CHANGES = {
    Changes.NONE: (Standing.GOOD, "Tệp không bị sửa sau khi ký."),
    Changes.SIGNATURES: (
        Standing.GOOD,
        "Sau chữ ký này, tệp chỉ được thêm chữ ký khác hoặc dấu thời gian; nội dung không đổi.",
    ),
    Changes.SUSPICIOUS: (
        Standing.BAD,
        "Tệp đã bị sửa sau khi ký: có nội dung mà chữ ký này không bảo vệ. Hãy xin lại bản gốc từ nơi ký.",
    ),
    Changes.FORBIDDEN: (
        Standing.BAD,
        "Tệp đã bị sửa sau khi ký, trong khi người ký đã khóa, không cho sửa. Hãy xin lại bản gốc từ nơi ký.",
    ),
    Changes.UNKNOWN: (
        Standing.UNVERIFIED,
        "Không xác định được tệp có bị sửa sau khi ký hay không. Hãy kiểm tra bằng phần mềm ký số của cơ quan.",
    ),
}


def _said(about: str, standing: Standing, text: str) -> Outcome:
    return Outcome(about=about, standing=standing, text=text)


def _unread(why: Unreadable) -> Outcome:
    text = {
        Unreadable.STRUCTURE: "Dữ liệu của chữ ký bị hỏng hoặc không đúng cấu trúc nên không đọc được.",
        Unreadable.ALGORITHM: "Chữ ký dùng kiểu hoặc thuật toán mà chương trình chưa kiểm tra được.",
        Unreadable.UNLISTED: "Trong tệp còn dữ liệu của một chữ ký số đã bị gỡ khỏi danh sách chữ ký.",
    }[why]
    return _said("integrity", Standing.UNVERIFIED, f"{text} Hãy kiểm tra bằng phần mềm ký số của cơ quan.")


def _all_outcomes(facts: SignatureFacts) -> Iterator[Outcome]:
    yield _said("integrity", Standing.GOOD, "Chữ ký còn nguyên vẹn: phần nội dung đã ký không bị thay đổi.")
    yield _changes(facts)
    yield from _structure(facts)
    yield from _digest(facts)
    yield from _validity(facts)
    yield _chain(facts)
    if facts.wrong_use:
        text = "Chứng thư không được cấp để ký văn bản. Hãy hỏi lại nơi ký đã dùng đúng chứng thư chưa."
        yield _said("use", Standing.BAD, text)
    yield _revocation(facts)


def _changes(facts: SignatureFacts) -> Outcome:
    if facts.changes is Changes.FIELDS:
        named = ", ".join(f"“{name}”" for name in facts.changed_fields)
        text = f"Sau chữ ký này, có người điền hoặc sửa ô của biểu mẫu{f' ({named})' if named else ''}."
        return _said("changes", Standing.UNVERIFIED, f"{text} Hãy xem các ô đó có đúng như lúc ký không.")
    standing, text = _CHANGES[facts.changes]
    return _said("changes", standing, text)


def _structure(facts: SignatureFacts) -> Iterator[Outcome]:
    """Ways to build a file that let two programs show two different papers."""
    ask = "Hãy mở bằng phần mềm ký số của cơ quan và so bằng mắt với bản đã in."
    if facts.hybrid:
        text = "Tệp có hai bảng mục lục (cấu trúc lai), có thể hiện khác nhau trên hai phần mềm."
        yield _said("structure", Standing.UNVERIFIED, f"{text} {ask}")
    if facts.xfa:
        text = "Tệp có biểu mẫu động (XFA), nội dung hiện ra có thể khác nội dung đã ký."
        yield _said("structure", Standing.UNVERIFIED, f"{text} {ask}")


def _digest(facts: SignatureFacts) -> Iterator[Outcome]:
    name = _OUTDATED.get(facts.digest)
    if name:
        text = (
            f"Chữ ký dùng thuật toán băm {name} đã lỗi thời, có thể bị làm giả; chưa đủ tin cậy để coi là nguyên vẹn."
        )
        yield _said("algorithm", Standing.UNVERIFIED, text)


def _validity(facts: SignatureFacts) -> Iterator[Outcome]:
    """Whether the certificate was in its time when the paper was signed, and how surely that is known."""
    held, signed = facts.certificate, facts.signed_at
    if held is None:
        return
    if signed is None:
        yield _said("validity", Standing.UNVERIFIED, f"Chữ ký không ghi thời điểm ký; chứng thư {_span(held)}.")
    elif signed > held.valid_until:
        text = f"Chứng thư hết hạn ngày {_day(held.valid_until)}, trước ngày ký {_day(signed)}."
        yield _said("validity", Standing.BAD, f"{text} Hãy đề nghị nơi ký gia hạn chứng thư và ký lại.")
    elif signed < held.valid_from:
        text = f"Chứng thư chỉ có hiệu lực từ ngày {_day(held.valid_from)}, sau ngày ký {_day(signed)}."
        yield _said("validity", Standing.BAD, f"{text} Hãy đề nghị nơi ký kiểm tra giờ máy và ký lại.")
    else:
        yield _said("validity", Standing.GOOD, f"Chứng thư còn hạn khi ký ({_span(held)}).")
        yield from _time(facts, held, signed)


def _time(facts: SignatureFacts, held: Certificate, signed: datetime) -> Iterator[Outcome]:
    moment = _moment(signed)
    if facts.time_source is TimeSource.TRUSTED_AUTHORITY:
        yield _said("time", Standing.GOOD, f"Thời điểm ký {moment} có dấu thời gian của {facts.time_authority}.")
        return
    if signed > facts.checked_at:
        text = f"Thời điểm ký {moment} muộn hơn lúc kiểm tra ({_moment(facts.checked_at)}). Hãy kiểm tra giờ của máy."
        yield _said("time", Standing.UNVERIFIED, text)
    elif facts.checked_at > held.valid_until:
        text = f"Chứng thư đã hết hạn từ ngày {_day(held.valid_until)}; thời điểm ký {moment} {_basis(facts)}"
        yield _said("time", Standing.UNVERIFIED, f"{text}, nên chưa chứng minh được là đã ký trước khi hết hạn.")
    else:
        yield _said("time", Standing.GOOD, f"Thời điểm ký {moment} {_basis(facts)}.")


def _basis(facts: SignatureFacts) -> str:
    if facts.time_source is TimeSource.UNKNOWN_AUTHORITY:
        return f"theo dấu thời gian của {facts.time_authority}, nơi cấp dấu chưa xác minh được"
    return "do máy của người ký tự khai, không có dấu thời gian"


def _chain(facts: SignatureFacts) -> Outcome:
    issuer = facts.certificate.issuer if facts.certificate else ""
    place = "thư mục chung-thu-goc trong thư mục hồ sơ"
    if facts.chain is Chain.TRUSTED:
        return _said("chain", Standing.GOOD, f"Chứng thư do {issuer} cấp, nối được tới chứng thư gốc {facts.anchor}.")
    if facts.chain is Chain.BROKEN:
        text = f"Đường dẫn từ chứng thư này tới chứng thư gốc không hợp lệ (nơi cấp: {issuer})."
        return _said("chain", Standing.BAD, f"{text} Hãy hỏi lại nơi ký.")
    if facts.chain is Chain.SELF_SIGNED:
        text = "Chứng thư tự ký, không do tổ chức chứng thực nào cấp, nên ai cũng có thể tự làm ra."
        return _said("chain", Standing.UNVERIFIED, f"{text} Hãy đề nghị ký bằng chứng thư số được cấp.")
    if facts.chain is Chain.NO_ANCHORS:
        text = f"Chưa xác minh được nơi cấp chứng thư ({issuer}): chương trình không kèm chứng thư gốc của cơ quan nào."
        ask = f"Hãy lưu chứng thư gốc của Ban Cơ yếu Chính phủ hoặc của tổ chức cấp chứng thư vào {place}."
        return _said("chain", Standing.UNVERIFIED, f"{text} {ask}")
    if facts.chain is Chain.UNKNOWN_ISSUER:
        text = f"Nơi cấp chứng thư ({issuer}) không thuộc các chứng thư gốc đã lưu ở {place}."
        ask = "Hãy lưu thêm chứng thư gốc của nơi này, lấy từ chính tổ chức cấp, nếu cơ quan tin cậy."
        return _said("chain", Standing.UNVERIFIED, f"{text} {ask}")
    return _said("chain", Standing.UNVERIFIED, f"Chưa xác minh được đường dẫn tới chứng thư gốc (nơi cấp: {issuer}).")


def _revocation(facts: SignatureFacts) -> Outcome:
    if facts.revoked_on is not None:
        text = f"Chứng thư (hoặc chứng thư của nơi cấp) đã bị thu hồi ngày {_day(facts.revoked_on)}."
        return _said("revocation", Standing.BAD, f"{text} Hãy đề nghị nơi ký ký lại bằng chứng thư còn giá trị.")
    text = (
        "Không kiểm tra được tình trạng thu hồi vì chương trình làm việc ngoại tuyến, không hỏi tổ chức cấp chứng thư."
    )
    ask = "Khi cần chắc chắn, hãy tra trên phần mềm ký số của cơ quan."
    return _said("revocation", Standing.UNVERIFIED, f"{text} {ask}")


def _day(moment: datetime) -> str:
    return date_text(day_of(moment))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M} ngày {_day(moment)}"


def _span(held: Certificate) -> str:
    return f"có hiệu lực từ {_day(held.valid_from)} đến {_day(held.valid_until)}"
