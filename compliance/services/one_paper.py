"""Printing a single paper that stands for itself: filled, matched to its data by a code, kept as PDF/A-3."""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from compliance.adapters.files import disk_reason
from compliance.adapters.rendering import Attached, Properties, render
from compliance.adapters.templates import Form, fill, load_layout, page_face
from compliance.errors import Refused
from compliance.services.dossier_papers import DraftFile


@dataclass(frozen=True)
class OnePaper:
    """What a paper is made of.

    ``content`` is what the form prints, by the names it uses; ``data`` the records behind it, attached as
    ``data_name``; ``versions`` what it rests on, told in the file's properties.
    """

    form: Form
    title: str
    author: str
    content: Mapping[str, object]
    data: Mapping[str, Any]
    data_name: str
    versions: Mapping[str, str]

    @property
    def match_code(self) -> str:
        """Eight letters and digits, the same for every print of the same data."""
        text = json.dumps({"versions": dict(self.versions), **self.data}, ensure_ascii=False, sort_keys=True)
        code = b32encode(sha256(text.encode()).digest()[:5]).decode()
        return f"{code[:4]}-{code[4:]}"


@dataclass(frozen=True)
class PrintedPaper:
    """The file, the face it is set in, its match code and what printing remarked."""

    file: DraftFile
    face: str
    match_code: str
    remarks: tuple[str, ...]


def print_one(paper: OnePaper, out: Path, today: date) -> PrintedPaper:
    """Print a paper to the file ``out``; its folder is made where it is not there.

    Raises:
        Refused: the folder cannot be written.
        DataFault: the form is broken.
    """
    face, code = page_face(load_layout()), paper.match_code
    html = fill(paper.form, {"match_code": code, **paper.content}, face=face)
    body = {"match_code": code, "versions": dict(paper.versions), **paper.data}
    data = json.dumps(body, ensure_ascii=False, indent=1).encode()
    properties = Properties(
        title=paper.title,
        author=paper.author,
        subject=paper.form.data.title,
        keywords=(f"Mã đối chiếu {code}", *(f"{key}: {text}" for key, text in paper.versions.items())),
        day=today,
    )
    attached = Attached(name=paper.data_name, data=data, description="Dữ liệu lập văn bản")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        done = render(html, out, face=face, properties=properties, attachments=[attached])
    except OSError as error:
        reason = disk_reason(error)
        raise Refused(f"Không ghi được vào thư mục {out.parent}: {reason}. Hãy chọn thư mục khác.") from error
    file = DraftFile(done.path, done.sha256, done.pages, paper.title)
    return PrintedPaper(file=file, face=face.name, match_code=code, remarks=done.remarks)
