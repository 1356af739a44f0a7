"""What a package, or one paper of it, says of a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from compliance.adapters.package_pdf import PdfSaid
from compliance.domain.package import PackagedSystem
from compliance.errors import BadData, Fault
from compliance.services.package_parts import DATA_NAME
from compliance.services.paper_data import MATCH_CODE, code_of

INTACT, ALTERED, MISSING, EXTRA = "intact", "altered", "missing", "extra"
_STATES = {
    INTACT: "nguyên vẹn",
    ALTERED: "đã bị thay đổi",
    MISSING: "không còn",
    EXTRA: "không có trong kê khai",
}


@dataclass(frozen=True)
class FileState:
    """One file of a package and how it stands: ``intact``, ``altered``, ``missing``, ``extra``."""

    path: str
    title: str
    state: str

    @property
    def label(self) -> str:
        """Vietnamese wording of the state."""
        return _STATES[self.state]


@dataclass(frozen=True)
class DossierData:
    """What a package, or one paper of it, says.

    ``source`` is ``pdf``, ``zip`` or ``folder``; ``whole`` tells the data of the whole dossier from those of one paper.
    ``unaltered``: code and digests hold, ``None`` where nothing could be checked. ``differences`` are sentences on what
    today's records say otherwise, ``None`` where none were given to compare.
    """

    source: str
    title: str
    redacted: bool
    whole: bool
    systems: tuple[PackagedSystem, ...]
    match_code: str
    unaltered: bool | None
    versions: Mapping[str, str]
    made_on: str = ""
    program: str = ""
    files: tuple[FileState, ...] = ()
    remarks: tuple[str, ...] = ()
    differences: tuple[str, ...] | None = None
    records: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "source": self.source,
            "title": self.title,
            "redacted": self.redacted,
            "whole": self.whole,
            "systems": [one.model_dump() for one in self.systems],
            "match_code": self.match_code,
            "unaltered": self.unaltered,
            "versions": dict(self.versions),
            "made_on": self.made_on,
            "program": self.program,
            "files": [vars(one) for one in self.files],
            "remarks": list(self.remarks),
            "differences": None if self.differences is None else list(self.differences),
            "records": dict(self.records),
        }


def data_of(said: PdfSaid, name: str) -> DossierData:
    """What the data of a PDF say, the code reckoned anew.

    Raises:
        BadData: they are not those of a dossier.
    """
    body = {key: value for key, value in said.data.items() if key != "match_code"}
    stated = said.data.get("match_code")
    versions = body.get("versions")
    if not isinstance(stated, str) or not isinstance(versions, dict):
        raise BadData(
            f"Dữ liệu gắn trong “{name}” không phải của hồ sơ đề xuất cấp độ.",
            [Fault("thiếu mã đối chiếu hoặc phiên bản dữ liệu, có thể đã bị sửa.", file=name)],
        )
    holds = code_of(body) == stated
    printed = f"{MATCH_CODE} {stated}" in said.keywords
    remarks = [] if holds else ["Dữ liệu gắn trong tệp đã bị sửa: tính lại mã đối chiếu ra kết quả khác."]
    remarks += [] if printed else ["Mã đối chiếu trong thuộc tính của tệp khác với mã của dữ liệu gắn bên trong."]
    whole = said.name == DATA_NAME
    return DossierData(
        source="pdf",
        title="Dữ liệu của cả bộ hồ sơ đề xuất cấp độ" if whole else "Dữ liệu của một văn bản thuộc bộ hồ sơ",
        redacted=False,
        whole=whole,
        systems=tuple(_systems(body, name)),
        match_code=stated,
        unaltered=holds and printed,
        versions={str(key): str(value) for key, value in versions.items()},
        remarks=tuple(remarks),
        records={key: value for key, value in body.items() if key != "versions"},
    )


def _systems(body: Mapping[str, Any], name: str) -> Iterator[PackagedSystem]:
    """The systems the data are about; the level 0 where one paper's data do not say it."""
    try:
        given = body["systems"] if "systems" in body else [body["system"]]
        levels = body.get("classifications", {})
        for one in given:
            level = levels[one["id"]]["level"] if one["id"] in levels else one.get("level", 0)
            yield PackagedSystem(id=one["id"], name=one["name"], level=level)
    except (KeyError, TypeError, AttributeError, ValidationError):
        raise BadData(
            f"Dữ liệu gắn trong “{name}” không phải của hồ sơ đề xuất cấp độ.",
            [Fault("danh sách hệ thống không đúng dạng, có thể đã bị sửa.", file=name)],
        ) from None
