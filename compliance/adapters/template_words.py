"""What Jinja and Python say of a broken template, in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Sequence

SYNTAX: tuple[tuple[str, str], ...] = (
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
    (r"unexpected char ['\"](.+?)['\"] at", "ký hiệu “{0}” đặt sai chỗ"),
    (r"tag name expected", "sau “{{%” phải có tên thẻ"),
    (r"expected name or number", "sau dấu chấm phải có tên"),
    (r"cannot use extend", "“{{% extends %}}” phải đứng ngoài mọi thẻ khác"),
    (r"Invalid character in identifier", "tên có ký tự không dùng được"),
    (r"invalid syntax for function call|expected call", "lời gọi viết sai"),
    (r"invalid escape sequence|bytes in position|truncated", "dấu “\\\\” trong chữ viết sai"),
    (r"unexpected end of template, expected '(.+?)'", "tệp kết thúc giữa chừng, thiếu “{0}”"),
    (r"unexpected '(.+?)', expected '(.+?)'", "gặp “{0}” mà cần “{1}”"),
    (r"unexpected '(.+?)'", "ký hiệu “{0}” đặt sai chỗ"),
    (r"Missing end of comment tag", "thiếu “#}}” đóng lời ghi chú"),
    (r"Missing end of raw directive", "thiếu thẻ đóng của “{{% raw %}}”"),
    (r"No filter named '(\S+)'", "không có bộ lọc “{0}”"),
    (r"No test named '(\S+)'", "không có phép thử “{0}”"),
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
RUNNING: tuple[tuple[str, str], ...] = (
    (r"unsupported operand type\(s\) for (\S+?):? '(\w+)' and '(\w+)'", "không tính được {1} {0} {2}"),
    (r'can only concatenate (\w+) \(not "(\w+)"\)', "không ghép được {0} với {1}"),
    (r"'(\S+)' not supported between instances of '(\w+)' and '(\w+)'", "không so sánh được {1} {0} {2}"),
    (r"'(\w+)' object is not iterable", "{0} không phải là danh sách để lặp"),
    (r"'(\w+)' object is not callable", "{0} không gọi được như một lệnh"),
    (r"object of type '(\w+)' has no len", "{0} không có độ dài"),
    (r"'(\w+)' object is not subscriptable", "{0} không có phần bên trong"),
    (r"range expected|range\(\) arg", "range nhận sai giá trị"),
    (r"cannot be interpreted as an integer|must be integers|invalid literal|real number", "chỗ này cần một số"),
    (r"unhashable type", "danh sách không dùng làm tên được"),
    (
        r"positional argument|takes exactly|takes no|required argument|unexpected keyword|expected at",
        "lời gọi sai số giá trị",
    ),
    (r"at least one item has to be provided", "cycler cần ít nhất một giá trị"),
    (r"not JSON serializable|__round__|Empty sequence|empty (?:sequence|iterable)", "giá trị không hợp với bộ lọc này"),
    (r"parameter '(\w+)' was not provided", "gọi macro thiếu giá trị “{0}”"),
    (r"has no attribute '(\w+)'", "giá trị ở đây không có phần “{0}”"),
    (r"argument of type '(\w+)' is not iterable", "không tìm được gì trong {0}"),
    (r"bad operand type", "phép tính này không dùng được với giá trị ở đây"),
    (r"No (?:first|last|random) item|sequence was empty", "danh sách trống nên không lấy được phần tử"),
    (r"extended multiple times", "“{{% extends %}}” chỉ được đặt một lần"),
    (r"inline if-expression", "“… if …” không có phần else mà điều kiện không đúng"),
    (r"does not export the requested name '(\w+)'", "tệp lấy vào không có macro “{0}”"),
    (r"no parent block|no block|called outside|No caller", "khối hoặc lời gọi này không có ở mẫu gốc"),
    (r"(?:division|modulo) by zero", "chia cho 0"),
    (r"macro '?(\w+)'? takes", "gọi macro “{0}” thừa hoặc sai giá trị"),
    (r"not enough arguments for format", "mẫu số (%) thiếu giá trị"),
    (r"not all arguments converted", "mẫu số (%) thừa giá trị"),
    (r"%(\w) format: .* required, not (\w+)", "mẫu số %{0} không nhận {1}"),
    (r"No filter named '(\S+)'", "không có bộ lọc “{0}”"),
    (r"No test named '(\S+)'", "không có phép thử “{0}”"),
    (r"too many values to unpack|not enough values to unpack", "số phần tử không khớp với số tên nhận"),
)


def in_words(english: str, known: Sequence[tuple[str, str]]) -> str:
    """The Vietnamese for what the library says; its own words in brackets where they are not known.

    A sentence that is Vietnamese already stays as it is.
    """
    for pattern, vietnamese in known:
        found = re.search(pattern, english, re.DOTALL)
        if found:
            parts = (part or "" for part in found.groups())
            return vietnamese.format(*(_KINDS.get(part, _SIGNS.get(part, part)) for part in parts))
    if not english.isascii():
        return english
    return f"chỗ này viết sai; hãy so với mẫu của chương trình ({english.rstrip('.')})"
