"""Putting a paper of an incident together from what is recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from compliance.domain.blank import Frozen
from compliance.domain.dossier import letterhead
from compliance.domain.incident import SIGNS, Contact, Incident, Notice, NoticeKind
from compliance.domain.incident_clocks import RunningClock
from compliance.domain.incident_limits import lateness, latest, limit_of, next_report, runs, told_clock
from compliance.domain.incident_paper import (
    Change,
    Following,
    IncidentPaper,
    PaperNotice,
    PaperSystem,
    Reachable,
    limit_text,
)
from compliance.domain.incident_rules import AfterDuty, ClockRule
from compliance.domain.moment import moment_text
from compliance.domain.organization import Unit
from compliance.domain.printed import Value, value
from compliance.domain.system import System

_TOLD: Mapping[str, str] = {
    "title": "Tên sự cố",
    "place": "Nơi xảy ra",
    "detected_at": "Thời điểm phát hiện",
    "happened_at": "Thời điểm bắt đầu xảy ra",
    "description": "Diễn biến",
    "cause": "Nguyên nhân",
    "scope": "Phạm vi ảnh hưởng",
    "harm": "Hậu quả, thiệt hại",
    "done_so_far": "Biện pháp đã thực hiện",
    "contained_at": "Thời điểm ngăn chặn được",
    "remedy": "Biện pháp khắc phục tiếp theo",
    "outcome": "Kết quả xử lý",
    "closed_at": "Thời điểm kết thúc",
    "lesson": "Bài học rút ra",
}
"""What an update compares, in the order of the paper."""
GRAVE = ("threatens", "interrupts", "serious")
"""What a first notice weighs: the facts that make it due at once or in a day."""
_ANSWERS: Mapping[bool | None, str] = {True: "Có", False: "Không", None: ""}


class PaperSource(Frozen):
    """What a paper is made from.

    ``levels`` are the words on each system's level by id. ``lead`` answers for the incident. ``before`` is the
    incident as it was known at the last notice. ``addressee`` and ``support`` are what the drafter said, empty =
    worked out and left blank.
    """

    kind: NoticeKind
    incident: Incident
    notices: tuple[Notice, ...]
    clocks: tuple[RunningClock, ...]
    systems: tuple[System, ...]
    levels: Mapping[str, str]
    units: Mapping[str, Unit]
    issuer: Unit | None
    owner: Unit | None
    lead: Unit | None
    contacts: tuple[Contact, ...]
    before: Incident | None = None
    after: tuple[AfterDuty, ...] = ()
    addressee: str = ""
    support: str = ""


def incident_paper(source: PaperSource, now: datetime, *, kind_code: str, addressee: str) -> IncidentPaper:
    """The paper as it would go out now.

    Args:
        source: what it is made from.
        now: the moment it is drafted, which tells whether it is late.
        kind_code: the abbreviation of this kind of paper (BC, TB), empty for a letter.
        addressee: whom the form addresses by itself, empty where it names nobody.
    """
    incident, issuer = source.incident, source.issuer
    head, limit = letterhead(issuer), limit_of(source.kind, source.clocks, incident.facts)
    last = max((one for one in source.notices if not one.undone), key=lambda one: one.sent_at, default=None)
    signs = _signs(incident, GRAVE if source.kind is NoticeKind.INITIAL else tuple(SIGNS))
    lead = source.lead or issuer
    return IncidentPaper(
        kind=source.kind,
        letterhead=head.of_kind(kind_code) if kind_code else head,
        issuer=value("incident.issuer", issuer.name if issuer else ""),
        addressee=source.addressee or addressee or _addressee(source, limit),
        owner=value("incident.owner", source.owner.name if source.owner else ""),
        owner_is_issuer=source.owner is None or source.owner == issuer,
        address=value("incident.address", issuer.address if issuer else ""),
        incident_id=incident.id,
        title=incident.title,
        detected_at=moment_text(incident.detected_at),
        happened_at=_moment("happened_at", incident.happened_at),
        systems=tuple(_system(one, source) for one in source.systems),
        signs=signs[True],
        open_signs=signs[None],
        other_signs=signs[False],
        serious_reason=incident.serious_reason,
        contained_at=_moment("contained_at", incident.contained_at),
        support=value("incident.support", source.support),
        beyond_capacity=incident.beyond_capacity is True,
        contact=Reachable(
            name=value("contact.name", lead.name if lead else ""),
            phone=value("contact.phone", lead.phone if lead else ""),
            email=value("contact.email", lead.email if lead else ""),
        ),
        limit=told_clock(limit, source.kind, now) if limit else None,
        latest=latest(source.kind, source.clocks),
        lateness=lateness(source.kind, source.clocks, now, incident.recorded_late),
        next_report=next_report(source.clocks),
        clocks=tuple(told_clock(one, source.kind, now) for one in source.clocks if runs(one, incident.facts)),
        sent=tuple(_sent(source.notices)),
        update=1 + sum(one.kind is NoticeKind.UPDATE and not one.undone for one in source.notices),
        since=moment_text(last.sent_at) if last else "",
        changes=tuple(_changes(source.before, incident)) if source.before else (),
        open_incident=not incident.closed,
        closed_at=_moment("closed_at", incident.closed_at),
        following=tuple(
            Following(what=one.what, citation=one.citation, uncertain=one.uncertain) for one in source.after
        ),
        **{name: value(f"incident.{name}", getattr(incident, name)) for name in _WRITTEN},
    )


_WRITTEN = (
    "detected_by", "place", "description", "cause", "scope", "harm", "done_so_far", "remedy", "outcome", "lesson",
)  # fmt: skip


def _addressee(source: PaperSource, limit: RunningClock | None) -> str:
    """Who stands in the contact list for it, else whom the rule names."""
    rule = limit.rule if limit else _report_rule(source)
    concerned = set(source.incident.system_ids)
    fitting = [
        one
        for one in source.contacts
        if rule
        and not one.removed
        and one.role is rule.to_role
        and (not one.system_ids or concerned & {*one.system_ids})
    ]
    special = sorted(fitting, key=lambda one: (not one.system_ids, one.id))
    return special[0].name if special else rule.to if rule else ""


def _report_rule(source: PaperSource) -> ClockRule | None:
    """Updates go where the report went."""
    return next((one.rule for one in source.clocks if NoticeKind.REPORT in one.rule.met_by), None)


def _signs(incident: Incident, weighed: Collection[str]) -> dict[bool | None, tuple[str, ...]]:
    """What was judged so, and of what is weighed: what was judged otherwise, and what nobody judged yet."""
    return {
        judged: tuple(
            words for name, words in SIGNS.items() if getattr(incident, name) is judged and (judged or name in weighed)
        )
        for judged in (True, False, None)
    }


def _moment(name: str, at: datetime | None) -> Value:
    return value(f"incident.{name}", moment_text(at) if at else "")


def _system(system: System, source: PaperSource) -> PaperSystem:
    named = {name: source.units.get(id_ or "") for name, id_ in _roles(system)}
    owner, operator = named["owner"], named["operator"]
    return PaperSystem(
        name=system.name,
        level=value("systems.level", source.levels.get(system.id, ""), subject=system.id),
        owner=value("systems.owner_id", owner.name if owner else "", subject=system.id),
        operator=value("systems.operator_id", operator.name if operator else system.provider, subject=system.id),
    )


def _roles(system: System) -> tuple[tuple[str, str | None], ...]:
    return (("owner", system.owner_id), ("operator", system.operator_id))


def _sent(notices: Iterable[Notice]) -> Iterable[PaperNotice]:
    for one in sorted((one for one in notices if not one.undone), key=lambda one: (one.sent_at, one.number)):
        yield PaperNotice(
            kind=one.kind.label,
            number=one.paper_number,
            sent_at=limit_text(one.sent_at),
            to=one.to,
            channel=one.channel,
        )


def _changes(before: Incident, now: Incident) -> Iterable[Change]:
    for name, what in _TOLD.items():
        yield from _change(what, _words(getattr(before, name)), _words(getattr(now, name)))
    for name, sign in SIGNS.items():
        yield from _change(f"Đánh giá: {sign}", _ANSWERS[getattr(before, name)], _ANSWERS[getattr(now, name)])


def _words(known: object) -> str:
    return moment_text(known) if isinstance(known, datetime) else str(known or "")


def _change(what: str, before: str, now: str) -> Iterable[Change]:
    if before != now:
        yield Change(what=what, before=before, now=now)
