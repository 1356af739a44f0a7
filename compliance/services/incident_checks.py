"""What stands against an incident as it is told: every fault with the option it was said in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from compliance.adapters.law import load_scripts
from compliance.adapters.workspace import Workspace
from compliance.domain.incident import Incident
from compliance.domain.incident_rules import IncidentRules
from compliance.domain.moment import between, moment_text, span_text
from compliance.domain.wording import nearest, number_text
from compliance.errors import Fault, NotFound
from compliance.services import evidence
from compliance.services.incident_records import notices_of
from compliance.services.records import head_of

_LONGEST_TITLE = 300
_LONGEST = 10_000
_OPTIONS = {"title": "--title", "detected_at": "--at", "happened_at": "--happened", "contained_at": "--at"}


def missing(values: Mapping[str, Any], *, at_said: bool) -> Iterable[Fault]:
    """What an incident cannot be recorded without."""
    if not values.get("title"):
        yield Fault(
            "chưa nêu sự cố gì.", column="--title", expected="một câu ngắn, ví dụ “Cổng thông tin bị sửa giao diện”."
        )
    if not at_said:
        yield Fault("chưa nêu lúc phát hiện.", column="--at", expected="ngày và giờ, ví dụ 22/11/2026 08:15.")


def misfits(workspace: Workspace, values: Mapping[str, Any], now: datetime) -> Iterable[Fault]:
    """What is wrong with anything said of an incident: too long, in the future, naming what is not there."""
    if "title" in values and len(values["title"]) > _LONGEST_TITLE:
        yield Fault(
            f"tên sự cố dài quá {_LONGEST_TITLE} ký tự; hãy viết gọn, phần còn lại ghi ở mô tả.", column="--title"
        )
    for name, said in values.items():
        if name != "title" and isinstance(said, str) and len(said) > _LONGEST:
            yield Fault(f"nội dung dài quá {number_text(_LONGEST)} ký tự; hãy đính kèm tệp.", column=f"--{name}")
    for name, what in (("detected_at", "phát hiện"), ("happened_at", "xảy ra"), ("contained_at", "ngăn chặn")):
        moment = values.get(name)
        if moment is not None and moment > now:
            when = f"{moment_text(moment)}, còn {span_text(between(now, moment))} nữa mới tới"
            yield Fault(f"thời điểm {what} ở tương lai ({when}).", column=_OPTIONS[name], expected="ngày, giờ đã qua.")
    yield from _unknown(workspace, values)
    kind = values.get("kind")
    if kind:
        known = [one.id for one in load_scripts().scripts]
        if kind not in known:
            near = nearest(kind, known)
            hint = f"Gần nhất là “{near}”." if near else f"Có: {', '.join(known)}."
            yield Fault(f"không có kịch bản ứng phó “{kind}”. {hint}", column="--kind")


def _unknown(workspace: Workspace, values: Mapping[str, Any]) -> Iterable[Fault]:
    named = [("system", "--system", id_) for id_ in values.get("system_ids", ())]
    if values.get("lead_unit_id"):
        named.append(("unit", "--lead", values["lead_unit_id"]))
    for kind, option, id_ in named:
        try:
            head_of(workspace, kind, id_)
        except NotFound as error:
            yield Fault(str(error), column=option)


def too_late(detected: datetime, reason: str, rules: IncidentRules, now: datetime) -> Iterable[Fault]:
    """A reason is asked for what is written down long after it was detected."""
    gone = between(detected, now)
    if gone > timedelta(hours=rules.late_after_hours) and not reason:
        yield Fault(
            f"ghi muộn: đã {span_text(gone)} từ lúc phát hiện. Thời hạn báo cáo vẫn tính từ lúc phát hiện.",
            column="--late-reason",
            expected="lý do ghi muộn, ví dụ “mất điện, đến trụ sở mới ghi được”.",
        )


def against_sent(workspace: Workspace, new: Incident) -> Iterable[Fault]:
    """Nothing was sent about an incident before it was detected."""
    for one in notices_of(workspace, new.id):
        if not one.undone and one.sent_at < new.detected_at:
            yield Fault(
                f"thời điểm phát hiện mới ({moment_text(new.detected_at)}) sau lúc đã gửi {one.kind.label.lower()} "
                f"({moment_text(one.sent_at)}); hãy kiểm tra lại cả hai."
            )


def against_end(one: Incident, ended: datetime | None, outcome: str, now: datetime) -> Iterable[Fault]:
    """An incident ends after it was detected and contained, and not in the future; with an outcome."""
    if ended is not None:
        yield from _against_moment(one, ended, now)
    if not outcome:
        yield Fault("chưa nêu kết quả xử lý.", column="--outcome")


def _against_moment(one: Incident, ended: datetime, now: datetime) -> Iterable[Fault]:
    if ended > now:
        yield Fault(
            f"thời điểm kết thúc ở tương lai ({moment_text(ended)}).", column="--at", expected="ngày, giờ đã qua."
        )
    if ended < one.detected_at:
        yield Fault(
            f"thời điểm kết thúc ({moment_text(ended)}) trước lúc phát hiện ({moment_text(one.detected_at)}).",
            column="--at",
            expected="ngày, giờ sau lúc phát hiện; lúc phát hiện ghi sai thì sửa bằng compliance incidents update.",
        )
    if one.contained_at is not None and one.detected_at <= ended < one.contained_at:
        yield Fault(f"thời điểm kết thúc trước lúc ngăn chặn ({moment_text(one.contained_at)}).", column="--at")


def lost_proofs(workspace: Workspace, incident_id: str) -> Iterable[str]:
    """A sentence for every proof of a sending whose file was removed from disk or changed since."""
    for notice in notices_of(workspace, incident_id):
        pieces = [evidence.evidence(workspace, id_) for id_ in notice.evidence_ids] if not notice.undone else []
        lost = evidence.lost_files(workspace, pieces)
        for one in pieces:
            if one.file is not None and one.file.sha256 in lost:
                yield (
                    f"Bằng chứng {one.id} của lần gửi {notice.number}: tệp {one.file.file_name} đã mất hoặc bị thay "
                    f"đổi. Hãy nộp lại: compliance incidents prove {incident_id} {notice.number} --file TỆP"
                )
