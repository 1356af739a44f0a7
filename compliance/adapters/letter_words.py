"""Reading the words of letters: how circumstances and bodies are called on paper."""

from __future__ import annotations

from pathlib import Path

from compliance.adapters.law import data_root
from compliance.adapters.law_file import Read, read_law_file
from compliance.domain.memo import LetterWords
from compliance.errors import DataFault

LETTER_WORDS = "checklists/circumstances.yaml"


def load_letter_words(root: Path | None = None) -> LetterWords:
    """The circumstances and bodies in words.

    Raises:
        DataFault: the file is not as it must be; all faults are listed.
    """
    words, faults = read_letter_words(root or data_root())
    if words is None or faults:
        raise DataFault("Tệp lời văn của công văn có lỗi; hãy sửa các chỗ sau rồi chạy lại.", faults)
    return words


def read_letter_words(base: Path) -> Read[LetterWords]:
    """The words and their faults."""
    return read_law_file(base / LETTER_WORDS, LETTER_WORDS, LetterWords)
