"""What is wrong with a template, in Vietnamese, with the file and the line where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import jinja2

from compliance.adapters.template_reading import Unreadable
from compliance.errors import Fault

FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Whatever a broken template may raise."""

_SYNTAX: tuple[tuple[str, str], ...] = (
    (r"Unexpected end of template.*element that needs to be closed is '(\w+)'", "thiếu thẻ đóng của “{{% {0} … %}}”"),
    (r"Unexpected end of template.*block that needs to be closed is '(\w+)'", "thiếu thẻ đóng của “{{% {0} … %}}”"),
    (
        r"Encountered unknown tag '(\w+)'.*block that needs to be closed is '(\w+)'",
        "thẻ “{0}” nằm trong “{1}” chưa đóng",
    ),
    (r"Encountered unknown tag '(\w+)'", "không có thẻ “{{% {0} %}}”"),
    (r"Unexpected end of template", "tệp kết thúc giữa chừng, còn thẻ chưa đóng"),
    (r"expected token '(.+?)', got '(.+?)'", "cần “{0}” mà gặp “{1}”"),
    (r"Expected an expression, got '(.+?)'", "thiếu tên hoặc giá trị trước “{0}”"),
    (r"unexpected char '(.+?)' at", "ký hiệu “{0}” đặt sai chỗ"),
    (r"unexpected end of template, expected '(.+?)'", "tệp kết thúc giữa chừng, thiếu “{0}”"),
    (r"unexpected '(.+?)', expected '(.+?)'", "gặp “{0}” mà cần “{1}”"),
    (r"unexpected '(.+?)'", "ký hiệu “{0}” đặt sai chỗ"),
    (r"Missing end of comment tag", "thiếu “#}}” đóng lời ghi chú"),
    (r"Missing end of raw directive", "thiếu thẻ đóng của “{{% raw %}}”"),
    (r"No filter named '(\w+)'", "không có bộ lọc “{0}”"),
    (r"No test named '(\w+)'", "không có phép thử “{0}”"),
    (r"block '(\w+)' defined twice", "khối “{0}” đặt hai lần"),
    (r"[Cc]an't assign to '?(\w+)'?", "không đặt được giá trị cho “{0}”"),
)
_SIGNS = {
    "end of statement block": "%}",
    "begin of statement block": "{%",
    "end of print statement": "}}",
    "begin of print statement": "{{",
    "end of template": "hết tệp",
    "begin of comment": "{#",
    "end of comment": "#}",
    "name": "tên",
    "string": "chữ trong dấu nháy",
    "integer": "số",
}
_KINDS = {
    "str": "chữ",
    "Markup": "chữ",
    "int": "số",
    "float": "số",
    "bool": "có/không",
    "NoneType": "giá trị trống",
    "list": "danh sách",
    "tuple": "danh sách",
    "dict": "nhóm mục",
    "mappingproxy": "nhóm mục",
}
_RUNNING: tuple[tuple[str, str], ...] = (
    (r"unsupported operand type\(s\) for (\S+?):? '(\w+)' and '(\w+)'", "không tính được {1} {0} {2}"),
    (r'can only concatenate (\w+) \(not "(\w+)"\)', "không ghép được {0} với {1}"),
    (r"'(\S+)' not supported between instances of '(\w+)' and '(\w+)'", "không so sánh được {1} {0} {2}"),
    (r"'(\w+)' object is not iterable", "{0} không phải là danh sách để lặp"),
    (r"'(\w+)' object is not callable", "{0} không gọi được như một lệnh"),
    (r"object of type '(\w+)' has no len", "{0} không có độ dài"),
    (r"'(\w+)' object is not subscriptable", "{0} không có phần bên trong"),
    (r"(?:division|modulo) by zero", "chia cho 0"),
    (r"macro '?(\w+)'? takes", "gọi macro “{0}” thừa hoặc sai giá trị"),
    (r"not enough arguments for format", "mẫu số (%) thiếu giá trị"),
    (r"not all arguments converted", "mẫu số (%) thừa giá trị"),
    (r"%(\w) format: .* required, not (\w+)", "mẫu số %{0} không nhận {1}"),
    (r"No filter named '(\w+)'", "không có bộ lọc “{0}”"),
    (r"No test named '(\w+)'", "không có phép thử “{0}”"),
    (r"too many values to unpack|not enough values to unpack", "số phần tử không khớp với số tên nhận"),
)


def fault_of(error: BaseException, roots: Sequence[Path], name: str) -> Fault:
    """The fault behind what a template raised.

    Args:
        error: what was raised while a template was read or filled.
        roots: the folders templates are read from.
        name: what to name where no file of a template is to blame.
    """
    if isinstance(error, Unreadable):
        return error.fault
    if isinstance(error, jinja2.TemplateSyntaxError):
        sentence = f"sai cú pháp: {_in_words(error.message or '', _SYNTAX)}."
        return Fault(sentence, file=error.filename or error.name or name, row=error.lineno)
    place, row = _where(error, roots)
    return Fault(_sentence(error), file=place or name, row=row)


def _sentence(error: BaseException) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"thiếu tệp “{error.name}”."
    if isinstance(error, RecursionError):
        return "tự gọi lại chính mình không dừng (include, extends hoặc macro)."
    if isinstance(error, MemoryError):
        return "cần nhiều bộ nhớ hơn máy có; hãy bớt chỗ lặp và ghép chữ."
    said = str(error)
    known = isinstance(error, jinja2.TemplateError) and not re.match("No (filter|test) named", said)
    return f"{said if known else _in_words(said, _RUNNING)}".rstrip(".") + "."


def _in_words(english: str, known: Sequence[tuple[str, str]]) -> str:
    """The Vietnamese for what the library says; its own words in brackets where they are not known."""
    for pattern, vietnamese in known:
        found = re.search(pattern, english, re.DOTALL)
        if found:
            parts = (part or "" for part in found.groups())
            return vietnamese.format(*(_KINDS.get(part, _SIGNS.get(part, part)) for part in parts))
    return f"chỗ này viết sai; hãy so với mẫu của chương trình ({english.rstrip('.')})"


def _where(error: BaseException, roots: Sequence[Path]) -> tuple[str, int | None]:
    """Where an error arose: the last frame that lies in a file of a template."""
    place, row, trace = "", None, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(Path(file).is_relative_to(root) for root in roots):
            place, row = file, trace.tb_lineno
        trace = trace.tb_next
    return place, row
