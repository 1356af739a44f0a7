"""The numbers of the leader's page, each with the records behind it."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.domain.commune_facts import (
    AHEAD,
    CommuneFacts,
    SystemStand,
    coming_rows,
    late_rows,
    percent_met,
    together,
)
from compliance.domain.duty import DutyRow
from compliance.domain.level import LEVELS
from compliance.domain.report import Behind, Figure
from compliance.domain.wording import date_text


def commune_figures(facts: CommuneFacts) -> tuple[Figure, ...]:
    """The numbers of the page, each with the records behind it."""
    late, ahead = late_rows(facts.rows), coming_rows(facts.rows)
    every = [_system(one) for one in facts.systems]
    levels = [
        Figure(
            id=f"level.{level or 'none'}",
            title=f"Hệ thống cấp độ {level}" if level else "Hệ thống chưa xác định được cấp độ",
            number=sum(one.level == level for one in facts.systems),
            rule="Cấp độ theo hồ sơ đã gửi hoặc dữ kiện hiện có.",
            behind=tuple(_system(one) for one in facts.systems if one.level == level),
        )
        for level in (*LEVELS, None)
    ]
    stages = [
        Figure(
            id=f"stage.{stage}",
            title=f"Hồ sơ: {label}",
            number=sum(one.stage == stage for one in facts.systems),
            rule="Trạng thái hồ sơ theo các bước đã ghi.",
            behind=tuple(_system(one) for one in facts.systems if one.stage == stage),
        )
        for stage, label in facts.stages.items()
    ]
    return (
        Figure(id="managed", title="Hệ thống phải lập hồ sơ", number=len(every), behind=tuple(every)),
        Figure(
            id="approved",
            title="Hệ thống đã được phê duyệt cấp độ",
            number=sum(one.approved for one in facts.systems),
            behind=tuple(_system(one) for one in facts.systems if one.approved),
            beside=tuple(_system(one) for one in facts.systems if not one.approved),
        ),
        *levels,
        *stages,
        Figure(
            id="coverage",
            title="Yêu cầu áp dụng đã đạt",
            text=percent_met(together(one.counts for one in facts.systems)),
            rule="Số yêu cầu đạt trên số yêu cầu áp dụng của mọi hệ thống, kể cả yêu cầu chưa đánh giá.",
            behind=tuple(_system(one, percent_met(one.counts)) for one in facts.systems),
        ),
        _work("overdue", "Việc quá hạn hoặc phải làm ngay", late),
        _work("coming", f"Việc đến hạn trong {AHEAD} ngày tới", ahead),
        Figure(
            id="incidents",
            title="Sự cố chưa kết thúc",
            number=sum(one.open for one in facts.incidents),
            behind=tuple(Behind(kind="incident", id=one.id, title=one.title) for one in facts.incidents if one.open),
            beside=tuple(
                Behind(kind="incident", id=one.id, title=one.title, counts="đã kết thúc")
                for one in facts.incidents
                if not one.open
            ),
        ),
    )


def _work(id_: str, title: str, rows: Sequence[DutyRow]) -> Figure:
    behind = tuple(
        Behind(
            kind="duty", id=row.id, title=row.what, counts=f"hạn {date_text(row.due)}" if row.due else row.status.label
        )
        for row in rows
    )
    return Figure(id=id_, title=title, number=len(rows), behind=behind)


def _system(one: SystemStand, counts: str = "") -> Behind:
    level = f"cấp độ {one.level}" if one.level else "chưa rõ cấp độ"
    return Behind(kind="system", id=one.id, title=one.name, counts=counts or f"{level}; {one.stage_label.lower()}")
