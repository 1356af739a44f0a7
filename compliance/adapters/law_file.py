"""Reading the text of one law file: strict YAML, every fault of the file found in one pass."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from yaml.constructor import ConstructorError
from yaml.reader import ReaderError

from compliance.adapters.files import disk_reason
from compliance.adapters.short_condition import spelled_out
from compliance.domain.blank import Frozen
from compliance.errors import Fault

if TYPE_CHECKING:
    from yaml import SafeLoader as _SafeLoader
else:  # the C parser is ten times faster, where PyYAML was built with it
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONDITION_KEYS = ("when", "ask_when")
_NAMES = ("id", "code", "value")
_KEY_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "merge")}
_DEEPEST = 60
_MOST = 2_000_000
"""Letters and values a document may come to; shared anchors can make gigabytes of a few lines."""
_DASHES = re.compile(rf"(?:[-?] +){{{_DEEPEST}}}")
_TOO_MUCH = "lồng quá sâu, hoặc neo (& và *) lặp lại quá nhiều; hãy viết đơn giản hơn."
_SENTENCES = {
    "missing": "thiếu mục này.",
    "extra_forbidden": "mục này không có trong cấu trúc; hãy kiểm tra lại tên.",
    "int_type": "phải là số nguyên.",
    "bool_type": "phải là true hoặc false.",
    "tuple_type": "phải là một danh sách.",
    "model_type": "phải là một nhóm mục.",
    "string_too_short": "không được để trống.",
}

Record = TypeVar("Record", bound=Frozen)
Read = tuple[Record | None, list[Fault]]
"""What reading gave: the record where the file has that structure at all, and every fault found on the way."""


@dataclass(frozen=True)
class Document:
    """A file as parsed: ``raw`` is ``None`` when it is not YAML at all; ``faults`` are all that its text shows."""

    raw: Any
    faults: tuple[Fault, ...]


class _StrictLoader(_SafeLoader):
    """Notes every key that stands twice in one mapping, which YAML would silently overwrite."""

    doubled: list[tuple[str, int]]

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping; a doubled key is noted with its line."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag not in _KEY_TAGS:
                raise ConstructorError(None, None, "tên mục phải là chữ; hãy đặt trong dấu nháy", key.start_mark)
            if key.value in seen:
                self.doubled.append((str(key.value), key.start_mark.line + 1))
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value; a day the calendar does not have, or a number beyond all bounds, is named with its line."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, OverflowError):
            problem = f"giá trị “{str(node.value)[:40]}” không phải là ngày hay số có thật"
            raise ConstructorError(None, None, problem, node.start_mark) from None


def named(path: Path, base: Path) -> str:
    """What the faults call a file: its path below the data root."""
    return path.relative_to(base).as_posix()


def read_law_file(path: Path, name: str, model: type[Record]) -> Read[Record]:
    """The record in a file that stands for itself, and its faults; ``name`` is what the faults call the file."""
    document = read_document(path, name)
    if document.raw is None:
        return None, list(document.faults)
    record, faults = validated(document.raw, model, lambda place: name)  # noqa: ARG005
    return record, [*document.faults, *faults]


def read_document(path: Path, name: str) -> Document:
    """The content of a file with short conditions spelled out; ``name`` is what the faults call the file."""
    try:
        return _document(path.read_bytes(), name)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        return Document(None, (Fault("không có tệp này." if missing else f"không đọc được: {_reason(error)}.", name),))


def _reason(error: OSError) -> str:
    return "không có quyền đọc" if isinstance(error, PermissionError) else disk_reason(error)


@lru_cache(maxsize=64)
def _document(content: bytes, name: str) -> Document:
    """Keyed by the content, so that an edited file is read again whatever its date says."""
    loaded = _loaded(content, name)
    if isinstance(loaded, Fault):
        return Document(None, (loaded,))
    raw, doubled = loaded
    faults = [Fault(f"mục “{key}” ghi hai lần.", name, row=row) for key, row in dict.fromkeys(doubled)]
    faults += [Fault(f"{place}: {sentence}", name) for place, sentence in _badly_composed(raw, "")]
    document = _with_conditions(raw, "", lambda place, sentence: faults.append(Fault(f"{place}: {sentence}", name)))
    return Document(document, tuple(faults))


def _loaded(content: bytes, name: str) -> tuple[dict[Any, Any], list[tuple[str, int]]] | Fault:
    """The mapping in a file and the keys that stand twice in it, or why there is none."""
    try:
        text = content.decode("utf-8")
        if _nested_too_deep(text):  # the C parser would take the whole program down
            return Fault(_TOO_MUCH, name)
        loader = _StrictLoader(text)
        loader.doubled = []
        raw = loader.get_single_data()
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        return _broken(error, content, name)
    except RecursionError:
        return Fault(_TOO_MUCH, name)
    if not isinstance(raw, dict):
        return Fault("tệp trống hoặc không phải là một nhóm mục.", name)
    return Fault(_TOO_MUCH, name) if _swollen(raw) else (raw, loader.doubled)


def _broken(error: UnicodeDecodeError | yaml.YAMLError, content: bytes, name: str) -> Fault:
    if isinstance(error, UnicodeDecodeError):
        sentence = "không phải chữ Unicode; hãy lưu lại tệp bằng bảng mã UTF-8."
        return Fault(sentence, name, row=content.count(b"\n", 0, error.start) + 1)
    if isinstance(error, ReaderError):  # its position counts bytes or letters, depending on the parser
        unseen = error.character if isinstance(error.character, str) else chr(error.character)
        row = content.count(b"\n", 0, max(content.find(unseen.encode()), 0)) + 1
        return Fault(f"có ký tự điều khiển không nhìn thấy (U+{ord(unseen):04X}); hãy xóa đi.", name, row=row)
    mark = getattr(error, "problem_mark", None)
    sentence = f"không phải là YAML đúng: {getattr(error, 'problem', error)}."
    return Fault(sentence, name, row=mark.line + 1 if mark else None)


def _nested_too_deep(text: str) -> bool:
    """Whether brackets, or dashes on one line, open more than any law file needs; judged before parsing."""
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        if depth > _DEEPEST:
            return True
    return _DASHES.search(text) is not None


def _swollen(raw: Any) -> bool:
    """Whether a document, its anchors written out, is deeper or larger than any law file; an endless one is both."""
    waiting, size = [(raw, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        size += len(value) if isinstance(value, str) else 1
        if size > _MOST or depth > _DEEPEST:
            return True
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
        waiting += [(one, depth + 1) for one in inner]
    return False


def as_json(raw: Any) -> str:
    """A document as the JSON its record is validated from."""
    return json.dumps(raw, ensure_ascii=False, default=str)


def validated(raw: Any, model: type[Record], name: Callable[[str], str]) -> Read[Record]:
    """The record in a document and the faults of its structure; ``name`` tells the file a dotted path stands in."""
    try:
        return model.model_validate_json(as_json(raw)), []
    except ValidationError as error:
        places = ((_place(detail, raw), _sentence(detail)) for detail in error.errors())
        return None, [Fault(f"{place}: {sentence}", name(place)) for place, sentence in places]


def _badly_composed(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Texts whose diacritics stand apart from their letters: they look right and are never found again."""
    if isinstance(value, str) and not unicodedata.is_normalized("NFC", value):
        shown = unicodedata.normalize("NFC", value)[:40]
        yield path, f"“{shown}” viết dấu tách rời chữ; hãy gõ lại bằng bảng mã Unicode dựng sẵn (NFC)."
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _badly_composed(item, _below(path, _named(item, number)))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _badly_composed(key, _below(path, key))
            yield from _badly_composed(inner, _below(path, key))


def _with_conditions(value: Any, path: str, report: Callable[[str, str], None]) -> Any:
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
    if detail["type"] == "string_type":
        return f"giá trị {json.dumps(detail['input'], default=str)} không phải là chữ; hãy đặt trong dấu nháy."
    known = _SENTENCES.get(detail["type"])
    return known or f"giá trị “{detail['input']}” không dùng được ({detail['msg']})."
