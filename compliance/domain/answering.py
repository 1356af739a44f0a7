"""What an officer types, turned into the value of a fact, and back into words.

One reader serves the import sheet and the prompt: labels, value ids and everyday variants are all understood,
diacritics and case aside. A blank, a dash or “chưa rõ” is *unanswered* (``None``), never *no*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from compliance.domain.question import Choice, Question, QuestionType
from compliance.domain.system import FactValue
from compliance.domain.wording import canonical, folded, nearest, number_text

_UNANSWERED = {"", "chua ro", "khong ro", "chua biet", "chua xac dinh", "de trong"}
_TICKS = {"x", "X", "×", "v", "V", "☒", "☑", "✓", "✔"}
_YES = {"co", "yes", "y", "true", "dung", "1"}
_NO = {"khong", "khong co", "no", "n", "false", "sai", "0"}
_APPROXIMATELY = r"(?:khoang|xap xi|uoc tinh|uoc|chung|tam|gan dung|cap do|cap|muc)"
_PERSONS = r"(?:nguoi dan|nguoi dung|nguoi|cong dan|can bo|hoc sinh|benh nhan|chu the du lieu|chu the|tai khoan)"
_GROUPED = re.compile(r"[0-9]{1,3}(?P<mark>[.,\s])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_NUMBER = re.compile(r"[0-9](?:[0-9.,\s]*[0-9])?")
_SURROUNDINGS = re.compile(rf"(?:{_APPROXIMATELY} )*#(?: {_PERSONS})?")
_NO_LETTER = re.compile(r"[^\w\s.:]")
_ITEM = re.compile(r"[;\n]+")


def parse_fact(question: Question, text: str) -> FactValue | None:
    """The value the words mean; ``None`` when they leave the question unanswered.

    Raises:
        ValueError: the words fit no value; the message is a Vietnamese sentence that offers the nearest one.
    """
    said = canonical(text)
    if said[:1] not in _TICKS and folded(said) in _UNANSWERED:
        return None
    if question.type is QuestionType.YES_NO:
        return _yes_no(said)
    if question.type is QuestionType.NUMBER:
        return _number(question, said)
    if question.type is QuestionType.CHOICE:
        return _choice(question, said)
    return _set(question, said)


def _yes_no(said: str) -> bool:
    key = folded(said)
    if said in _TICKS or key in _YES or (said[0] in _TICKS and key in {"", *_YES}):
        return True
    if key in _NO:
        return False
    raise ValueError(f"“{said}” chưa rõ là có hay không. Hãy ghi “Có” hoặc “Không”; chưa rõ thì để trống.")


def _number(question: Question, said: str) -> int:
    found = _NUMBER.search(said)
    if found is None or not _is_plain(said[: found.start()], said[found.end() :]):
        raise ValueError(
            f"“{said}” không phải là một con số nguyên không âm. Hãy ghi đủ chữ số, ví dụ 1.500; chưa rõ thì để trống."
        )
    digits = found.group()
    if not (digits.isdigit() or _GROUPED.fullmatch(digits)):
        raise ValueError(f"“{said}” là số lẻ hoặc tách hàng nghìn sai chỗ. Hãy ghi số nguyên, ví dụ 1.500.")
    bare = re.sub(r"[^0-9]", "", digits).lstrip("0") or "0"
    in_reach = len(bare) <= len(str(question.maximum))
    return _in_range(question, int(bare) if in_reach else question.maximum + 1, said)


def _is_plain(before: str, after: str) -> bool:
    """Whether only “about” words stand before a number and only persons after it (“dưới”, “<”, “nghìn” do not)."""
    before = before.replace("~", " ").replace("≈", " ")
    if _NO_LETTER.search(before + after):
        return False
    words = f"{folded(before)} # {folded(after)}".strip()
    return bool(_SURROUNDINGS.fullmatch(words))


def _in_range(question: Question, value: int, said: str) -> int:
    if question.minimum <= value <= question.maximum:
        return value
    low, high = number_text(question.minimum), number_text(question.maximum)
    raise ValueError(f"“{said}” nằm ngoài khoảng cho phép. Hãy ghi một số từ {low} đến {high}.")


def _wordings(choice: Choice) -> Iterable[str]:
    return (choice.value, choice.label, *choice.also)


def _keys(question: Question) -> Mapping[str, str]:
    return {folded(words): choice.value for choice in question.choices for words in _wordings(choice)}


def _choice(question: Question, said: str) -> str:
    value = _keys(question).get(folded(said))
    if value is None:
        raise ValueError(_no_such_value(question, said))
    return value


def _no_such_value(question: Question, said: str) -> str:
    wordings = {words: choice.label for choice in question.choices for words in _wordings(choice)}
    near = nearest(said, wordings)
    if near is not None:
        return f"“{said}” không có trong các giá trị của mục này; có phải là “{wordings[near]}”?"
    labels = "; ".join(choice.label for choice in question.choices)
    return f"“{said}” không có trong các giá trị của mục này. Hãy chọn: {labels}."


def _set(question: Question, said: str) -> tuple[str, ...]:
    keys = _keys(question)
    if question.minimum == 0 and folded(said) in _NO and folded(said) not in keys:
        return ()
    items = (item.strip(" -+•*") for item in _ITEM.split(said))
    values = [value for item in items if item for value in _values(question, keys, item)]
    if not values:
        raise ValueError(_no_such_value(question, said))
    return tuple(sorted(set(values)))


def _values(question: Question, keys: Mapping[str, str], item: str) -> list[str]:
    """Split at commas, the longest label first: a label may hold a comma itself."""
    pieces, values = item.split(","), list[str]()
    while pieces:
        for length in range(len(pieces), 0, -1):
            value = keys.get(folded(",".join(pieces[:length])))
            if value is not None:
                values.append(value)
                break
        else:
            raise ValueError(_no_such_value(question, pieces[0].strip()))
        pieces = pieces[length:]
    return values


def checked_fact(question: Question, value: object) -> FactValue:
    """A value that came typed (JSON), checked strictly; a list is a complete set, duplicates tolerated.

    Raises:
        ValueError: wrong type, out of range, or no such value; a Vietnamese sentence.
    """
    if question.type is QuestionType.YES_NO:
        if isinstance(value, bool):
            return value
        raise ValueError(f"“{value}” không phải là true hoặc false.")
    if question.type is QuestionType.NUMBER:
        if isinstance(value, int) and not isinstance(value, bool):
            return _in_range(question, value, str(value))
        raise ValueError(f"“{value}” không phải là số nguyên.")
    if question.type is QuestionType.CHOICE:
        return _known_value(question, value)
    if isinstance(value, list | tuple):
        return tuple(sorted({_known_value(question, item) for item in value}))
    raise ValueError(f"“{value}” không phải là danh sách giá trị.")


def _known_value(question: Question, value: object) -> str:
    known = [choice.value for choice in question.choices]
    if isinstance(value, str) and value in known:
        return value
    near = nearest(str(value), known)
    hint = f"Gần nhất: “{near}”." if near else f"Hãy chọn: {', '.join(known)}."
    raise ValueError(f"“{value}” không phải là giá trị của “{question.id}”. {hint}")


def fact_text(question: Question, value: FactValue | None) -> str:
    """The value in Vietnamese words, as tables and dossiers show it; unanswered = ``chưa trả lời``."""
    if value is None:
        return "chưa trả lời"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, int):
        return number_text(value)
    labels = {choice.value: choice.label for choice in question.choices}
    if isinstance(value, tuple):
        return "; ".join(choice.label for choice in question.choices if choice.value in value) or "Không có"
    return labels.get(value, value)
