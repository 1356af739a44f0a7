"""How offices write the result of a requirement, and reading it back."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.domain.assessment import Result
from compliance.domain.wording import folded, nearest

RESULT_WORDS: Mapping[str, tuple[str, ...]] = {
    "compliant": ("Đạt", "Đáp ứng", "Đã đáp ứng", "Có"),
    "partially_compliant": ("Đạt một phần", "Đáp ứng một phần", "Một phần"),
    "non_compliant": ("Chưa đạt", "Chưa đáp ứng", "Không đạt", "Không đáp ứng", "Không", "Chưa"),
    "not_applicable": ("Không áp dụng", "KAD"),
    "not_assessed": ("Chưa đánh giá", "Chưa kiểm tra"),
}
"""The words for each result, the one printed first."""

_RESULT_OF = {folded(word): Result(value) for value, words in RESULT_WORDS.items() for word in (value, *words)}


def read_result(text: str) -> Result:
    """The result somebody wrote, diacritics and case aside.

    Raises:
        ValueError: it is none of the known words; the message offers the nearest.
    """
    found = _RESULT_OF.get(folded(text))
    if found is not None:
        return found
    labels = [result.label for result in Result]
    near = nearest(text, labels)
    hint = f"Có phải “{near}”?" if near else f"Hãy chọn: {'; '.join(labels)}."
    raise ValueError(f"“{text}” không phải là kết quả. {hint}")
