"""The digest chain: every revision is sealed with the one before it, so a later change shows.

The chain finds accidents and quiet edits. It is not a signature: whoever may rewrite the whole database may also
rewrite every digest, which is why ``verify`` and ``backup`` print the last digest for keeping on paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from compliance.errors import Fault

KIND_LABELS = {
    "unit": "đơn vị",
    "system": "hệ thống",
    "answer": "câu trả lời",
    "assessment": "lần kiểm tra",
    "assessed": "kết quả kiểm tra",
    "reliance": "quan hệ dùng chung",
    "evidence": "minh chứng",
    "support": "liên kết minh chứng",
    "finding": "tồn tại",
    "step": "bước của hồ sơ",
    "enclosure": "giấy tờ kèm hồ sơ",
    "duty": "việc đã làm",
    "cadence": "định kỳ đã ấn định",
    "calendar": "lịch đã xuất",
    "assignment": "phân công",
    "custody": "thiết bị, tài khoản đã giao",
    "contract": "hợp đồng",
    "morning": "kiểm tra đầu giờ",
    "incident": "sự cố",
    "notice": "báo cáo sự cố đã gửi",
    "contact": "đầu mối liên hệ",
    "report": "báo cáo đã phát hành",
    "expectation": "thời điểm dự kiến",
}


class Entry(NamedTuple):
    """A revision exactly as the database holds it."""

    seq: int
    kind: str
    id: str
    version: int
    recorded_at: str
    recorded_by: str
    reason: str
    body: str
    digest: str


class Tip(NamedTuple):
    """Where the chain ends: how many revisions there are and the digest of the last."""

    seq: int
    digest: str


class Place(NamedTuple):
    """Which version of a record is current, and in which revision it stands."""

    version: int
    seq: int


START = Tip(seq=0, digest="")


def record_name(kind: str, record_id: str) -> str:
    """The record as an officer would call it: ``hệ thống “thu-dien-tu”``."""
    return f"{KIND_LABELS.get(kind, f'bản ghi loại “{kind}”')} “{record_id}”"


def sealed(previous: str, entry: Entry) -> str:
    """The digest ``entry`` must carry: SHA-256 over the previous digest and the row in canonical JSON."""
    row = json.dumps(entry[:-1], ensure_ascii=False, separators=(",", ":"), default=repr)
    return sha256(f"{previous}\n{row}".encode("utf-8", "surrogatepass")).hexdigest()


def chain_faults(entries: Iterable[Entry], heads: Mapping[tuple[str, str], Place], tip: Tip | None) -> list[Fault]:
    """Every disagreement between the history, its digests, the index of current versions and the chain's end.

    Args:
        entries: the whole history in ``seq`` order.
        heads: what the index says is current.
        tip: what the bookkeeping row says the end is; ``None`` when that row is gone.
    """
    walk = _Walk()
    for entry in entries:
        walk.step(entry)
    walk.close(tip)
    walk.compare(heads)
    return [Fault(sentence) for sentence in walk.sentences]


class _Walk:
    def __init__(self) -> None:
        self.sentences: list[str] = []
        self._last = START
        self._current: dict[tuple[str, str], Place] = {}

    def step(self, entry: Entry) -> None:
        name = f"{record_name(entry.kind, entry.id)}, phiên bản {entry.version} (bản ghi thứ {entry.seq})"
        if entry.seq != self._last.seq + 1:
            self._gap(entry.seq, name)
        elif entry.digest != sealed(self._last.digest, entry):
            self.sentences.append(f"{name}: nội dung hoặc thứ tự đã bị thay đổi sau khi ghi.")
        if not _is_json(entry.body):
            self.sentences.append(f"{name}: nội dung không còn đọc được (không phải JSON).")
        key = (entry.kind, entry.id)
        before = self._current.get(key, Place(0, 0)).version
        if entry.version != before + 1:
            self.sentences.append(f"{name}: số phiên bản không liền sau phiên bản {before}.")
        self._current[key] = Place(entry.version, entry.seq)
        self._last = Tip(entry.seq, entry.digest)

    def _gap(self, seq: int, name: str) -> None:
        missing = f"{self._last.seq + 1}" if seq == self._last.seq + 2 else f"{self._last.seq + 1} đến {seq - 1}"
        self.sentences.append(f"Lịch sử thiếu bản ghi thứ {missing}, ngay trước {name}.")

    def close(self, tip: Tip | None) -> None:
        if tip is None:
            self.sentences.append("Mất dòng ghi nhận điểm cuối của lịch sử; không biết lịch sử còn đủ hay không.")
        elif self._last.seq < tip.seq:
            lost = tip.seq - self._last.seq
            self.sentences.append(f"Lịch sử thiếu {lost} bản ghi cuối: phải có {tip.seq}, chỉ còn {self._last.seq}.")
        elif self._last != tip:
            self.sentences.append(
                f"Điểm cuối của lịch sử (bản ghi thứ {self._last.seq}) không khớp dòng ghi nhận (thứ {tip.seq})."
            )

    def compare(self, heads: Mapping[tuple[str, str], Place]) -> None:
        for key in sorted(self._current.keys() | heads.keys()):
            history, index = self._current.get(key), heads.get(key)
            if history == index:
                continue
            self.sentences.append(
                f"{record_name(*key)}: bản hiện hành được ghi nhận là {_place_text(index)}, "
                f"trong khi bản mới nhất của lịch sử là {_place_text(history)}."
            )


def _place_text(place: Place | None) -> str:
    return f"phiên bản {place.version} (bản ghi thứ {place.seq})" if place else "“không có”"


def _is_json(body: str) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True
