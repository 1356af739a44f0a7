"""One assignment, thing handed over or contract as lines of header and text."""

from __future__ import annotations

from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Assignment, Contract, Custody
from compliance.domain.overview import unit_name
from compliance.domain.wording import date_text
from compliance.services import organizations
from compliance.services.assignments import system_names


def record_lines(workspace: Workspace, one: Assignment | Custody | Contract) -> list[tuple[str, str]]:
    """Header and text of everything recorded, empty ones left out."""
    unit = unit_name(organizations.units(workspace), one.unit_id)
    named = "; ".join(system_names(workspace, [one]).values())
    lines = [("Mã", one.id), *_own(one, unit), ("Hệ thống", named), ("Ghi chú", one.note), ("Đã rút", one.withdrawn)]
    return [(head, text) for head, text in lines if text]


def _own(one: Assignment | Custody | Contract, unit: str) -> list[tuple[str, str]]:
    if isinstance(one, Assignment):
        return [
            ("Vai trò", one.role.label),
            ("Phần việc", one.task),
            ("Đơn vị", unit),
            ("Người giữ", one.who),
            ("Từ ngày", date_text(one.since)),
            ("Đến hết ngày", date_text(one.until) if one.until else ""),
            ("Quyết định", one.paper.text if one.paper else ""),
            ("Quyết định thôi", one.ended_by.text if one.ended_by else ""),
        ]
    if isinstance(one, Custody):
        return [
            ("Loại", one.kind.label),
            ("Tên", one.label),
            ("Số hiệu", one.serial),
            ("Giao cho", unit),
            ("Người giữ", " ".join(part for part in (one.holder, one.position) if part)),
            ("Ngày giao", date_text(one.issued_on)),
            ("Sử dụng đến", date_text(one.valid_until) if one.valid_until else ""),
            ("Văn bản", one.paper.text if one.paper else ""),
            ("Thu hồi ngày", date_text(one.returned_on) if one.returned_on else ""),
            ("Nơi nhận lại", one.returned_to),
            ("Báo mất ngày", date_text(one.lost_on) if one.lost_on else ""),
        ]
    return [
        ("Nhà cung cấp", one.supplier),
        ("Về việc", one.what),
        ("Số hợp đồng", one.number),
        ("Đơn vị theo dõi", unit),
        ("Ngày ký", date_text(one.signed_on)),
        ("Đến hết ngày", date_text(one.valid_until) if one.valid_until else ""),
        ("Đầu mối liên hệ", one.contact),
        ("Chấm dứt ngày", date_text(one.ended_on) if one.ended_on else ""),
    ]
