"""What the records of a mail domain say: whether others can send letters in its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.machine_check import CheckLine, LineState, printable
from compliance.domain.mail_record import dmarc_records, read_spf, spf_records, tags

OK, WARN, BAD, UNKNOWN = LineState.OK, LineState.WARN, LineState.BAD, LineState.UNKNOWN
MOST_LOOKUPS = 10
"""Lookups a receiver makes for one SPF record before it gives up (RFC 7208 §4.6.4)."""
_WEAK_KEY_BITS, _STRONG_KEY_BITS = 1024, 2048
_WHOLE = 100


class Asked(StrEnum):
    """What came of one question to the DNS."""

    FOUND = "found"
    NONE = "none"
    NO_DOMAIN = "no_domain"
    NO_ANSWER = "no_answer"


class Lookup(Frozen):
    """One question and its answer; texts are joined as the receiver joins them."""

    name: str
    type: str
    asked: Asked
    records: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether the DNS did not answer, so that nothing is known."""
        return self.asked is Asked.NO_ANSWER


class SpfCount(Frozen):
    """Lookups a receiver needs in all; ``lost`` are names without a record, ``open`` those nothing is known of."""

    lookups: int = 0
    lost: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


class MailFacts(Frozen):
    """Everything one look at a mail domain saw.

    ``dmarc`` are the questions from the domain upwards; ``key_bits`` the length of each key that could be read, by the
    name it stands under; ``chosen`` whether the officer named the selectors.
    """

    domain: str
    mx: Lookup
    texts: Lookup
    spf: SpfCount = SpfCount()
    dmarc: tuple[Lookup, ...] = ()
    dkim: tuple[Lookup, ...] = ()
    key_bits: Mapping[str, int] = {}
    chosen: bool = False


def mail_lines(facts: MailFacts) -> tuple[CheckLine, ...]:
    """Every line of the check, in the order an officer reads them."""
    if facts.mx.asked is Asked.NO_DOMAIN:
        return (_line("Tên miền", BAD, f"DNS không có tên miền {facts.domain}."),)
    return (_mx(facts.mx), *_spf(facts), *_dkim(facts), *_dmarc(facts))


def _line(name: str, state: LineState, text: str) -> CheckLine:
    return CheckLine(name=name, state=state, text=text)


def _silent(name: str) -> CheckLine:
    return _line(name, UNKNOWN, "Máy chủ DNS không trả lời trong thời gian chờ.")


def _mx(lookup: Lookup) -> CheckLine:
    name = "MX (máy chủ nhận thư)"
    if lookup.silent:
        return _silent(name)
    if not lookup.records:
        return _line(name, WARN, "Không có; tên miền này không nhận thư.")
    if any(record.endswith(" .") for record in lookup.records):
        return _line(name, WARN, "Tên miền tuyên bố không nhận thư (Null MX).")
    servers = ", ".join(printable(record.split()[-1].rstrip("."), 100) for record in lookup.records)
    return _line(name, OK, f"Có: {servers}.")


def _spf(facts: MailFacts) -> Iterator[CheckLine]:
    name = "SPF"
    records = spf_records(facts.texts.records)
    if facts.texts.silent:
        yield _silent(name)
    elif not records:
        yield _line(name, BAD, "Không có; nơi nhận không biết máy chủ nào được gửi thư thay tên miền này.")
    elif len(records) > 1:
        yield _line(name, BAD, f"Có {len(records)} bản ghi; nơi nhận bỏ qua tất cả. Chỉ được giữ một.")
    else:
        yield _spf_policy(records[0])
        yield _spf_count(facts.spf)


def _spf_policy(record: str) -> CheckLine:
    found = read_spf(record)
    shown = printable(record)
    if found.faults:
        words = printable(", ".join(found.faults), 100)
        return _line("SPF", BAD, f"Ghi sai ở “{words}” nên nơi nhận bỏ qua: {shown}")
    handed_on = any(term.name == "redirect" for term in found.followed)
    said = {
        "-": (OK, "thư giả mạo bị từ chối"),
        "~": (OK, "thư giả mạo bị đánh dấu nghi ngờ"),
        "?": (WARN, "?all: thư giả mạo không bị đánh giá gì"),
        "+": (BAD, "+all: ai cũng được gửi thư thay tên miền này"),
        "": (OK, "chính sách lấy theo redirect") if handed_on else (WARN, "không có “all” ở cuối nên không chặn ai"),
    }
    state, meaning = said[found.all]
    if state is OK and any(term.name == "ptr" for term in found.followed):
        state, meaning = WARN, f"{meaning}; còn dùng “ptr”, cách ghi được khuyến cáo bỏ"
    return _line("SPF", state, f"Có, {meaning}: {shown}")


def _spf_count(count: SpfCount) -> CheckLine:
    name = "SPF: số lần tra DNS"
    if count.lookups > MOST_LOOKUPS:
        return _line(name, BAD, f"Quá {MOST_LOOKUPS} lần; nơi nhận bỏ qua cả bản ghi. Hãy bớt include, a, mx.")
    if count.lost:
        return _line(name, BAD, f"Dẫn tới nơi không có bản ghi SPF dùng được: {printable(', '.join(count.lost), 200)}.")
    if count.open:
        text = f"Ít nhất {count.lookups} lần; không đếm hết được ở {printable(', '.join(count.open), 200)}."
        return _line(name, UNKNOWN, text)
    return _line(name, OK, f"{count.lookups} lần, trong mức {MOST_LOOKUPS} lần.")


def _dkim(facts: MailFacts) -> Iterator[CheckLine]:
    found = [lookup for lookup in facts.dkim if lookup.records and _is_key(lookup)]
    for lookup in found:
        yield _key(lookup, facts.key_bits.get(lookup.name))
    if facts.chosen:
        for lookup in facts.dkim:
            if lookup.silent:
                yield _silent(_key_name(lookup))
            elif lookup not in found:
                yield _line(_key_name(lookup), BAD, f"Không có khóa ở {lookup.name}.")
    elif not found and any(lookup.silent for lookup in facts.dkim):
        yield _silent("DKIM")
    elif not found:
        text = "Không thấy khóa dưới các tên chọn (selector) thường gặp. Hãy hỏi nhà cung cấp thư tên chọn đang dùng"
        yield _line("DKIM", UNKNOWN, f"{text} rồi kiểm tra lại với --selector.")


def _is_key(lookup: Lookup) -> bool:
    return any("p" in tags(record) for record in lookup.records)


def _key_name(lookup: Lookup) -> str:
    return f"DKIM ({lookup.name.partition('.')[0]})"


def _key(lookup: Lookup, bits: int | None) -> CheckLine:
    name = _key_name(lookup)
    if len(lookup.records) > 1:
        return _line(
            name, BAD, f"Có {len(lookup.records)} bản ghi dưới cùng một tên; nơi nhận không biết dùng cái nào."
        )
    fields = tags(lookup.records[0])
    kind = fields.get("k", "rsa").lower()
    if not fields["p"]:
        return _line(name, WARN, "Khóa đã bị thu hồi (p= để trống); thư ký bằng khóa này không còn được tin.")
    if kind == "rsa" and bits is None:
        return _line(name, BAD, "Khóa không đọc được nên nơi nhận không xác minh được chữ ký.")
    if kind == "rsa" and bits is not None and bits < _STRONG_KEY_BITS:
        state = BAD if bits < _WEAK_KEY_BITS else WARN
        return _line(name, state, f"Khóa RSA {bits} bit; nên từ {_STRONG_KEY_BITS} bit trở lên.")
    if "y" in fields.get("t", "").lower().split(":"):
        return _line(name, WARN, "Còn ở chế độ thử (t=y); nơi nhận coi như không ký.")
    return _line(name, OK, f"Có khóa {kind.upper()}{f' {bits} bit' if bits else ''}.")


def _dmarc(facts: MailFacts) -> Iterator[CheckLine]:
    for lookup in facts.dmarc:
        if lookup.silent:
            yield _silent("DMARC")
            return
        records = dmarc_records(lookup.records)
        if records:
            yield _policy(records, lookup.name, own=lookup is facts.dmarc[0])
            return
    yield _line("DMARC", BAD, "Không có; nơi nhận không biết phải làm gì với thư giả mạo tên miền này.")


def _policy(records: tuple[str, ...], place: str, *, own: bool) -> CheckLine:
    if len(records) > 1:
        return _line("DMARC", BAD, f"Có {len(records)} bản ghi ở {place}; nơi nhận bỏ qua tất cả. Chỉ được giữ một.")
    fields = tags(records[0])
    policy = fields.get("p", "") if own else fields.get("sp", fields.get("p", ""))
    where = "Có" if own else f"Lấy theo tên miền cấp trên ({place})"
    shown = printable(records[0])
    said = {
        "reject": (OK, "thư giả mạo bị từ chối"),
        "quarantine": (OK, "thư giả mạo bị đưa vào thư rác"),
        "none": (WARN, "p=none chỉ theo dõi, không chặn gì"),
    }
    state, meaning = said.get(policy.lower(), (BAD, "thiếu hoặc sai chính sách p= nên không chặn gì"))
    share = fields.get("pct", "")
    if state is OK and share.isdecimal() and int(share[:4]) < _WHOLE:
        state, meaning = WARN, f"{meaning}, nhưng chỉ áp dụng cho {int(share[:4])}% số thư (pct)"
    if state is OK and fields.get("t", "").lower() == "y":
        state, meaning = WARN, f"{meaning}, nhưng còn ở chế độ thử (t=y)"
    return _line("DMARC", state, f"{where}, {meaning}: {shown}")
