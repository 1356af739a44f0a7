"""The program's own papers for a pack: the dossier as drafted, the papers of the last check, the plan of remedies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from compliance.adapters.attachments import PDF
from compliance.adapters.pack_folder import pdf_keywords
from compliance.adapters.templates import load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment
from compliance.domain.inspection import OwnPaper
from compliance.domain.inspection_files import StoredFile
from compliance.domain.regime import Regime
from compliance.domain.wording import date_text
from compliance.errors import BadData, DataFault, NotFound
from compliance.services.assessment_papers import draft_minutes, draft_report
from compliance.services.assessments import assessments_of
from compliance.services.classifications import ClassifiedSystem
from compliance.services.dossiers import DRAFTS, OVERRIDES, DraftRecord
from compliance.services.findings import standing_findings
from compliance.services.remediation_papers import draft_remediation_plan

_DRAFT = "dossier"
_NO_DRAFT = "bản thảo không còn trong thư mục bản thảo hoặc đã soạn lại; hãy soạn lại hồ sơ."
_NOT_PRINTED = "chưa in được vì tệp minh chứng hoặc danh mục của lần kiểm tra bị mất, hỏng; hãy kiểm tra lại."


@dataclass(frozen=True)
class OwnFile:
    """A paper of the program; ``data`` is ``None`` where there is no file, and ``lost`` says why."""

    kind: OwnPaper
    stored: StoredFile
    data: bytes | None
    lost: str = ""


def printed(workspace: Workspace, system_id: str, folder: Path, today: date) -> Iterator[OwnFile]:
    """Minutes and report of the last check and the plan of remedies, printed now.

    ``folder`` holds them only while they are read. A check that has ended counts before one that goes on. Minutes of
    which nobody noted day and people are left out: nothing but blanks would be on them.

    Raises:
        Refused: the folder cannot be written.
        DataFault: a form or law file is broken.
    """
    checks = assessments_of(workspace, system_id)
    if checks:
        last = next((one for one in reversed(checks) if one.closed), checks[-1])
        if last.minutes is not None:
            yield _printed(_minutes(workspace, last.id, last.minutes.held_on, today), folder)
        yield _printed(_report(workspace, last, today), folder)
    if standing_findings(workspace, system_id, today):
        yield _printed(_plan(workspace, system_id, today), folder)


@dataclass(frozen=True)
class _Wanted:
    """A paper to print: what it is, its day if it has one, and how; printing tells the file it really wrote."""

    kind: OwnPaper
    title: str
    dated: date | None
    print: Callable[[Path], Path]


def _minutes(workspace: Workspace, assessment_id: str, held: date, today: date) -> _Wanted:
    def draft(out: Path) -> Path:
        return draft_minutes(workspace, assessment_id, out, today).file.path

    return _Wanted(OwnPaper.MINUTES, f"Biên bản kiểm tra ngày {date_text(held)}", held, draft)


def _report(workspace: Workspace, check: Assessment, today: date) -> _Wanted:
    def draft(out: Path) -> Path:
        return draft_report(workspace, check.id, out, today).file.path

    state = f"kết thúc ngày {date_text(check.closed_on)}" if check.closed_on else "đang thực hiện"
    title = f"Báo cáo kết quả kiểm tra, đánh giá, {state}"
    return _Wanted(OwnPaper.REPORT, title, check.closed_on or check.started_on, draft)


def _plan(workspace: Workspace, system_id: str, today: date) -> _Wanted:
    def draft(out: Path) -> Path:
        return draft_remediation_plan(workspace, system_id, out, today).printed.file.path

    return _Wanted(OwnPaper.REMEDIATION_PLAN, f"Kế hoạch khắc phục, số liệu ngày {date_text(today)}", None, draft)


def _printed(wanted: _Wanted, folder: Path) -> OwnFile:
    """One paper as bytes; where evidence or a list it shows is gone, the reason instead."""
    title = f"{wanted.title} (bản in, chưa ký)"
    lost = StoredFile(title=title, sha256=wanted.kind.value, dated_on=wanted.dated)
    with TemporaryDirectory(dir=folder) as room:
        try:
            path = wanted.print(Path(room) / "van-ban.pdf")
            data = path.read_bytes()
        except DataFault:
            raise
        except (NotFound, BadData):
            return OwnFile(wanted.kind, lost, None, lost=_NOT_PRINTED)
    kept = lost.model_copy(update={"sha256": sha256(data).hexdigest(), "file_name": path.name})
    return OwnFile(wanted.kind, kept, data)


def drafted(workspace: Workspace, classified: ClassifiedSystem, level: int) -> Iterator[OwnFile]:
    """The last dossier drafted for the system, as long as its file is still the one that was drafted."""
    records = (DraftRecord.model_validate_json(one.body) for one in workspace.store.heads(_DRAFT))
    drafts = [one for one in records if classified.system.id in one.system_ids]
    if not drafts:
        return
    last = max(drafts, key=lambda one: one.drafted_on)
    file = _draft_file(workspace, classified.regime, level, last)
    data = file.read_bytes() if file is not None else None
    title = f"Hồ sơ đề xuất cấp độ, bản soạn ngày {date_text(last.drafted_on)}"
    known = sha256(data).hexdigest() if data is not None else f"draft-{last.match_code}"
    stored = StoredFile(title=title, sha256=known, media_type=PDF, dated_on=last.drafted_on)
    yield OwnFile(OwnPaper.DOSSIER, stored, data, lost=_NO_DRAFT)


def _draft_file(workspace: Workspace, regime: Regime, level: int, draft: DraftRecord) -> Path | None:
    """The drafted dossier: in the folder of its systems, under the name of its form, with its match code."""
    authority = regime.authority_for(level)
    if authority is None:
        return None
    try:
        name = load_form(regime.id, authority.dossier_form, overrides=workspace.path / OVERRIDES).data.file_name
    except NotFound:
        return None
    wanted = set(draft.system_ids)
    for folder in sorted((workspace.path / DRAFTS).glob("*/")):
        file = folder / f"{name}.pdf"
        if set(folder.name.split("+")) != wanted or file.is_symlink() or not file.is_file():
            continue
        if draft.match_code in pdf_keywords(file.read_bytes()):
            return file
    return None
