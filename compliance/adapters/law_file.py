"""Reading one file of the law: strict YAML, every fault of the file found in one pass, parsed once per change."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from compliance.adapters.short_condition import spelled_out
from compliance.domain.blank import Frozen
from compliance.errors import DataFault, Fault

if TYPE_CHECKING:
    from yaml import SafeLoader as _SafeLoader
else:  # the C parser is ten times faster, where PyYAML was built with it
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONDITION_KEYS = ("when", "ask_when")
_NAMES = ("id", "code", "value")
_SENTENCES = {
    "missing": "thiếu mục này.",
    "extra_forbidden": "mục này không có trong cấu trúc; hãy kiểm tra lại tên.",
    "string_type": "phải là chữ; số, ngày và từ yes/no hãy đặt trong dấu nháy.",
    "int_type": "phải là số nguyên.",
    "bool_type": "phải là true hoặc false.",
    "tuple_type": "phải là một danh sách.",
    "model_type": "phải là một nhóm mục.",
}

Record = TypeVar("Record", bound=Frozen)


@dataclass(frozen=True)
class Loaded:
    """A parsed file: its record, or why there is none; ``faults`` are all that were found."""

    record: Frozen | None
    faults: tuple[Fault, ...]


class _StrictLoader(_SafeLoader):
    """Refuses a key that stands twice in one mapping, which YAML would silently overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping; a doubled key is an error at its line."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"mục “{key.value}” ghi hai lần", key.start_mark)
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def read_law_file(path: Path, name: str, model: type[Record]) -> tuple[Record | None, tuple[Fault, ...]]:
    """The record in a file and the faults of its text and structure; ``name`` is what the faults call the file.

    Raises:
        DataFault: the file cannot be read or is not YAML at all.
    """
    state = path.stat()
    loaded = _loaded(path, name, model, state.st_mtime_ns, state.st_size)
    return (loaded.record if isinstance(loaded.record, model) else None), loaded.faults


@lru_cache(maxsize=64)
def _loaded(path: Path, name: str, model: type[Frozen], mtime_ns: int, size: int) -> Loaded:
    """Keyed by the state of the file, so an edited file is read again."""
    del mtime_ns, size
    raw = _parsed(path, name)
    faults: list[Fault] = []
    document = _with_conditions(raw, "", lambda place, sentence: faults.append(Fault(f"{place}: {sentence}", name)))
    try:
        record = model.model_validate_json(json.dumps(document, ensure_ascii=False, default=str))
    except ValidationError as error:
        wrong = [Fault(f"{_place(detail, document)}: {_sentence(detail)}", name) for detail in error.errors()]
        return Loaded(None, (*faults, *wrong))
    return Loaded(record, tuple(faults))


def _parsed(path: Path, name: str) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader subclass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        fault = Fault(str(error.problem), name, row=mark.line + 1 if mark else None)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        fault = Fault(str(error), name)
    raise DataFault("Tệp dữ liệu pháp luật không đọc được.", [fault])


def _with_conditions(value: Any, path: str, report: Any) -> Any:
    """The document with every short condition spelled out; nothing is changed in place (anchors are shared)."""
    if isinstance(value, list):
        return [_with_conditions(item, _below(path, _named(item, number)), report) for number, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    return {
        key: spelled_out(inner, _below(path, key), report)
        if key in _CONDITION_KEYS and inner is not None
        else _with_conditions(inner, _below(path, key), report)
        for key, inner in value.items()
    }


def _below(path: str, step: object) -> str:
    return f"{path}.{step}" if path else str(step)


def _named(item: object, number: int) -> str:
    if isinstance(item, dict):
        for key in _NAMES:
            if isinstance(item.get(key), str):
                return str(item[key])
    return str(number)


def _place(detail: ErrorDetails, document: Any) -> str:
    """The dotted path of a fault, with the ids of list entries instead of their numbers."""
    path, here = "", document
    for step in detail["loc"]:
        inside = here[step] if _reaches(here, step) else None
        path = _below(path, _named(inside, step) if isinstance(step, int) else step)
        here = inside
    return path


def _reaches(here: object, step: int | str) -> bool:
    if isinstance(here, list):
        return isinstance(step, int) and step < len(here)
    return isinstance(here, dict) and step in here


def _sentence(detail: ErrorDetails) -> str:
    known = _SENTENCES.get(detail["type"])
    return known or f"giá trị “{detail['input']}” không dùng được ({detail['msg']})."
