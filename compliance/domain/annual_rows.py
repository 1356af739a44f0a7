"""One system in the yearly report: what its records say on the day the figures are counted, and the cells it prints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compliance.domain.annual_report import SystemLine
from compliance.domain.assessment import Assessment, AssessmentKind
from compliance.domain.blank import Frozen
from compliance.domain.deployment import Deployment, DeploymentState
from compliance.domain.expectation import Expectation, expected_text, last_day
from compliance.domain.paper import Paper
from compliance.domain.printed import Standing, Value
from compliance.domain.procedure import Stage
from compliance.domain.report import Period
from compliance.domain.road import Progress
from compliance.domain.system import System
from compliance.domain.wording import date_text

_APPRAISED = frozenset({Stage.APPRAISED, Stage.SUBMITTED, Stage.APPROVED, Stage.IN_FORCE})
_PERIODIC = frozenset({AssessmentKind.PERIODIC, AssessmentKind.SELF})
_SEPARATOR = "; "


class StateWords(Frozen):
    """The words the form allows: of a dossier at its stage, of an approved one, of the two kinds of check."""

    at_stage: str
    approved: str
    before_use: str
    periodic: str


class RowSource(Frozen):
    """Everything a row is made from.

    ``approve_due`` is the last day of the limit that runs for the decision, where one runs.
    """

    system: System
    owner: str
    operator: str
    level: int | None
    progress: Progress
    words: StateWords
    approve_due: date | None = None
    deployment: DeploymentState | None = None
    expectation: Expectation | None = None
    assessments: tuple[Assessment, ...] = ()


class Approval(Frozen):
    """The decision a system rests on: its paper and level; ``step`` is its number on the road, 0 = the inventory."""

    paper: Paper | None
    level: int | None
    step: int = 0


class Expected(Frozen):
    """An expected time: as printed, and the last day it may mean."""

    text: str = ""
    day: date | None = None


class AnnualRow(Frozen):
    """One system as reported; ``deployed_due`` is the latest deadline of what falls short, where all have one."""

    system_id: str
    name: str
    owner: str
    operator: str
    level: int | None
    typed: bool
    drafted: bool
    appraised: bool
    state: str
    approval: Approval | None
    regulation: Paper | None
    approval_expected: Expected
    deployment: Deployment | None
    deployed_expected: Expected
    deployed_due: date | None
    without_deadline: int
    checks: tuple[str, ...]
    periodic_ids: tuple[str, ...]
    before_use_ids: tuple[str, ...]

    @property
    def approved(self) -> bool:
        """A decision approves its level."""
        return self.approval is not None

    @property
    def checked(self) -> bool:
        """Approved, and checked in the period."""
        return self.approved and bool(self.periodic_ids)

    def as_json(self, number: int) -> dict[str, object]:
        """The twelve columns with stable keys; blanks are ``null``, cells the form leaves empty are empty text."""
        line = row_line(self)
        cells = {name: None if (cell := getattr(line, name)).blank else cell.text for name in type(line).model_fields}
        return {"number": number, "system": self.system_id, **cells, "level": self.level}


def annual_row(source: RowSource, period: Period, until: date) -> AnnualRow:
    """The row of one system.

    Args:
        source: what its records say.
        period: the window of the figures.
        until: the day they are counted: the last of the window, or today while it runs.
    """
    system, words, progress = source.system, source.words, source.progress
    approval = _approval(source, until)
    state = source.deployment
    periodic = _closed(source.assessments, _PERIODIC, period.first, until)
    before = [
        one
        for one in _closed(source.assessments, {AssessmentKind.PRE_OPERATION}, date.min, until)
        if system.started_on is None or (one.closed_on or until) <= system.started_on
    ]
    said = source.expectation
    return AnnualRow(
        system_id=system.id,
        name=system.name,
        owner=source.owner,
        operator=source.operator,
        level=source.level,
        typed=bool(system.facts.get("service_type")),
        drafted=approval is not None or progress.stage is not Stage.DRAFT or len(progress.rounds) > 1,
        appraised=approval is not None or progress.stage in _APPRAISED,
        state=words.approved if approval else words.at_stage,
        approval=approval,
        regulation=system.regulation if _by(system.regulation, until) else None,
        approval_expected=Expected() if approval else _expected(said.approval if said else "", source.approve_due),
        deployment=state.state if state else None,
        deployed_expected=_deployed_expected(state, said),
        deployed_due=state.by if state else None,
        without_deadline=state.without_deadline if state else 0,
        checks=(*([words.before_use] if before else []), *([words.periodic] if periodic else [])),
        periodic_ids=tuple(one.id for one in periodic),
        before_use_ids=tuple(one.id for one in before),
    )


def _approval(source: RowSource, until: date) -> Approval | None:
    progress, earlier = source.progress, source.system.earlier_approval
    decided = (one.decision for one in reversed(progress.rounds) if one.stage is Stage.APPROVED)
    step = progress.approval or next(decided, None)
    if step is not None:
        return Approval(paper=step.paper, level=step.level, step=step.number)
    if earlier is None or not (earlier.paper or earlier.level) or not _by(earlier.paper, until, unknown=True):
        return None
    return Approval(paper=earlier.paper, level=earlier.level)


def _by(paper: Paper | None, until: date, *, unknown: bool = False) -> bool:
    """Whether a paper was issued by a day; one without a day is taken to be."""
    if paper is None:
        return unknown
    return paper.issued_on is None or paper.issued_on <= until


def _closed(found: Iterable[Assessment], kinds: Iterable[AssessmentKind], first: date, last: date) -> list[Assessment]:
    return [one for one in found if one.kind in kinds and one.closed_on and first <= one.closed_on <= last]


def _expected(said: str, known: date | None) -> Expected:
    if said:
        return Expected(text=expected_text(said), day=last_day(said))
    return Expected(text=date_text(known), day=known) if known else Expected()


def _deployed_expected(state: DeploymentState | None, said: Expectation | None) -> Expected:
    if state is not None and state.state is Deployment.FULLY:
        return Expected()
    return _expected(said.deployed if said else "", state.by if state else None)


def row_line(row: AnnualRow) -> SystemLine:
    """The cells of a row as the form prints them: what is not known yet is a dotted blank."""
    fully = row.deployment is Deployment.FULLY
    return SystemLine(
        name=_cell("name", row.name),
        owner=_cell("owner", row.owner),
        operator=_cell("operator", row.operator),
        level=_cell("level", str(row.level or "")),
        approval_state=_cell("approval_state", row.state),
        approval=_cell("approval", decision_text(row.approval), empty=not row.approved),
        regulation=_cell("regulation", row.regulation.text if row.regulation else "", empty=not row.approved),
        approval_expected=_cell("approval_expected", row.approval_expected.text, empty=row.approved),
        deployment_state=_cell("deployment_state", row.deployment.label if row.deployment else ""),
        deployment_expected=_cell("deployment_expected", row.deployed_expected.text, empty=fully),
        checked=_cell("checked", _SEPARATOR.join(row.checks), empty=True),
    )


def decision_text(approval: Approval | None) -> str:
    """Number, day and office of a decision; its kind is named where the record does not."""
    if approval is None or approval.paper is None:
        return ""
    paper = approval.paper
    return paper.text if paper.subject else f"Quyết định {paper.text}"


def _cell(name: str, text: str, *, empty: bool = False) -> Value:
    """``empty``: the form leaves the cell empty where there is nothing to say."""
    standing = Standing.GIVEN if text or empty else Standing.UNANSWERED
    return Value(field=f"systems.{name}", text=text, standing=standing)
