"""Detectors about what the forms lack: every rule of blanks is the forms' own, sorted here under codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from compliance.domain.column import Table
from compliance.domain.dossier import Dossier, Request
from compliance.domain.missing import MissingItem, Severity, Wanted, blanks, unanswered, values_in
from compliance.domain.preflight import Detector, Hit, detector
from compliance.domain.preflight_input import LEVEL, Missing, PreflightInput
from compliance.domain.wording import folded

_LISTS = ("devices", "services", "zones", "connections", "risks")
_OWN_CODES = {
    "regulation-missing": ("systems.regulation",),
    "design-missing": ("systems.design_document",),
    "security-unit-missing": ("systems.security_unit_id",),
    "designation-missing": ("systems.security_unit_document",),
    "operator-missing": ("systems.operator_id", "operator.name"),
    "representative-missing": (
        "owner.representative",
        "owner.representative_office",
        "operator.representative",
        "operator.representative_office",
    ),
}
"""Blanks that come back so often that each has a code of its own."""
_TAKEN = frozenset(field for fields in _OWN_CODES.values() for field in fields) | {"systems.appraiser_id"}
_PLANNED = {"plan", "duties", "design"}
"""The parts of a system's section whose blanks are counted, not listed."""
PLAN = "answers"
HEAD = "units"


def missing_of(
    dossier: Dossier, dossier_wanted: Wanted, request: Request, request_wanted: Wanted, tables: Mapping[str, Table]
) -> tuple[Missing, ...]:
    """What the forms of one system lack, field by field, in the order of the papers."""
    section = dossier.systems[0]
    parts: list[tuple[str, object]] = [(block.name, block) for block in (dossier.owner, *dossier.operators)]
    own = (getattr(section, name) for name in type(section).model_fields if name not in _PLANNED)
    parts.append((section.name.text, tuple(own)))
    found = [one for of, part in parts for one in _by_field(of, part, tables, dossier_wanted)]
    plan = unanswered(section.name.text, (*section.plan, section.duties), tables, dossier_wanted)
    found += [Missing(PLAN, item) for item in plan]
    known = {_key(one.item) for one in found}
    rest = (item for item in dossier.missing if item.severity is not Severity.REMARK and _key(item) not in known)
    found += [Missing(PLAN if item.of == section.name.text else HEAD, item) for item in rest]
    filled = {one.field for one in found}
    in_request = _by_field(request.system_name, request, tables, request_wanted)
    return (*found, *(one for one in in_request if one.field not in filled))


def _by_field(of: str, part: object, tables: Mapping[str, Table], wanted: Wanted) -> Iterator[Missing]:
    """The blanks of a part with the field of each; example values, which stand together, under their sheet."""
    values = tuple(values_in(part))
    asked = [field for field in dict.fromkeys(value.field for value in values) if field in wanted.demands]
    for field in asked:
        alone = Wanted(labels=wanted.labels, demands={field: wanted.demands[field]})
        mine = tuple(value for value in values if value.field == field)
        yield from (Missing(field, item) for item in blanks(of, mine, tables, alone) if _required(item))
    for table in dict.fromkeys(value.field.partition(".")[0] for value in values if value.assumed):
        mine = tuple(value for value in values if value.field.startswith(f"{table}."))
        for item in blanks(of, mine, tables, Wanted(labels=wanted.labels, demands={})):
            yield Missing(f"{table}.assumed", item)


def _required(item: MissingItem) -> bool:
    return item.severity is Severity.REQUIRED


def _key(item: MissingItem) -> tuple[str, str, str]:
    return item.what, item.where_to_fill, item.citation


def _blank(wanted: Callable[[str], bool]) -> Callable[[PreflightInput], Iterator[Hit]]:
    def find(facts: PreflightInput) -> Iterator[Hit]:
        for field, item in facts.missing:
            if _required(item) and wanted(field):
                yield _hit(facts, field, item)

    return find


def _hit(facts: PreflightInput, field: str, item: MissingItem) -> Hit:
    fields = (field, LEVEL) if field == PLAN else (field,)  # which requirements there are, the level decides
    words = {"what": item.what, "of": item.of, "clause": item.citation}
    row = f", dòng “{item.of}”" if item.of not in {"", facts.system.name} else ""
    return Hit(f"{item.where_to_fill}{row}", fields, words)


def _own(name: str) -> Callable[[PreflightInput], Iterator[Hit]]:
    return _blank(lambda field: field in _OWN_CODES[name])


def _beginning(*tables: str) -> Callable[[PreflightInput], Iterator[Hit]]:
    return _blank(lambda field: field not in _TAKEN and field.partition(".")[0] in tables and field not in {PLAN, HEAD})


def _lists(facts: PreflightInput) -> Iterator[Hit]:
    """Rows of lists, and whole lists nobody filled in (``systems.devices``)."""
    yield from _blank(lambda field: field.partition(".")[0] in _LISTS or field.partition(".")[2] in _LISTS)(facts)


def _of_system(facts: PreflightInput) -> Iterator[Hit]:
    for hit in _beginning("systems")(facts):
        if hit.fields[0].partition(".")[2] not in _LISTS:
            yield hit


def _examples(facts: PreflightInput) -> Iterator[Hit]:
    for field, item in facts.missing:
        if item.severity is Severity.EXAMPLE:
            yield _hit(facts, field, item)


def _placeholders(facts: PreflightInput) -> Iterator[Hit]:
    """What stands in a text nobody finished: “(vd)”, dots, question marks."""
    for text in facts.texts:
        written = _unfinished(text.words, facts.lexicon.placeholders)
        if written:
            yield Hit(facts.place(text.field, text.subject), (text.field,), {"written": written})


def _unfinished(words: str, placeholders: Sequence[str]) -> str:
    plain, low = f" {folded(words)} ", words.lower()
    for one in placeholders:
        key = folded(one)
        if one.lower() in low if not key or not one.isalpha() else f" {key} " in plain:
            return one
    return ""


DETECTORS: Mapping[str, Detector] = {
    "blank-unit": detector(_beginning("owner", "operator"), "what", "of", "clause"),
    "blank-system": detector(_of_system, "what", "of", "clause"),
    "blank-list": detector(_lists, "what", "of", "clause"),
    "blank-head": detector(_blank(lambda field: field == HEAD), "what", "of", "clause"),
    "requirement-unanswered": detector(_blank(lambda field: field == PLAN), "what", "of", "clause"),
    "example-value": detector(_examples, "what", "of", "clause"),
    "placeholder": detector(_placeholders, "written"),
    **{name: detector(_own(name), "what", "of", "clause") for name in _OWN_CODES},
}
