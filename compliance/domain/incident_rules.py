"""What the law asks when an incident happens, as data: clocks, severities, duties afterwards; response scripts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition, facts_named
from compliance.domain.incident import SIGNS, ContactRole, NoticeKind
from compliance.domain.instrument import Mark
from compliance.domain.misfit import Misfit, doubles


class ClockRule(Frozen):
    """A time limit that runs from T0: ``hours`` of it, ``None`` = at once (ngay).

    ``when`` is asked of the facts of the incident (see :data:`~compliance.domain.incident.SIGNS`), absent = always;
    ``applies`` says it in words. ``met_by`` are the papers that stop it, ``to`` who must get them, ``content`` what
    they must say. ``form`` is the id of the paper the program prints for it. “At once” has no figure in the text, so
    ``late_after_hours`` is our reading of when such a notice is called late; below it, the time it took is told and no
    more.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    hours: int | None = Field(default=None, ge=1)
    late_after_hours: int | None = Field(default=None, ge=1)
    when: Condition | None = None
    applies: str = ""
    met_by: tuple[NoticeKind, ...] = Field(min_length=1)
    to: str
    to_role: ContactRole
    content: str
    form: str = ""
    citation: str
    mark: Mark = Mark.READ
    uncertain: str = ""


class Severity(Frozen):
    """A degree the text distinguishes, with the condition that puts an incident there."""

    id: str
    title: str
    when: Condition
    citation: str
    uncertain: str = ""


class AfterDuty(Frozen):
    """What an incident brings about: a duty per system concerned, to be done at once.

    ``settle`` is the command that helps, ``{system}`` and ``{incident}`` standing for the ids. ``advice`` = no clause
    asks for it.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    what: str
    when: Condition
    evidence: str
    settle: str = ""
    advice: bool = False
    citation: str
    mark: Mark = Mark.READ
    uncertain: str = ""


class IncidentRules(Frozen):
    """Everything about incidents under one regime.

    ``remind_hours`` are the hours before a clock ends at which one is reminded. ``late_after_hours``: an incident
    written down later than this after T0 must say why. ``severities`` stand from the gravest down. ``notes`` are
    exceptions and what stays open about all of it.
    """

    regime: str
    checked_on: date
    source_note: str
    remind_hours: tuple[int, ...]
    late_after_hours: int = Field(ge=1)
    serious_note: str
    notes: tuple[str, ...] = ()
    severities: tuple[Severity, ...]
    clocks: tuple[ClockRule, ...]
    after: tuple[AfterDuty, ...]


class ScriptStep(Frozen):
    """One act of a response script: ``who`` does ``what``; ``within`` is how soon, in words."""

    who: str
    what: str
    within: str = ""


class ResponseScript(Frozen):
    """A response script (kịch bản ứng phó) for one kind of incident, one printable sheet.

    ``signs`` are what people see first; ``first`` the minutes in which most is won or lost; ``keep`` what must not be
    destroyed; ``never`` what makes it worse. ``facts`` are those of :data:`SIGNS` it may well bring with it: they
    decide which clocks stand on the sheet. ``calls`` are whom to call, in that order.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    for_systems: str
    signs: tuple[str, ...] = Field(min_length=1)
    first: tuple[ScriptStep, ...] = Field(min_length=1)
    then: tuple[ScriptStep, ...] = Field(min_length=1)
    recover: tuple[ScriptStep, ...] = Field(min_length=1)
    keep: tuple[str, ...] = Field(min_length=1)
    never: tuple[str, ...] = Field(min_length=1)
    ask: tuple[str, ...] = ()
    facts: tuple[str, ...] = ("threatens", "interrupts", "serious")
    calls: tuple[ContactRole, ...] = (
        ContactRole.LEADER,
        ContactRole.OPERATOR,
        ContactRole.POLICE,
        ContactRole.RESPONSE_TEAM,
        ContactRole.SUPERIOR,
    )
    report: str


class ResponseScripts(Frozen):
    """All scripts; they are advice of the program, not law. ``report`` says whom to tell and where the limits stand."""

    checked_on: date
    source_note: str
    scripts: tuple[ResponseScript, ...]

    def script(self, script_id: str) -> ResponseScript | None:
        """A script by its id."""
        return next((one for one in self.scripts if one.id == script_id), None)


def incident_misfits(rules: IncidentRules) -> Iterable[Misfit]:
    """Doubled ids, and conditions that ask for facts an incident does not have."""
    for part, rows in (("severities", rules.severities), ("clocks", rules.clocks), ("after", rules.after)):
        yield from doubles(part, [one.id for one in rows])
        for one in rows:
            asked = set(facts_named(one.when)) if one.when is not None else set()
            for fact in sorted(asked - SIGNS.keys()):
                yield f"{part}.{one.id}.when", f"sự cố không có dữ kiện “{fact}”."
    for clock in rules.clocks:
        if bool(clock.applies) != (clock.when is not None):
            yield f"clocks.{clock.id}.applies", "phải có đúng khi thời hạn có điều kiện."
