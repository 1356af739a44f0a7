"""The redacted copy of a package: which rules hide what, and the list of what was hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from compliance.adapters.redacting import redacted
from compliance.domain.redaction import MARK, Hidden, Rules, known_of, public_numbers
from compliance.services.dossier_papers import Source

_DATA_LEFT_OUT = "Dữ liệu gắn trong tệp PDF của bản đầy đủ"


@dataclass(frozen=True)
class Masking:
    """The rules of one redacted copy, and what they hid so far: by file, how often each kind.

    ``left_out`` names the papers a redacted copy cannot hold, because the program did not write them.
    """

    rules: Rules
    left_out: tuple[str, ...]
    told: dict[str, Counter[Hidden]] = field(default_factory=dict)

    def html(self, name: str, markup: str, face: str) -> str:
        """The paper ``name`` with everything hidden that must be."""
        return redacted(markup, self.rules, self.told.setdefault(name, Counter()), face)

    def text(self, words: str) -> str:
        """A title or another line with everything hidden that must be."""
        return self.rules.masked(words)

    def listed(self) -> Iterator[dict[str, object]]:
        """Kind, place and count of what was hidden; never the value."""
        for name, counts in sorted(self.told.items()):
            for kind in Hidden:
                if counts[kind]:
                    yield {"kind": kind.label, "place": f"{name}.pdf", "count": counts[kind]}

    def content(self) -> dict[str, object]:
        """What the list of hidden things prints."""
        return {"masked": list(self.listed()), "left_out": [*self.left_out, _DATA_LEFT_OUT], "mark": MARK}


def masking_of(source: Source, brought: Sequence[str]) -> Masking:
    """The rules for one dossier; ``brought`` are the titles of the papers the office brings."""
    known = known_of((one.system for one in source.subjects), source.units.values())
    lists = [one for subject in source.subjects for one in (subject.checklist, subject.duties)]
    public = (
        text for one in lists for each in one.requirements for text in (each.clause, each.citation, each.statement)
    )
    groups = (text for one in lists for each in one.groups for text in (each.title, each.citation))
    rules = Rules(known, public_numbers([*public, *groups]))
    return Masking(rules, tuple(rules.masked(f"{title} (tài liệu do cơ quan nộp)") for title in brought))
