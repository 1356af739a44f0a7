"""Printing the papers of an incident: notices and reports, as PDF and Word twin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from compliance.adapters.templates import Form
from compliance.adapters.workspace import Workspace
from compliance.domain.incident import NoticeKind
from compliance.domain.incident_composing import PaperSource, incident_paper
from compliance.domain.incident_paper import IncidentPaper
from compliance.domain.regime import Regime
from compliance.errors import Refused
from compliance.services.dossier_papers import DraftFile
from compliance.services.incident_contacts import contacts
from compliance.services.incident_records import INCIDENT, NOTICE, IncidentStatus, incident_status, rules_on
from compliance.services.incident_sources import paper_source
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one, refuse_foreign
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain, plain_units
from compliance.services.paper_twin import print_twin

_DATA_NAME = "du-lieu-su-co.json"
PRINTED = tuple(kind for kind in NoticeKind if kind is not NoticeKind.OTHER)
"""The kinds there is a form for."""
_BLANKS: Mapping[str, str] = {
    "issuer": "cơ quan gửi",
    "place": "nơi xảy ra",
    "happened_at": "lúc bắt đầu xảy ra",
    "description": "diễn biến, dấu hiệu",
    "cause": "nguyên nhân",
    "scope": "phạm vi ảnh hưởng",
    "harm": "hậu quả, thiệt hại",
    "done_so_far": "biện pháp đã thực hiện",
    "remedy": "biện pháp khắc phục tiếp theo",
    "outcome": "kết quả xử lý",
    "closed_at": "lúc kết thúc",
    "lesson": "bài học, biện pháp phòng ngừa",
}
_FIRST = ("issuer", "place", "happened_at", "description", "done_so_far")
_REPORTED = (*_FIRST, "cause", "scope", "harm", "remedy")
_ASKED: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.INITIAL: _FIRST,
    NoticeKind.REPORT: _REPORTED,
    NoticeKind.UPDATE: _REPORTED,
    NoticeKind.CLOSING: (*_REPORTED, "outcome", "closed_at", "lesson"),
    NoticeKind.PERSONAL_DATA: ("issuer", "place", "happened_at", "description", "scope", "harm", "done_so_far"),
}


@dataclass(frozen=True)
class Drafting:
    """What the drafter says: the unit that issues (empty = the owner), the addressee, what help is asked for."""

    issuer: str = ""
    addressee: str = ""
    support: str = ""
    word: bool = True


@dataclass(frozen=True)
class PrintedNotice:
    """A paper of an incident as drafted: its files, what it says, what it rests on and what to heed before signing."""

    printed: PrintedPaper
    twin: DraftFile | None
    paper: IncidentPaper
    blanks: tuple[str, ...]
    versions: Mapping[str, str]
    remarks: tuple[str, ...]

    @property
    def files(self) -> tuple[DraftFile, ...]:
        """The PDF, then the Word twin."""
        return (self.printed.file, *((self.twin,) if self.twin else ()))

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        limit = self.paper.limit
        return {
            "incident": self.paper.incident_id,
            "kind": self.paper.kind.value,
            "files": [file.as_json() for file in self.files],
            "issuer": self.paper.issuer.text,
            "addressee": self.paper.addressee,
            "limit": {"title": limit.title, "due": limit.due, "at_once": limit.at_once, "citation": limit.citation}
            if limit
            else None,
            "late": self.paper.lateness is not None,
            "blanks": list(self.blanks),
            "face": self.printed.face,
            "match_code": self.printed.match_code,
            "versions": dict(self.versions),
            "remarks": list(self.remarks),
        }


def print_notice(
    workspace: Workspace,
    incident_id: str,
    kind: NoticeKind,
    *,
    out: Path | None,
    now: datetime,
    today: date,
    drafting: Drafting | None = None,
) -> PrintedNotice:
    """Print a paper of an incident; its number, day and signature stay empty.

    Args:
        workspace: where the incident is recorded.
        incident_id: the incident.
        kind: which paper.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the incident's folder of drafts.
        now: the moment it is drafted, which tells what is late.
        today: dates the file.
        drafting: what the drafter says.

    Raises:
        NotFound: no such incident or unit, or the regime in force has no such form.
        Refused: there is no form for this kind, another file bears the name, or the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    said = drafting or Drafting()
    status = incident_status(workspace, incident_id, now)
    regime, _ = rules_on(today)
    form = _form(workspace, regime, kind)
    source = paper_source(workspace, status, kind, contacts(workspace), today, issuer_id=said.issuer)
    source = source.model_copy(update={"addressee": said.addressee.strip(), "support": said.support.strip()})
    told = form.data.headings.get("authority", "")
    paper = incident_paper(source, now, kind_code=form.data.kind_code, addressee=told)
    data = PaperData(
        name=_DATA_NAME,
        description="Dữ liệu lập văn bản",
        versions=_versions(workspace, regime, status, form),
        records={
            "incident": plain(status.incident),
            "notices": [plain(one) for one in status.notices],
            "systems": [plain(one) for one in source.systems],
            "units": plain_units(source.units, {id_ for one in source.systems for id_ in one.unit_ids}),
            "paper": plain(paper),
        },
    )
    one = OnePaper(
        form=form,
        title=f"{form.data.title}: {status.incident.title}",
        author=paper.letterhead.agency,
        content={"incident": paper},
        data=data,
    )
    about = f"{incident_id}-lan-{paper.update:02d}" if kind is NoticeKind.UPDATE else incident_id
    file = paper_file(workspace, form, incident_id, out, about)
    if said.word:
        refuse_foreign(file.with_suffix(".docx"))
    printed = print_one(one, file, today)
    twin = print_twin(one, file.with_suffix(".docx"), today) if said.word else None
    blanks = tuple(_BLANKS[name] for name in _ASKED[kind] if getattr(paper, name).blank)
    remarks = (*_heed(source, paper, form, blanks), *_long(paper, printed), *printed.remarks)
    return PrintedNotice(printed, twin, paper, blanks, data.versions, remarks)


def _form(workspace: Workspace, regime: Regime, kind: NoticeKind) -> Form:
    if kind not in PRINTED:
        raise Refused(f"“{kind.label}” không có mẫu in; hãy soạn riêng rồi ghi lại việc đã gửi.")
    return own_form(workspace, regime, getattr(regime.own_forms, f"incident_{kind.value}"), kind.label.lower())


def _versions(workspace: Workspace, regime: Regime, status: IncidentStatus, form: Form) -> dict[str, str]:
    named = [(INCIDENT, status.incident.id), *((NOTICE, one.id) for one in status.notices)]
    named += [("system", id_) for id_ in status.incident.system_ids]
    heads = {f"{kind}/{id_}": workspace.store.head(kind, id_) for kind, id_ in named}
    return {
        f"regime/{regime.id}": regime.checked_on.isoformat(),
        **{key: str(head.version) if head else "" for key, head in heads.items()},
        f"form/{form.name}": form.digest,
    }


def _heed(source: PaperSource, paper: IncidentPaper, form: Form, blanks: tuple[str, ...]) -> Iterable[str]:
    """What the drafter should know before having it signed: what is blank, what is late, what the form itself notes."""
    labels, incident = form.data.labels, source.incident
    if blanks:
        told = f"Biết thì ghi bằng compliance incidents update {incident.id} rồi in lại."
        yield f"Còn để trống: {'; '.join(blanks)}. {told}"
    if paper.lateness:
        reason = "" if paper.lateness.reason.text else " và phải ghi lý do"
        yield (
            f"{paper.lateness.what}: đã quá thời hạn (trước {paper.lateness.due}) {paper.lateness.by}; văn bản nói rõ "
            f"là gửi chậm{reason}."
        )
    if paper.open_signs:
        yield f"Chưa kết luận: {'; '.join(paper.open_signs)}. Thời hạn tùy vào kết luận này."
    if source.kind is NoticeKind.CLOSING and not incident.closed:
        yield labels.get("not_closed", "")
    if source.kind is NoticeKind.PERSONAL_DATA and not incident.personal_data:
        judged = "chưa kết luận" if incident.personal_data is None else "đã kết luận là không"
        yield f"Sự cố {judged} có lộ, mất hoặc xâm phạm dữ liệu cá nhân; hãy xem lại trước khi gửi thông báo này."
    if not paper.owner_is_issuer:
        yield labels.get("not_owner", "")
    yield from filter(None, (labels.get(name, "") for name in ("note", "when_due", "subjects")))


def _long(paper: IncidentPaper, printed: PrintedPaper) -> Iterable[str]:
    if paper.kind is NoticeKind.INITIAL and printed.file.pages > 1:
        yield (
            f"Thông báo dài {printed.file.pages} trang; thông báo ban đầu chỉ cần điều đã biết, phần còn lại để báo "
            "cáo sau."
        )
