"""Whom duties fall on: each system in life, and each office that owns or operates one; since when, at which level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from compliance.adapters.law import load_regimes
from compliance.domain.condition import facts_named
from compliance.domain.duty_calendar import Scope
from compliance.domain.duty_term import Lineage
from compliance.domain.duty_walk import LevelSpan
from compliance.domain.level import LEVELS
from compliance.domain.moment import day_of
from compliance.domain.road_paper import Role
from compliance.domain.system import FactValue, Ownership, Status, System
from compliance.domain.transition import RunningDeadline, TransitionRules, transition
from compliance.domain.wording import date_text
from compliance.services.classifications import ClassifiedSystem
from compliance.services.duty_setting import DutySetting
from compliance.services.level_spans import Stood, level_spans
from compliance.services.transitions import load_past

_MEASURES = "measures-"
"""What the id of a deadline begins with that gives time for the measures themselves (``transition.yaml``)."""


@dataclass(frozen=True)
class Grace:
    """Time the transition leaves for the measures: they need not be there before ``until``, also seen from later on.

    ``note`` says so while it runs.
    """

    until: date
    note: str = ""


@dataclass(frozen=True)
class Profile:
    """What decides on which days something falls due; subjects alike in it have the same days.

    ``since`` is the first day a duty binds and ``why`` what makes it that day, ``grace`` when the measures of the
    standard do, ``last`` the last day. ``levels`` of an office are those of its systems. ``operates_only``: it owns
    none of its systems.
    """

    scope: Scope
    spans: tuple[LevelSpan, ...]
    since: date
    why: str
    last: date
    grace: Grace | None = None
    important: bool = False
    levels: frozenset[int] = frozenset()
    operates_only: bool = False

    def level_on(self, day: date) -> int | None:
        """The level on a day; ``None`` for an office, and while it is not known."""
        return next((one.level for one in self.spans if one.first <= day <= one.last), None)

    def concerns(self, line: Lineage) -> bool:
        """Whether an activity is asked of such a subject at all."""
        if line.scope is not self.scope or (line.important and not self.important):
            return False
        if self.operates_only:
            return any(Role.OPERATOR in term.by for term in line.terms)
        return self.scope is Scope.SYSTEM or line.levels.issuperset(LEVELS) or not line.levels.isdisjoint(self.levels)


@dataclass(frozen=True)
class Subject:
    """A system or an office with what rows say of it; ``units`` are the ids of those who act, by role."""

    id: str
    profile: Profile
    owner_id: str
    units: Mapping[Role, str]
    system: System | None = None

    def unit_id(self, roles: tuple[Role, ...]) -> str:
        """The unit that acts in the first of these roles; the owner where the record names none."""
        for role in roles:
            if role in self.units:
                return self.units[role]
        return self.owner_id


def subjects(setting: DutySetting) -> tuple[Subject, ...]:
    """Every subject, those of offices first; ended systems too, up to their last day.

    Subjects alike share one profile, the very same, so that its days are worked out once.
    """
    stood = level_spans(setting)
    graces = _Graces(setting)
    found = [_of_system(setting, one, stood[one.system.id], graces) for one in setting.classified if _concerned(one)]
    alike: dict[Profile, Profile] = {}
    every = (*_offices(setting, found), *found)
    return tuple(replace(one, profile=alike.setdefault(one.profile, one.profile)) for one in every)


def _concerned(one: ClassifiedSystem) -> bool:
    return one.system.ownership is not Ownership.USED


def _last_day(setting: DutySetting, system: System) -> date:
    """The last day a duty of a system binds; one ended on a day nobody told ended before that was recorded."""
    if system.status is not Status.DECOMMISSIONED:
        return date.max
    if system.ended_on is not None:
        return system.ended_on
    head = setting.workspace.store.head("system", system.id)
    return min(day_of(head.recorded_at) if head else setting.today, setting.today) - timedelta(days=1)


def _of_system(setting: DutySetting, one: ClassifiedSystem, stood: Stood, graces: _Graces) -> Subject:
    system = one.system
    tracked = min(setting.tracked.get(system.id, setting.today), setting.today)
    since, why = max(
        (
            (setting.regime.in_force_from, f"ngày {setting.regime.short_title} có hiệu lực"),
            (system.started_on or date.min, "ngày hệ thống được đưa vào sử dụng"),
            (tracked, "ngày hệ thống được ghi vào chương trình; kỳ trước ngày bắt đầu theo dõi không tính"),
        ),
        key=lambda one: one[0],
    )
    profile = Profile(
        scope=Scope.SYSTEM,
        spans=stood.spans,
        since=since,
        why=why,
        last=_last_day(setting, system),
        grace=graces.of(one),
        important=one.classification.importance.truth is True or stood.listed,
    )
    roles = {
        Role.OWNER: system.owner_id,
        Role.OPERATOR: system.operator_id,
        Role.SECURITY_UNIT: system.security_unit_id,
        Role.APPRAISER: system.appraiser_id,
    }
    units = {role: unit_id for role, unit_id in roles.items() if unit_id}
    return Subject(system.id, profile, system.owner_id, units, system)


def _offices(setting: DutySetting, of_systems: list[Subject]) -> Iterator[Subject]:
    """The owners of systems of their own, then those who operate systems of others only."""
    owning: dict[str, list[Subject]] = {}
    operating: dict[str, list[Subject]] = {}
    for one in of_systems:
        if one.system is None or one.profile.last < setting.today:
            continue
        if one.system.ownership is Ownership.OWNED:
            owning.setdefault(one.owner_id, []).append(one)
        elif one.system.operator_id:
            operating.setdefault(one.system.operator_id, []).append(one)
    for unit_id, theirs in sorted({**operating, **owning}.items()):
        security = {unit for one in theirs if (unit := one.units.get(Role.SECURITY_UNIT))}
        units = {Role.OWNER: unit_id, Role.OPERATOR: unit_id}
        if len(security) == 1:
            units[Role.SECURITY_UNIT] = security.pop()
        since, why = min((one.profile.since, one.profile.why) for one in theirs)
        profile = Profile(
            scope=Scope.OFFICE,
            spans=(LevelSpan(date.min, date.max, None),),
            since=since,
            why=why,
            last=date.max,
            levels=frozenset(level for one in theirs if (level := one.profile.spans[-1].level)),
            operates_only=unit_id not in owning,
        )
        yield Subject(unit_id, profile, unit_id, units)


class _Graces:
    """The time the transition leaves each system, worked out once for systems alike in what it asks."""

    def __init__(self, setting: DutySetting) -> None:
        self._today = setting.today
        self._rules: TransitionRules = load_past(load_regimes()).rules
        asked = {name for case in self._rules.cases for name in facts_named(case.when)}
        more = (one.when for case in self._rules.cases for one in case.deadlines if one.when is not None)
        self._asked = tuple(sorted(asked.union(*(facts_named(when) for when in more))))
        self._known: dict[tuple[FactValue | None, ...], Grace | None] = {}

    def of(self, one: ClassifiedSystem) -> Grace | None:
        """The time the measures of one system were given; ``None`` where none was."""
        key = tuple(one.around.get(name) for name in self._asked)
        if key not in self._known:
            self._known[key] = self._found(one)
        return self._known[key]

    def _found(self, one: ClassifiedSystem) -> Grace | None:
        cases = transition(self._rules, one.around, self._today).found
        running: list[tuple[RunningDeadline, str]] = [
            (deadline, case.code)
            for case in cases
            if not case.beside
            for deadline in case.deadlines
            if deadline.id.startswith(_MEASURES)
        ]
        if not running:
            return None
        deadline, code = min(running, key=lambda each: each[0].used)
        if deadline.overdue:
            return Grace(deadline.used)
        return Grace(
            deadline.used,
            f"Thuộc trường hợp chuyển tiếp {code}: biện pháp bảo vệ phải đáp ứng chậm nhất ngày "
            f"{date_text(deadline.used)} ({deadline.citation}); kỳ đầu tiên tính từ ngày đó.",
        )
