"""The closed room templates are filled in: they read the data they are given and reach nothing else.

A template may come from another office, so it neither calls into the program, nor leaves its folder, nor grows without
bound: loops, calls and the texts it puts together are counted. Not bounded are lists nested in one another and printed
whole, and what the printing library makes of a style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import compiler, filters, nodes, runtime
from jinja2.nodes import EvalContext
from jinja2.sandbox import MAX_RANGE, ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from compliance.adapters.template_names import Noted, Strict, TooMuch, filling, printed
from compliance.adapters.template_reading import Folders

LONGEST = 10_000_000
"""Characters of a text, or members of a list, that a template may put together."""
LARGEST = 300_000_000
"""Characters of a whole paper; pictures stand in it as text."""
_CALL = 5
"""Rounds a call counts for: it takes about so much longer."""
_MOST_BITS = 1_000
_WIDEST = 3
_UNBOUNDED_FILTERS = ("batch", "center", "indent", "slice", "urlize", "wordwrap", "xmlattr")
_UNBOUNDED_METHODS = frozenset(
    {"center", "expandtabs", "format", "format_map", "join", "ljust", "replace", "rjust", "translate", "zfill"}
)
_NO_ENTRY = "biểu mẫu chỉ đọc được dữ liệu, không gọi được vào chương trình"


class _Counting(NodeTransformer):
    """Puts a count into every loop and a bound on every text put together."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - the library's name
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "counted", node)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 - the library's name
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno, environment=node.environment)
        return _filtered(parts, "concatenated", node)

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.AssignBlock:  # noqa: N802 - the library's name
        self.generic_visit(node)
        node.filter = _filtered(node.filter, "bounded", node)
        return node


def _filtered(inner: Any, name: str, at: nodes.Node) -> nodes.Filter:
    return nodes.Filter(inner, name, [], [], None, None, lineno=at.lineno, environment=at.environment)


class _Generator(compiler.CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: compiler.Frame | None = None) -> None:  # noqa: N802
        super().visit_Template(_Counting().visit(node), frame)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with everything counted and bounded; ``noted``: faults are gathered instead of raised."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, roots: Sequence[Path], *, noted: bool = False) -> None:
        super().__init__(
            loader=Folders(roots),
            autoescape=lambda name: name is None or not name.endswith(".css"),
            undefined=Noted if noted else Strict,
            finalize=printed if noted else None,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        for name in _UNBOUNDED_FILTERS:
            del self.filters[name]
        self.filters |= {"counted": _counted, "concatenated": _concatenated, "bounded": bounded}
        self.filters |= {"format": _format, "join": _join, "replace": _replace}
        self.globals = {**self.globals, "range": _range}
        del self.globals["lipsum"]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        if isinstance(obj, str) and attr in _UNBOUNDED_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """No way to ``str.format``: its widths have no bound."""
        del value

    def unsafe_undefined(self, obj: Any, attribute: str) -> jinja2.Undefined:
        """What stands for an attribute that may not be read."""
        why = _NO_ENTRY
        if isinstance(obj, str) and attribute in _UNBOUNDED_METHODS:
            known = attribute in self.filters
            why = f"hãy dùng bộ lọc |{attribute}" if known else "lệnh này có thể làm chữ dài vô hạn"
        return self.undefined(
            f"không được dùng “{attribute}”: {why}.", name=attribute, obj=obj, exc=jinja2.exceptions.SecurityError
        )

    def call(self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: D102 - see base class
        filling.get().count(_CALL)
        return bounded(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: D102 - see base class
        if operator == "*":
            _refuse_beyond(_size(left) * right if isinstance(right, int) else 0)
            _refuse_beyond(_size(right) * left if isinstance(left, int) else 0)
        elif operator == "**":
            _refuse_power(left, right)
        elif operator == "%" and isinstance(left, str):
            _refuse_width(left)
        elif operator == "+":
            _refuse_beyond(_size(left) + _size(right))
        return super().call_binop(context, operator, left, right)


def bounded(value: Any) -> Any:
    """The value; a text longer than any paper is refused.

    Raises:
        TooMuch: it is.
    """
    if isinstance(value, str) and len(value) > LARGEST:
        raise TooMuch("văn bản dài quá mức")
    return value


def _counted(items: Iterable[Any]) -> Iterator[Any]:
    state = filling.get()
    for item in items:
        state.count()
        yield item


@jinja2.pass_eval_context
def _concatenated(context: EvalContext, parts: Sequence[Any]) -> str:
    texts = [part if isinstance(part, str) else str(part) for part in parts]
    _refuse_beyond(sum(map(len, texts)), LARGEST)
    join = runtime.markup_join if context.autoescape else runtime.str_join
    return join(parts if context.autoescape else texts)


@jinja2.pass_eval_context
def _join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    items = list(value)
    if attribute is None:
        _refuse_beyond(sum(_size(item) + len(d) for item in items))
    return filters.sync_do_join(context, items, d, attribute)


@jinja2.pass_eval_context
def _replace(context: EvalContext, s: str, old: str, new: str, count: int | None = None) -> str:
    _refuse_beyond(len(str(s)) + str(s).count(str(old)) * len(str(new)))
    return filters.do_replace(context, s, old, new, count)


def _format(value: str, *args: Any, **kwargs: Any) -> str:
    _refuse_width(value)
    return filters.do_format(value, *args, **kwargs)


def _range(*args: int) -> range:
    numbers = range(*args)
    if len(numbers) > MAX_RANGE:
        raise TooMuch(f"range dài quá {MAX_RANGE:_} số".replace("_", "."))
    return numbers


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _refuse_beyond(size: int, most: int = LONGEST) -> None:
    if size > most:
        raise TooMuch("ghép ra chữ hoặc danh sách dài quá mức")


def _refuse_power(left: object, right: object) -> None:
    if isinstance(left, int) and isinstance(right, int) and right * max(left.bit_length(), 1) > _MOST_BITS:
        raise TooMuch("lũy thừa ra số quá lớn")


def _refuse_width(pattern: str) -> None:
    """Refuse a pattern that pads beyond any line (“%999999d”, or “%*d”, whose width is a value)."""
    digits = 0
    for sign in str(pattern):
        digits = digits + 1 if sign.isdigit() else 0
        if digits > _WIDEST:
            raise TooMuch("mẫu số (%) rộng quá mức")
    if "*" in pattern:
        raise TooMuch("mẫu số (%) không được dùng dấu *")
