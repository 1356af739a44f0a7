"""Days the office set itself: evidence that ends, remediation, what was handed out, contracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from compliance.domain.assessment import Answer
from compliance.domain.assignment import Contract, Custody
from compliance.domain.duty import DutyRow, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.domain.evidence import Evidence, Support
from compliance.domain.finding_row import AskedRequirement
from compliance.domain.remediation import Finding
from compliance.domain.wording import date_text
from compliance.services.assignments import contracts, custodies
from compliance.services.derived_row import dated_row, named_systems
from compliance.services.duty_setting import DutySetting
from compliance.services.evidence import SUPPORT
from compliance.services.finding_records import ANSWER, FINDING
from compliance.services.pinned_lists import asked_of, asked_requirements


def evidence_rows(setting: DutySetting, until: date = date.max) -> Iterable[DutyRow]:
    """Pieces that end and are still needed: nothing that lasts longer serves the same requirement.

    Only what serves systems a dossier is needed for; one row per piece.
    """
    serving = _serving(setting)
    for id_ in sorted(serving):
        piece, pairs = setting.evidence[id_], serving[id_]
        if piece.valid_until is not None and piece.valid_until <= until:
            yield _evidence_row(setting, piece, piece.valid_until, pairs)


def _serving(setting: DutySetting) -> Mapping[str, list[tuple[str, str]]]:
    """Systems and requirements by the piece whose end leaves them without evidence."""
    ending = {id_ for id_, one in setting.evidence.items() if one.valid_until and not one.withdrawn}
    if not ending:
        return {}
    store = setting.workspace.store
    split = [(id_, *id_.rsplit("/", 1)) for id_ in store.ids(SUPPORT)]
    places = {place for _, place, piece in split if piece in ending}
    heads = store.heads_of(SUPPORT, (id_ for id_, place, _ in split if place in places))
    shown: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in (Support.model_validate_json(head.body) for head in heads):
        piece = setting.evidence.get(one.evidence_id)
        system = setting.systems.get(one.system_id)
        if piece and not (one.removed or piece.withdrawn) and system and system.needs_dossier:
            shown[one.system_id, one.requirement_id].append(piece)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair, pieces in shown.items():
        last = max(pieces, key=lambda one: (_end(one), one.id))
        if last.id in ending:
            found[last.id].append(pair)
    return found


def _end(piece: Evidence) -> date:
    return piece.valid_until or date.max


def _evidence_row(setting: DutySetting, piece: Evidence, due: date, pairs: list[tuple[str, str]]) -> DutyRow:
    system_ids = list(dict.fromkeys(system_id for system_id, _ in pairs))
    targets = " ".join(f"--for {system_id}/{requirement_id}" for system_id, requirement_id in pairs[:1])
    system = setting.systems[system_ids[0]]
    return dated_row(
        setting,
        f"minh-chung/{piece.id}",
        due,
        what=f"Thay minh chứng “{piece.title}” trước khi hết giá trị",
        source=Source.EVIDENCE,
        kind=DutyKind.OWN,
        citation=f"thời hạn giá trị ghi khi lưu minh chứng {piece.id}",
        settle=f"compliance evidence add TỆP {targets} --valid-until NGÀY",
        system_id=system.id,
        unit_id=system.operator_id or system.owner_id,
        evidence="Bản còn giá trị của cùng tài liệu.",
        note=f"Dùng cho {len(pairs)} yêu cầu của: {named_systems(setting, system_ids)}.",
    )


def finding_rows(setting: DutySetting, until: date = date.max) -> Iterable[DutyRow]:
    """Findings still at work whose remediation has a day."""
    store = setting.workspace.store
    known = (Finding.model_validate_json(head.body) for head in store.heads(FINDING))
    at_work = {one.id: one for one in known if one.status.at_work}
    answers = (Answer.model_validate_json(head.body) for head in store.heads_of(ANSWER, at_work))
    dated = [(at_work[f"{one.system_id}/{one.requirement_id}"], one) for one in answers if one.due and one.due <= until]
    asked = asked_requirements({finding.checklist_id for finding, _ in dated})
    for finding, answer in dated:
        if answer.due is not None:
            place = asked_of(asked, finding.checklist_id, finding.requirement_id)
            yield _finding_row(setting, finding, answer, place, answer.due)


def _finding_row(setting: DutySetting, one: Finding, answer: Answer, asked: AskedRequirement, due: date) -> DutyRow:
    system = setting.systems.get(one.system_id)
    responsible = answer.responsible_unit_id or (system.operator_id or system.owner_id if system else "")
    return dated_row(
        setting,
        f"{one.system_id}/ton-tai/{one.requirement_id}",
        due,
        what=f"Khắc phục tồn tại: {answer.measure or asked.statement}",
        source=Source.FINDING,
        kind=DutyKind.OWN,
        citation=f"thời hạn cơ quan đặt trong kế hoạch khắc phục; yêu cầu tại {asked.citation}",
        settle=f"compliance findings done {one.id}",
        system_id=one.system_id,
        unit_id=responsible,
        evidence="Minh chứng đã khắc phục.",
        note=f"Mức độ: {one.severity.label.lower()}.",
    )


def custody_rows(setting: DutySetting, until: date = date.max) -> Iterable[DutyRow]:
    """Devices, tokens, accounts and certificates somebody still holds, up to their last day."""
    for one in custodies(setting.workspace):
        if one.out and one.valid_until is not None and one.valid_until <= until:
            yield _custody_row(setting, one, one.valid_until)


def _custody_row(setting: DutySetting, one: Custody, due: date) -> DutyRow:
    holder = " ".join(part for part in (one.holder, one.position) if part)
    held = f", {holder} giữ" if holder else ""
    serial = f" số {one.serial}" if one.serial else ""
    return dated_row(
        setting,
        f"giao/{one.id}",
        due,
        what=f"Gia hạn hoặc thu hồi {one.kind.label}: {one.label}",
        source=Source.CUSTODY,
        kind=DutyKind.OWN,
        citation=f"thời hạn ghi khi giao ngày {date_text(one.issued_on)}",
        settle=f"compliance assignments renew {one.id} --until NGÀY hoặc compliance assignments return {one.id}",
        system_id=_first(one.system_ids),
        unit_id=one.unit_id,
        note=f"{one.id}{serial}{held}.",
    )


def contract_rows(setting: DutySetting, until: date = date.max) -> Iterable[DutyRow]:
    """Contracts that run, up to their last day."""
    for one in contracts(setting.workspace):
        if one.runs and one.valid_until is not None and one.valid_until <= until:
            yield _contract_row(setting, one, one.valid_until)


def _contract_row(setting: DutySetting, one: Contract, due: date) -> DutyRow:
    system = setting.systems.get(_first(one.system_ids))
    number = f" số {one.number}" if one.number else ""
    concerned = f" Hệ thống: {named_systems(setting, one.system_ids)}." if one.system_ids else ""
    contact = f" Liên hệ: {one.contact}." if one.contact else ""
    return dated_row(
        setting,
        f"hop-dong/{one.id}",
        due,
        what=f"Gia hạn, ký mới hoặc kết thúc hợp đồng với {one.supplier}: {one.what}",
        source=Source.CONTRACT,
        kind=DutyKind.OWN,
        citation=f"thời hạn của hợp đồng{number} ký ngày {date_text(one.signed_on)}",
        settle=f"compliance assignments contract-end {one.id} --on NGÀY",
        system_id=system.id if system else "",
        unit_id=one.unit_id or (system.owner_id if system else ""),
        note=f"{one.id}.{concerned}{contact}",
    )


def _first(ids: tuple[str, ...]) -> str:
    return next(iter(ids), "")
