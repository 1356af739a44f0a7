"""Evidence: taking in files, papers and observations, saying what they serve, checking that they are whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from compliance.adapters.attachments import TEXT, checked_type
from compliance.adapters.brought_files import bytes_of, safe_name
from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.answer_rules import LONGEST
from compliance.domain.evidence import Evidence, EvidenceFile, EvidenceKind, Shelf, Support, by_requirement
from compliance.domain.level import LEVELS
from compliance.domain.wording import nearest, number_text, one_line, typed
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.records import head_of, put_over
from compliance.services.regimes import ANSWERED, lists_of

_KIND = "evidence"
_LONGEST_TITLE = 300
SUPPORT = "support"

Serves = Sequence[tuple[str, str]]
"""What a piece serves: pairs of system and requirement."""


@dataclass(frozen=True)
class Describing:
    """What is said of a piece when it is taken in."""

    title: str = ""
    dated_on: date | None = None
    valid_until: date | None = None
    note: str = ""
    assessment_id: str = ""


@dataclass(frozen=True)
class FiledEvidence:
    """A piece with what it serves."""

    evidence: Evidence
    supports: tuple[Support, ...]


def add_files(
    workspace: Workspace, files: Sequence[Path], about: Describing, *, serves: Serves, today: date
) -> tuple[Evidence, ...]:
    """Take files in as they are, one piece each, all or none.

    Raises:
        BadData: files cannot be taken (empty, too large, a link, of another type) or what they serve is not known;
            every fault is listed and nothing was kept.
        WorkspaceRefused: the disk is full or the workspace cannot be written.
    """
    read: list[tuple[Path, bytes, str]] = []
    faults: list[Fault] = []
    for path in files:
        try:
            data = bytes_of(path)
            read.append((path, data, checked_type(data)))
        except (Refused, NotFound) as error:
            faults.append(Fault(str(error), file=safe_name(path.name)))
    served, misfits = _served(workspace, serves)
    _refuse([*faults, *misfits])
    taken = [
        EvidenceFile(
            sha256=workspace.attachments.add(data, media_type),
            media_type=media_type,
            file_name=safe_name(path.name),
            size=len(data),
        )
        for path, data, media_type in read
    ]
    pieces = [
        {"kind": EvidenceKind.FILE, "file": file, "title": about.title or Path(file.file_name).stem} for file in taken
    ]
    return _store(workspace, pieces, about, served, today)


def add_paper(workspace: Workspace, shelf: Shelf, about: Describing, *, serves: Serves, today: date) -> Evidence:
    """Record a paper that stays on the shelf.

    Raises:
        BadData: what is said does not fit together, or what it serves is not known; all faults are listed.
    """
    served, misfits = _served(workspace, serves)
    if not about.title:
        misfits.append(Fault("thiếu tên giấy tờ.", column="--title"))
    _refuse(misfits)
    piece = {"kind": EvidenceKind.PAPER, "shelf": shelf, "title": about.title}
    return _store(workspace, [piece], about, served, today)[0]


def add_observation(
    workspace: Workspace,
    text: str,
    about: Describing,
    *,
    serves: Serves,
    today: date,
    raw: bytes = b"",
    raw_name: str = "ket-qua.txt",
) -> Evidence:
    """Record what was seen; ``raw`` is plain text (UTF-8) kept with it, such as what a program printed.

    Raises:
        BadData: nothing was said, or what it serves is not known; all faults are listed.
        Refused: the raw text is not text.
    """
    served, misfits = _served(workspace, serves)
    if not text.strip():
        misfits.append(Fault("chưa ghi nội dung đã thấy.", column="--text"))
    _refuse(misfits)
    piece: dict[str, object] = {"kind": EvidenceKind.OBSERVATION, "text": text, "title": about.title or text[:80]}
    if raw:
        name = workspace.attachments.add(raw, TEXT)
        piece["file"] = EvidenceFile(sha256=name, media_type=TEXT, file_name=safe_name(raw_name), size=len(raw))
    return _store(workspace, [piece], about, served, today)[0]


def known_serves(workspace: Workspace, serves: Serves) -> Serves:
    """What a piece is to serve, each pair once.

    Raises:
        BadData: a system or requirement is not known; all are listed.
    """
    served, misfits = _served(workspace, serves)
    _refuse(misfits)
    return served


def _served(workspace: Workspace, serves: Serves) -> tuple[list[tuple[str, str]], list[Fault]]:
    """What the piece serves by exact ids, and every one that is not known."""
    if not serves:
        return [], []
    known = _requirement_ids()
    good, faults = [], []
    for system_id, requirement_id in dict.fromkeys(serves):
        try:
            head_of(workspace, "system", system_id)
        except NotFound as error:
            faults.append(Fault(str(error)))
            continue
        if requirement_id not in known:
            near = nearest(requirement_id, known)
            faults.append(Fault(f"không có yêu cầu “{requirement_id}”." + (f" Gần nhất là “{near}”." if near else "")))
            continue
        good.append((system_id, requirement_id))
    return good, faults


def _requirement_ids() -> set[str]:
    lists = (one for law in load_regimes() for level in LEVELS for one in lists_of(law, level, ANSWERED).values())
    return {one.id for checklist in lists for one in checklist.requirements}


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise BadData(f"Minh chứng có {len(faults)} lỗi; chưa lưu gì. Hãy sửa rồi làm lại.", faults)


def _store(
    workspace: Workspace, pieces: Sequence[dict[str, object]], about: Describing, served: Serves, today: date
) -> tuple[Evidence, ...]:
    _refuse_other_check(about, served)
    with workspace.act("Lưu minh chứng") as act:
        number = _next_number(workspace, today.year)
        made = []
        for at, piece in enumerate(pieces):
            one = _evidence(f"mc-{today.year}-{number + at:04d}", piece, about, today)
            act.put(_KIND, one.id, one.model_dump_json(exclude_defaults=True), 0)
            for system_id, requirement_id in served:
                serving = Support(
                    system_id=system_id,
                    requirement_id=requirement_id,
                    evidence_id=one.id,
                    assessment_id=about.assessment_id,
                    note=typed(about.note),
                )
                put_over(act, SUPPORT, serving.id, serving)
            made.append(one)
    return tuple(made)


def _evidence(identifier: str, piece: dict[str, object], about: Describing, today: date) -> Evidence:
    _refuse(list(_too_long(piece)))
    try:
        return Evidence.model_validate(
            {
                **piece,
                "title": one_line(str(piece["title"])),
                "text": typed(str(piece.get("text", ""))),
                "id": identifier,
                "filed_on": today,
                "dated_on": about.dated_on,
                "valid_until": about.valid_until,
            }
        )
    except ValidationError as error:
        told = [Fault(f"{str(one['msg']).removeprefix('Value error, ')}.") for one in error.errors()]
        raise BadData(f"Minh chứng có {len(told)} lỗi; chưa lưu gì. Hãy sửa rồi làm lại.", told) from None


def _too_long(piece: Mapping[str, object]) -> Iterable[Fault]:
    shelf = piece.get("shelf")
    said = {"--title": (piece["title"], _LONGEST_TITLE), "--text": (piece.get("text", ""), LONGEST)}
    if isinstance(shelf, Shelf):
        places = (shelf.cabinet, shelf.folder, shelf.number, shelf.issuer)
        said["--folder"] = (max(places, key=len), _LONGEST_TITLE)
    for option, (text, longest) in said.items():
        if len(str(text)) > longest:
            yield Fault(f"nội dung dài quá {number_text(longest)} ký tự; hãy viết gọn lại.", column=option)


def _refuse_other_check(about: Describing, serves: Serves) -> None:
    """Refuse a check of another system than the piece serves."""
    checked = about.assessment_id.partition("/")[0]
    if checked and serves and all(system_id != checked for system_id, _ in serves):
        raise Refused(f"Lần kiểm tra {about.assessment_id} là của hệ thống khác với hệ thống nêu ở --for.")


def _next_number(workspace: Workspace, year: int) -> int:
    """Asked inside an act, so nobody else takes the same number meanwhile."""
    beginning = f"mc-{year}-"
    used = (int(id_.removeprefix(beginning)) for id_ in workspace.store.ids(_KIND) if id_.startswith(beginning))
    return max(used, default=0) + 1


def link(workspace: Workspace, evidence_id: str, serves: Serves, *, note: str = "", assessment_id: str = "") -> None:
    """Say that a piece serves more requirements; what was noted of an earlier link stays unless it is said anew.

    Raises:
        NotFound: no such piece.
        Refused: the piece was withdrawn.
        BadData: a system or requirement is not known; all are listed.
    """
    piece = evidence(workspace, evidence_id)
    if piece.withdrawn:
        raise Refused(f"{piece.id} đã bỏ giá trị ({piece.withdrawn}) nên không gắn được. Hãy lưu minh chứng khác.")
    served = known_serves(workspace, serves)
    with workspace.act(f"Gắn minh chứng {piece.id}") as act:
        for system_id, requirement_id in served:
            support = Support(system_id=system_id, requirement_id=requirement_id, evidence_id=piece.id)
            head = act.head(SUPPORT, support.id)
            before = Support.model_validate_json(head.body) if head else support
            said = {"removed": "", "note": note or before.note, "assessment_id": assessment_id or before.assessment_id}
            put_over(act, SUPPORT, support.id, before.model_copy(update=said))


def unlink(workspace: Workspace, evidence_id: str, system_id: str, requirement_id: str, *, reason: str) -> None:
    """Say that a piece no longer serves a requirement; the history keeps it.

    Raises:
        NotFound: it did not serve it.
        Refused: no reason is given.
    """
    _ask_reason(reason)
    key = f"{system_id}/{requirement_id}/{evidence_id}"
    head = workspace.store.head(SUPPORT, key)
    support = Support.model_validate_json(head.body) if head else None
    if head is None or support is None or support.removed:
        raise NotFound(f"Minh chứng {evidence_id} không gắn với yêu cầu {requirement_id} của “{system_id}”.")
    gone = support.model_copy(update={"removed": reason})
    with workspace.act(reason) as act:
        act.put(SUPPORT, key, gone.model_dump_json(exclude_defaults=True), head.version)


def withdraw(workspace: Workspace, evidence_id: str, *, reason: str) -> Evidence:
    """Say that a piece no longer counts for anything; the file stays.

    Raises:
        NotFound: no such piece.
        Refused: no reason is given, or it was withdrawn before.
    """
    _ask_reason(reason)
    head = head_of(workspace, _KIND, evidence_id)
    piece = Evidence.model_validate_json(head.body)
    if piece.withdrawn:
        raise Refused(f"{piece.id} đã bỏ giá trị trước đó: {piece.withdrawn}")
    changed = piece.model_copy(update={"withdrawn": reason})
    with workspace.act(reason) as act:
        act.put(_KIND, evidence_id, changed.model_dump_json(exclude_defaults=True), head.version)
    return changed


def _ask_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Hãy nêu lý do: --reason “…”.")


def evidence(workspace: Workspace, evidence_id: str) -> Evidence:
    """One piece.

    Raises:
        NotFound: there is none of this id; the nearest is offered.
    """
    return Evidence.model_validate_json(head_of(workspace, _KIND, evidence_id).body)


def unknown_evidence(workspace: Workspace, evidence_ids: Iterable[str]) -> Iterable[Fault]:
    """Pieces named as proof that are not there or no longer count."""
    for id_ in dict.fromkeys(evidence_ids):
        try:
            piece = evidence(workspace, id_)
        except NotFound as error:
            yield Fault(str(error), column="--evidence")
            continue
        if piece.withdrawn:
            why = f"minh chứng {id_} đã bỏ giá trị ({piece.withdrawn}); hãy nêu minh chứng khác."
            yield Fault(why, column="--evidence")


def every_piece(workspace: Workspace) -> dict[str, Evidence]:
    """Every piece by id."""
    return {head.id: Evidence.model_validate_json(head.body) for head in workspace.store.heads(_KIND)}


def same_content(workspace: Workspace, made: Sequence[Evidence]) -> dict[str, tuple[str, ...]]:
    """For each piece whose file was filed before, the ids of the earlier pieces."""
    earlier: dict[str, list[str]] = {}
    for id_, one in every_piece(workspace).items():
        if one.file is not None and not one.withdrawn:
            earlier.setdefault(one.file.sha256, []).append(id_)
    alike = {one.id: tuple(id_ for id_ in earlier.get(one.file.sha256, ()) if id_ < one.id) for one in made if one.file}
    return {id_: others for id_, others in alike.items() if others}


def supports(workspace: Workspace, under: str = "") -> tuple[Support, ...]:
    """What serves what: of one system, of one requirement of it (``<system>/<requirement>``), or of all."""
    heads = workspace.store.heads(SUPPORT, under)
    return tuple(Support.model_validate_json(head.body) for head in heads)


def evidence_of(workspace: Workspace, under: str) -> dict[tuple[str, str], tuple[Evidence, ...]]:
    """What serves each requirement of a system, or one requirement (``<system>/<requirement>``), by both ids."""
    links = supports(workspace, under)
    return by_requirement(links, _pieces(workspace, (one.evidence_id for one in links)))


def _pieces(workspace: Workspace, ids: Iterable[str]) -> dict[str, Evidence]:
    return {head.id: Evidence.model_validate_json(head.body) for head in workspace.store.heads_of(_KIND, ids)}


def filed(workspace: Workspace, *, system_id: str = "", requirement_id: str = "") -> tuple[FiledEvidence, ...]:
    """Every piece with what it serves; only those that serve the system or requirement asked for."""
    by_piece: dict[str, list[Support]] = {}
    for one in supports(workspace, system_id):
        if not one.removed and requirement_id in {"", one.requirement_id}:
            by_piece.setdefault(one.evidence_id, []).append(one)
    narrowed = bool(system_id or requirement_id)
    pieces = _pieces(workspace, by_piece) if narrowed else every_piece(workspace)
    return tuple(FiledEvidence(piece, tuple(by_piece.get(id_, ()))) for id_, piece in sorted(pieces.items()))


def lost_files(workspace: Workspace, pieces: Iterable[Evidence]) -> frozenset[str]:
    """SHA-256 of files of these pieces that are gone or no longer what was taken in."""
    return frozenset(
        one.file.sha256 for one in pieces if one.file is not None and not workspace.attachments.sound(one.file.sha256)
    )


def verify(workspace: Workspace, today: date) -> tuple[Fault, ...]:
    """Every piece that is lost, damaged or out of date, as sentences."""
    pieces = every_piece(workspace).values()
    lost = lost_files(workspace, pieces)
    faults = []
    for one in pieces:
        if one.file is not None and one.file.sha256 in lost:
            faults.append(Fault(f"{one.id} “{one.title}”: tệp {one.file.file_name} đã mất hoặc bị thay đổi."))
        if not one.withdrawn and one.expired(today):
            faults.append(Fault(f"{one.id} “{one.title}”: hết hạn từ ngày {one.valid_until:%d/%m/%Y}."))
    return tuple(faults)
