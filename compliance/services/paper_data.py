"""The records behind printed papers: attached to them as JSON, and matched to them by a short code."""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from compliance.adapters.rendering import Attached
from compliance.domain.blank import Frozen
from compliance.domain.organization import Unit

MATCH_CODE = "Mã đối chiếu"
"""What stands before the code among the properties of a file: a paper that bears it was printed here."""


@dataclass(frozen=True)
class PaperData:
    """Everything papers of one act rest on; the day is no part of it.

    ``name`` is that of the attached file, ``description`` what it is for its reader; ``versions`` what the records
    rest on, by kind and id.
    """

    name: str
    description: str
    versions: Mapping[str, str]
    records: Mapping[str, Any]

    @cached_property
    def match_code(self) -> str:
        """Eight letters and digits that are the same on every paper printed from the same data."""
        return code_of(self._body)

    @cached_property
    def attached(self) -> Attached:
        """The file carried inside the papers."""
        text = json.dumps({"match_code": self.match_code, **self._body}, ensure_ascii=False, indent=1)
        return Attached(name=self.name, data=text.encode(), description=self.description)

    @property
    def keywords(self) -> tuple[str, ...]:
        """The code and the versions, for the properties of the file."""
        return (f"{MATCH_CODE} {self.match_code}", *(f"{key}: {text}" for key, text in self.versions.items()))

    @property
    def _body(self) -> dict[str, Any]:
        return {"versions": dict(self.versions), **self.records}


def code_of(body: Mapping[str, Any]) -> str:
    """The match code of data: everything in the attached file but the code itself."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    code = b32encode(sha256(text.encode("utf-8", "surrogatepass")).digest()[:5]).decode()
    return f"{code[:4]}-{code[4:]}"


def plain(record: Frozen) -> dict[str, Any]:
    """A record as attached: only what it says."""
    return record.model_dump(mode="json", exclude_defaults=True)


def plain_units(units: Mapping[str, Unit], wanted: Collection[str]) -> list[dict[str, Any]]:
    """The wanted units as attached, ordered by id; an id that is not recorded has none."""
    return [plain(unit) for id_, unit in sorted(units.items()) if id_ in wanted]
