"""What the systems under a regulation do about one of its rules, as the office answered."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Frozen
from compliance.domain.overview import Units
from compliance.domain.printed import Value, value
from compliance.domain.system import System


class Applied(Frozen):
    """One measure and who sees to it; ``systems`` names those it is said of, empty = all under the regulation.

    ``excepted`` is the reason why the rule does not apply to them.
    """

    systems: tuple[str, ...] = ()
    measure: Value | None = None
    unit: Value | None = None
    excepted: Value | None = None


def applied(answers: Sequence[tuple[System, Answer | None]], units: Units) -> tuple[Applied, ...]:
    """What is said about a rule, the same words of several systems said once; nothing where nobody answered."""
    found: dict[Applied, list[str]] = {}
    for system, answer in answers:
        said = _said(answer, units) if answer else None
        if said is not None:
            found.setdefault(said, []).append(system.name)
    return tuple(
        one.model_copy(update={"systems": () if len(names) == len(answers) else tuple(names)})
        for one, names in found.items()
    )


def _said(answer: Answer, units: Units) -> Applied | None:
    """The part of an answer that belongs into a rule: how things stand today does not."""
    measure = _value("measure", _measure(answer), answer)
    responsible = _responsible(answer, units)
    excepted = _value("reason", answer.reason, answer) if answer.result is Result.NOT_APPLICABLE else None
    if not (measure or responsible or excepted):
        return None
    return Applied(measure=measure, unit=responsible, excepted=excepted)


def _responsible(answer: Answer, units: Units) -> Value | None:
    """A blank where a unit is named that is not recorded: an id says nothing in a regulation."""
    if answer.responsible_unit_id is None:
        return None
    unit = units.get(answer.responsible_unit_id)
    return value("answers.responsible_unit_id", unit.name if unit else "", assumed=answer.assumed)


def _measure(answer: Answer) -> str:
    reason = f"biện pháp tương đương; lý do: {answer.equivalent_reason}"
    chosen = f"{answer.equivalent} ({reason})" if answer.equivalent else ""
    return "; ".join(part.rstrip(" .;") for part in (answer.measure, chosen) if part)


def _value(field: str, text: str, answer: Answer) -> Value | None:
    return value(f"answers.{field}", text, assumed=answer.assumed) if text else None
