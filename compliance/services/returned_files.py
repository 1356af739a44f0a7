"""Files brought with a step of the road: examined against what was printed, then kept with the step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compliance.adapters.brought_files import bytes_of
from compliance.adapters.templates import Form
from compliance.adapters.workspace import Workspace
from compliance.domain.returned_paper import ReturnedPaper
from compliance.domain.road import RoadFile
from compliance.domain.signature_outcomes import Standing
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.own_forms import paper_file
from compliance.services.returned_papers import check_returned


@dataclass(frozen=True)
class FiledReturn:
    """A file as kept, what its examination found, and the printed paper it was held against."""

    file: RoadFile
    report: ReturnedPaper
    issued: Path | None

    @property
    def bad(self) -> bool:
        """The examination found it altered, badly signed or another text."""
        return self.report.standing is Standing.BAD


@dataclass(frozen=True)
class Returning:
    """What is known of the paper a file should be; ``issued`` is the printed one, where one was named."""

    number: str
    signed_on: date | None
    signer: str
    issued: Path | None


def examine(workspace: Workspace, files: Sequence[Path], about: Returning) -> tuple[FiledReturn, ...]:
    """Examine files and keep them among the attachments.

    Raises:
        BadData: files cannot be taken in (empty, encrypted, cut off, of another type); every fault is listed.
        WorkspaceRefused: the workspace cannot be written.
    """
    at = workspace.now()
    found: list[ReturnedPaper] = []
    faults: list[Fault] = []
    for path in files:
        try:
            found.append(
                check_returned(
                    workspace,
                    path,
                    issued=about.issued,
                    at=at,
                    number=about.number,
                    signed_on=about.signed_on,
                    signer=about.signer,
                )
            )
        except (Refused, NotFound) as error:
            faults.append(Fault(str(error)))
    if faults:
        raise BadData("Tệp kèm theo không nhận được; chưa lưu gì.", faults)
    return tuple(
        FiledReturn(file=_kept(workspace, path, report), report=report, issued=about.issued)
        for path, report in zip(files, found, strict=True)
    )


def printed_before(workspace: Workspace, form: Form, system_id: str) -> Path | None:
    """The paper of a form as it was last printed to the system's folder of drafts, if it still lies there."""
    path = paper_file(workspace, form, system_id, None, system_id)
    return path if path.is_file() else None


def _kept(workspace: Workspace, path: Path, report: ReturnedPaper) -> RoadFile:
    name = workspace.attachments.add(bytes_of(path), report.media_type)
    if name != report.sha256:
        raise Refused(f"Tệp {path.name} thay đổi trong lúc đang đọc. Hãy chạy lại.")
    return RoadFile(sha256=name, media_type=report.media_type, file_name=report.file, verdict=report.verdict)
