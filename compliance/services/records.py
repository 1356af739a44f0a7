"""Records by id: the head of one, or an error that offers the nearest id there is; saving one over its head."""

from __future__ import annotations

from compliance.adapters.store import Act, Revision
from compliance.adapters.workspace import Workspace
from compliance.domain.blank import Frozen
from compliance.domain.wording import nearest
from compliance.errors import NotFound

_CALLED = {
    "system": ("hệ thống", "compliance systems list"),
    "unit": ("đơn vị", "compliance organizations list"),
    "assessment": ("lần kiểm tra", "compliance assessments list"),
    "evidence": ("minh chứng", "compliance evidence list"),
    "finding": ("tồn tại", "compliance findings list"),
    "assignment": ("phân công", "compliance assignments list"),
    "custody": ("thiết bị, tài khoản", "compliance assignments custody"),
    "contract": ("hợp đồng", "compliance assignments contracts"),
    "incident": ("sự cố", "compliance incidents list"),
    "contact": ("đầu mối liên hệ", "compliance incidents contacts"),
    "report": ("báo cáo đã phát hành", "compliance reports issues"),
}


def head_of(workspace: Workspace, kind: str, record_id: str) -> Revision:
    """The newest version of a record of a kind that commands name by id.

    Raises:
        NotFound: there is none of this id; the nearest id is offered, else the command that lists them.
    """
    revision = workspace.store.head(kind, record_id)
    if revision is not None:
        return revision
    called, listing = _CALLED[kind]
    near = nearest(record_id, workspace.store.ids(kind))
    hint = f"Có phải “{near}”?" if near else f"Xem danh sách: {listing}"
    raise NotFound(f"Không có {called} “{record_id}”. {hint}")


def put_over(act: Act, kind: str, record_id: str, record: Frozen) -> Revision:
    """Save a record over whatever the act sees of it; for what was read or decided inside the same act."""
    head = act.head(kind, record_id)
    return act.put(kind, record_id, record.model_dump_json(exclude_defaults=True), head.version if head else 0)
