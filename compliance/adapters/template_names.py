"""The names a template uses while it is filled: those that are not there are told, with the nearest there is."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import jinja2
from jinja2.utils import missing as MISSING  # noqa: N812 - a constant of the library
from pydantic import BaseModel

from compliance.adapters.template_words import RUNNING, in_words
from compliance.domain.wording import nearest
from compliance.errors import Fault

MOST_ROUNDS = 5_000_000
"""Rounds of loops and calls in one paper; the largest dossier takes some hundred thousand."""
_MOST_OFFERED = 12


class TooMuch(jinja2.TemplateRuntimeError):
    """A template grows without bound."""


@dataclass
class Filling:
    """One paper being filled: the names a template may use, the rounds it took, what was noted on the way."""

    names: Collection[str]
    rounds: int = 0
    noted: list[Fault] = field(default_factory=list)

    def count(self, rounds: int = 1) -> None:
        """Some rounds more.

        Raises:
            TooMuch: there were too many.
        """
        self.rounds += rounds
        if self.rounds > MOST_ROUNDS:
            raise TooMuch(f"vòng lặp hoặc lời gọi chạy quá {MOST_ROUNDS:_} lần".replace("_", "."))


filling: ContextVar[Filling] = ContextVar("the paper being filled")


def absent(undefined: jinja2.Undefined) -> str:
    """What is wrong with the use of a name that is not there, in Vietnamese, with the nearest name there is."""
    if undefined._undefined_hint:
        return in_words(undefined._undefined_hint, RUNNING).rstrip(".") + "."
    name, owner = undefined._undefined_name, undefined._undefined_obj
    if owner is MISSING:
        return f"tên “{name}” không có trong dữ liệu của biểu mẫu{_hint(name, filling.get().names)}"
    return f"tên “{name}” không có trong phần dữ liệu này{_hint(name, _members(owner))}"


def _hint(name: object, known: Collection[str]) -> str:
    near = nearest(str(name), known)
    if near:
        return f"; gần nhất là “{near}”."
    return f"; có: {', '.join(sorted(known))}." if 0 < len(known) <= _MOST_OFFERED else "."


def _members(owner: object) -> list[str]:
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    kinds = [kind for kind in type(owner).__mro__ if kind.__module__.startswith("compliance.")]
    fields = getattr(type(owner), "model_fields", {})
    computed = (name for kind in kinds for name, value in vars(kind).items() if isinstance(value, property))
    return [*fields, *(name for name in computed if not name.startswith("_"))]


class Strict(jinja2.StrictUndefined):
    """A name that is not there: using it is a fault."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return absent(self)


class Noted(jinja2.Undefined):
    """A name that is not there: using it is noted, and the filling goes on, so that all faults are found."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return absent(self)

    def _note(self, *_given: Any, **_named: Any) -> Any:
        _noted(absent(self))
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._note()

    def __str__(self) -> str:
        self._note()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._note()
        return iter(())

    def __len__(self) -> int:
        self._note()
        return 0

    def __bool__(self) -> bool:
        self._note()
        return False

    def _number(self) -> Any:
        self._note()
        return 0

    def __eq__(self, other: object) -> bool:
        self._note()
        return False

    def __ne__(self, other: object) -> bool:
        self._note()
        return True

    __hash__ = jinja2.Undefined.__hash__
    __call__ = __getitem__ = _note
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _note
    __int__ = __float__ = _number
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _note
    __mod__ = __rmod__ = __pow__ = __rpow__ = __pos__ = __neg__ = _note
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _note


def printed(value: Any) -> Any:
    """What is put on the page; a value that is no text for a reader is noted."""
    if value is None:
        _noted("giá trị ở đây để trống nên sẽ in ra chữ “None”; hãy đặt trong {% if … %}.")
    elif isinstance(value, list | tuple | Mapping | BaseModel):
        _noted("in cả một nhóm dữ liệu thay vì một giá trị; hãy in từng phần của nó.")
        return ""
    return value


def _noted(message: str) -> None:
    fault = Fault(message, *_place())
    if fault not in filling.get().noted:
        filling.get().noted.append(fault)


def _place() -> tuple[str, str, int | None]:
    """File, sheet (none) and line of the template that is running."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return str(template.filename), "", template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return "", "", None
