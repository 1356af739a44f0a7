"""The Word twin of a single paper: the same text as its PDF, for a superior to edit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compliance.adapters.files import disk_reason
from compliance.adapters.rendering import Properties
from compliance.adapters.templates import fill, load_layout, page_face
from compliance.errors import Refused
from compliance.services.dossier_papers import DraftFile
from compliance.services.one_paper import OnePaper, refuse_foreign


def print_twin(paper: OnePaper, out: Path, today: date) -> DraftFile:
    """Write the Word twin of a paper to the file ``out``; the match code is that of the PDF.

    A twin written before is written over; one that is not the program's own never.

    Raises:
        Refused: the folder cannot be written, or another file bears the name.
        DataFault: the form is broken.
    """
    from compliance.adapters.word_twin import write_twin  # noqa: PLC0415 - slow to load, for Word only

    layout = load_layout()
    html = fill(paper.form, {"match_code": paper.data.match_code, **paper.content}, face=page_face(layout))
    properties = Properties(
        title=paper.title,
        author=paper.author,
        subject=paper.form.data.title,
        keywords=paper.data.keywords,
        day=today,
    )
    try:
        refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        face = layout.wanted_faces[0].name  # whoever edits a twin has the face the decree asks for
        done = write_twin(html, out, layout=layout, face=face, properties=properties)
    except OSError as error:
        raise Refused(f"Không ghi được tệp {out}: {disk_reason(error)}. Hãy chọn tên hoặc thư mục khác.") from error
    return DraftFile(done.path, done.sha256, 0, paper.title)
