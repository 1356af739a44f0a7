"""How far one dossier has come: the steps taken, folded into rounds, stages, and what comes next.

A step taken in error is never erased: a later record replaces it (``corrects``) or takes it back (``annuls``), with the
reason. Every stage is worked out from the steps that stand, at every reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pydantic import Field

from compliance.domain.authority import Authority
from compliance.domain.blank import Frozen
from compliance.domain.paper import Paper
from compliance.domain.procedure import Ask, Limit, Procedure, RoadStep, Stage, limit_of
from compliance.domain.working_days import WorkingCalendar

_BACK = frozenset({Stage.RETURNED, Stage.REFUSED})


class RoadFile(Frozen):
    """A file brought with a step, by its SHA-256; ``verdict`` says what its examination found."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str
    file_name: str = Field(min_length=1)
    verdict: str = ""


class Taken(Frozen):
    """A step as recorded: ``number`` is its place in the order of recording, ``on`` the day of the act.

    ``office`` acted; ``paper`` bears its number and day; ``unit_id`` is the appraiser it names; ``versions`` are the
    records that lay on the table; ``overridden`` the codes of checks it was taken in spite of, with ``why``.
    """

    number: int = Field(ge=1)
    step: str
    on: date
    level: int = Field(ge=1, le=5)
    office: str = ""
    paper: Paper | None = None
    signer: str = ""
    effective_on: date | None = None
    fit: bool | None = None
    reasons: tuple[str, ...] = ()
    unit_id: str | None = None
    files: tuple[RoadFile, ...] = ()
    versions: Mapping[str, str] = Field(default_factory=dict)
    overridden: tuple[str, ...] = ()
    corrects: int | None = None
    annuls: int | None = None
    why: str = ""


class Round(Frozen):
    """One way through the road, from the draft to a decision.

    ``turned`` is how many steps were taken when it last came back: what was filed before that starts no limit any more.
    """

    number: int
    stage: Stage
    steps: tuple[Taken, ...] = ()
    turned: int = 0

    @property
    def decision(self) -> Taken | None:
        """The step that decided it: the last that says from when it holds."""
        return next((one for one in reversed(self.steps) if one.effective_on is not None), None)

    @property
    def assigned(self) -> str | None:
        """The unit the appraisal was given to, where it was (Đ18.4)."""
        return next((one.unit_id for one in reversed(self.steps) if one.unit_id), None)

    def last(self, step_id: str) -> Taken | None:
        """The last taking of a step."""
        return next((one for one in reversed(self.steps) if one.step == step_id), None)

    def since_turned(self, step_id: str) -> Taken | None:
        """The last taking of a step after the dossier last came back."""
        return next((one for one in reversed(self.steps[self.turned :]) if one.step == step_id), None)


class Progress(Frozen):
    """The rounds of one system, the last one under way; ``approval`` is the decision in force."""

    rounds: tuple[Round, ...]
    approval: Taken | None = None
    listed: bool = False

    @property
    def current(self) -> Round:
        """The round under way."""
        return self.rounds[-1]

    @property
    def stage(self) -> Stage:
        """Where it stands now."""
        return self.current.stage


def standing(taken: Iterable[Taken]) -> tuple[Taken, ...]:
    """The steps that stand, in order: corrected ones in their new wording, those taken back left out."""
    found: dict[int, Taken] = {}
    for one in sorted(taken, key=lambda step: step.number):
        if one.annuls is not None:
            found.pop(one.annuls, None)
        elif one.corrects is not None and one.corrects in found:
            # It stands as if recorded so: folding what stands once more must not look for what it corrected.
            found[one.corrects] = one.model_copy(update={"number": one.corrects, "corrects": None})
        elif one.corrects is None:
            found[one.number] = one
    return tuple(found[number] for number in sorted(found))


def walked(procedure: Procedure, taken: Iterable[Taken], today: date) -> Progress:
    """Fold the standing steps into rounds.

    A step the road does not know at its level (an older procedure) stays in the history and moves nothing.
    """
    rounds: list[Round] = [Round(number=1, stage=Stage.DRAFT)]
    listed = False
    for one in standing(taken):
        listed = listed or one.step == procedure.listed_step
        step = procedure.step_walked(one.step, one.level, listed)
        current = rounds[-1]
        if step is not None and step.reopens:
            rounds.append(Round(number=current.number + 1, stage=Stage.DRAFT, steps=(one,)))
            continue
        stage, steps = _led(step, one, current.stage), (*current.steps, one)
        turned = len(steps) if stage in _BACK and stage is not current.stage else current.turned
        rounds[-1] = current.model_copy(update={"steps": steps, "stage": stage, "turned": turned})
    return _aged(rounds, listed, today)


def _led(step: RoadStep | None, one: Taken, stage: Stage) -> Stage:
    if step is None or step.to is None:
        return stage
    return step.unfit_to if one.fit is False and step.unfit_to is not None else step.to


def _aged(rounds: Sequence[Round], listed: bool, today: date) -> Progress:
    """Let decisions come into force and give way to later ones."""
    aged: list[Round] = []
    approval: Taken | None = None
    for one in reversed(rounds):
        stage, decision = one.stage, one.decision
        if stage is Stage.APPROVED and decision and decision.effective_on and decision.effective_on <= today:
            stage = Stage.SUPERSEDED if approval is not None else Stage.IN_FORCE
            approval = approval or decision
        aged.append(one.model_copy(update={"stage": stage}))
    return Progress(rounds=tuple(reversed(aged)), approval=approval, listed=listed)


class Deadline(Frozen):
    """The legal limit of a step as a date.

    ``since`` and ``since_step`` say what it counts from; ``left`` are the days left after today, of the same kind as
    the limit, negative when overdue; ``announced`` whether the days off of every year it spans are known.
    """

    limit: Limit
    since: date
    since_step: str
    due: date
    left: int
    announced: bool

    @property
    def overdue(self) -> bool:
        """The day has passed."""
        return self.left < 0


class NextAct(Frozen):
    """A step that may be taken now, with its limit where the law sets one."""

    step: RoadStep
    deadline: Deadline | None = None


def next_acts(
    procedure: Procedure,
    progress: Progress,
    level: int,
    *,
    authority: Authority | None,
    calendar: WorkingCalendar,
    today: date,
) -> tuple[NextAct, ...]:
    """The steps that may be taken from where it stands: what the road waits for first, turns back last."""
    steps = [
        step
        for step in procedure.steps_of(procedure.level_walked(level, progress.listed))
        if progress.stage in step.starts and taken_aside(step, procedure, progress) is None
    ]
    ordered = sorted(steps, key=lambda step: (step.adverse, step.to is None, step.reopens))
    return tuple(
        NextAct(step=step, deadline=deadline_of(step, progress.current, authority, calendar, today)) for step in ordered
    )


def taken_aside(step: RoadStep, procedure: Procedure, progress: Progress) -> Taken | None:
    """The earlier taking of a step beside the road that is taken once a round, or once for good (the list).

    A step that names an office may be taken again: the task can be given to another.
    """
    if step.to is not None or step.reopens or Ask.UNIT in step.needs:
        return None
    rounds = progress.rounds if step.id == procedure.listed_step else progress.rounds[-1:]
    return next((found for one in reversed(rounds) if (found := one.last(step.id))), None)


def deadline_of(
    step: RoadStep, current: Round, authority: Authority | None, calendar: WorkingCalendar, today: date
) -> Deadline | None:
    """When a step must be taken at the latest; ``None`` where the text sets no limit or nothing started it yet."""
    limit = limit_of(step, authority)
    started = next((found for one in step.limit_from if (found := current.since_turned(one))), None)
    if limit is None or started is None or any(current.since_turned(one) for one in step.limit_met):
        return None
    if limit.working:
        due = calendar.after(started.on, limit.days)
        left = calendar.until(today, due)
    else:
        due = date.fromordinal(started.on.toordinal() + limit.days)
        left = (due - today).days
    return Deadline(
        limit=limit,
        since=started.on,
        since_step=started.step,
        due=due,
        left=left,
        announced=calendar.announced(due) or not limit.working,
    )
