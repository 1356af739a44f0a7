"""The yearly report worked out from the records of its window: figures, rows, annexes, and what does not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.adapters.law import load_regimes, load_reporting
from compliance.adapters.templates import Form
from compliance.adapters.working_calendar import working_calendar
from compliance.adapters.workspace import Workspace
from compliance.domain.annual_annexes import AnnualAnnexes, annexes
from compliance.domain.annual_checks import body_violations, violations
from compliance.domain.annual_composing import annual_paper, owner_part
from compliance.domain.annual_figures import figures
from compliance.domain.annual_report import AnnualReport
from compliance.domain.annual_rows import AnnualRow
from compliance.domain.duty_status import safe_day
from compliance.domain.overview import UnitBlock, unit_block, unit_name
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.domain.report import Behind, Figure, Period, Violation
from compliance.domain.reporting import DraftKind, ReportDraft, ReportingRules
from compliance.domain.wording import date_text
from compliance.errors import NotFound, Refused
from compliance.services.annual_sayings import left_open, notes, remarks, unfinished
from compliance.services.annual_scope import Asked, Scope, scope, security_unit_of
from compliance.services.annual_sources import AnnualSource
from compliance.services.own_forms import own_form

_YEARS = range(1, 9999)


@dataclass(frozen=True)
class AnnualDraft:
    """A yearly report as worked out today.

    ``until`` is the day its figures are counted; ``deadline`` the last day to send it, ``safe_day`` the last working
    day not after that (``announced`` is false where that year's days off are not known yet). ``left_out`` are systems
    it does not report; ``remarks`` are for the drafter and printed nowhere.
    """

    rules: ReportingRules
    form: Form
    scope: Scope
    period: Period
    until: date
    report: AnnualReport
    annexes: AnnualAnnexes
    figures: tuple[Figure, ...]
    rows: tuple[AnnualRow, ...]
    violations: tuple[Violation, ...]
    deadline: date
    safe_day: date
    announced: bool
    remarks: tuple[str, ...]
    regime: Regime
    versions: Mapping[str, str]

    @property
    def draft(self) -> ReportDraft:
        """Which of the reports it is."""
        return self.rules.draft(self.scope.draft)

    @property
    def left_out(self) -> tuple[Behind, ...]:
        """The systems it does not report, and why."""
        return self.scope.left_out

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "year": int(self.period.name),
            "draft": self.scope.draft.value,
            "draft_title": self.draft.title,
            "owner": self.scope.owner_id,
            "owners": list(self.scope.owner_ids),
            "sender": self.scope.sender_id,
            "addressee": self.report.addressee.text,
            "window": {"first": self.period.first, "last": self.period.last, "until": self.until},
            "deadline": self.deadline,
            "safe_day": self.safe_day,
            "announced": self.announced,
            "citation": self.draft.citation,
            "figures": [one.as_json() for one in self.figures],
            "rows": [row.as_json(number) for number, row in enumerate(self.rows, start=1)],
            "violations": [one.model_dump() for one in self.violations],
            "left_out": [one.model_dump() for one in self.left_out],
            "contents": [one.model_dump() for one in self.rules.contents],
            "remarks": list(self.remarks),
        }


def annual_report(
    workspace: Workspace, year: int, today: date, *, draft: str = "owner", owner_id: str = "", operator_id: str = ""
) -> AnnualDraft:
    """The report of a year, as the records stand today.

    Args:
        workspace: where everything is recorded.
        year: the year reported.
        today: the figures are counted up to this day while the window runs.
        draft: ``owner``, ``unit`` or ``operator``: who reports.
        owner_id: only this owner; empty for every owner recorded.
        operator_id: which operator reports, where several do.

    Raises:
        NotFound: no rules of reporting for that year, or no such owner or operator.
        Refused: the window has not begun, or there is nothing to report.
        DataFault: a law file or the form is broken.
    """
    asked = Asked(DraftKind(draft), owner_id, operator_id)
    if operator_id and asked.draft is not DraftKind.OPERATOR:
        raise Refused(
            "--operator chỉ dùng cho báo cáo của đơn vị vận hành: thêm --draft operator, hoặc bỏ --operator để báo cáo "
            "mọi hệ thống của chủ quản."
        )
    regime, rules, period = _law_of(year, today)
    form = own_form(workspace, regime, regime.own_forms.annual_report, "báo cáo năm")
    beside = own_form(workspace, regime, regime.own_forms.annual_annexes, "phụ lục báo cáo năm")
    source = AnnualSource(workspace, regime, rules, period, until=min(period.last, today))
    last_day = rules.draft(asked.draft).last_day(year)
    found = source.placed(last_day)
    chosen = scope(asked, source.systems, found, source.units)
    rows_and_annexes = source.rows(chosen.system_ids)
    rows = tuple(row for row, _ in rows_and_annexes)
    titles = {id_: form.data.labels[id_].strip("- :") for id_ in rules.by_figure}
    counted = figures(rows, chosen.left_out, rules.by_figure, titles)
    parts = [
        owner_part(source.units.get(one), source.units.get(security_unit_of(one, source.systems) or ""))
        for one in chosen.owner_ids
    ]
    said = notes(source, chosen, found, today)
    sender, to = source.units.get(chosen.sender_id), rules.draft(asked.draft).addressee
    addressee = to or unit_name(source.units, chosen.owner_id)
    paper = annual_paper(sender, addressee, figures=counted, parts=parts, rows=rows, notes=said)
    working = working_calendar(last_day, last_day, workspace.path)
    safe, announced = safe_day(working, last_day)
    return AnnualDraft(
        rules=rules,
        form=form,
        scope=chosen,
        period=period,
        until=source.until,
        report=paper,
        annexes=annexes(
            paper.letterhead,
            said[0],
            _operators(source, chosen),
            [one for _, one in rows_and_annexes],
            issuer=sender.name if sender else "",
        ),
        figures=counted,
        rows=rows,
        violations=(
            *violations(rules, rows, counted, source.until),
            *left_open(source, chosen, found),
            *body_violations(rules, parts),
            *unfinished(rules, period, today),
        ),
        deadline=last_day,
        safe_day=safe,
        announced=announced,
        remarks=tuple(remarks(source, chosen, today)),
        regime=regime,
        versions=_versions(source, chosen, form, beside),
    )


def _law_of(year: int, today: date) -> tuple[Regime, ReportingRules, Period]:
    """The rules the report of a year follows: those in force on the last day of its window."""
    if year not in _YEARS:
        raise Refused(f"Không có kỳ báo cáo năm {year}. Hãy ghi năm có bốn chữ số, ví dụ 2026.")
    regime = regime_on(date(year, 12, 31), load_regimes())
    try:
        rules = load_reporting(regime)
    except NotFound:
        raise NotFound(
            f"Kỳ báo cáo năm {year} áp dụng {regime.short_title}, có mẫu và kỳ số liệu khác; chương trình chỉ lập báo "
            "cáo theo quy định đang có hiệu lực, không dùng mẫu mới cho kỳ cũ."
        ) from None
    period = rules.period(year)
    if today < period.first:
        raise Refused(
            f"Kỳ số liệu của báo cáo năm {year} bắt đầu từ ngày {date_text(period.first)} nên chưa có số liệu. Kỳ đang "
            f"chạy: compliance reports annual --year {_running(rules, today)}"
        )
    return regime, rules, period


def _running(rules: ReportingRules, today: date) -> int:
    """The year whose window a day lies in."""
    return next(year for year in (today.year, today.year + 1) if rules.period(year).holds(today))


def _operators(source: AnnualSource, chosen: Scope) -> Sequence[UnitBlock]:
    """Each operator with the systems it runs, in the order they first occur."""
    run = Counter[str]()
    systems = [source.classified[id_].system for id_ in chosen.system_ids]
    for one in systems:
        run[one.operator_id or ""] += 1
    return [
        unit_block(
            "operator", source.units.get(id_), tuple(one.name for one in systems if (one.operator_id or "") == id_)
        )
        for id_ in run
    ]


def _versions(source: AnnualSource, chosen: Scope, *forms: Form) -> dict[str, str]:
    regime = source.regime
    return {
        f"regime/{regime.id}": regime.checked_on.isoformat(),
        **{f"form/{form.name}": form.digest for form in forms},
        **{f"system/{id_}": source.versions[f"system/{id_}"] for id_ in chosen.system_ids},
    }
