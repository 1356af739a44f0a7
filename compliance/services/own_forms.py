"""The program's own forms, which no decree prescribes: where they are read from and where their papers are put."""

from __future__ import annotations

from pathlib import Path

from compliance.adapters.templates import Form, load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.regime import Regime
from compliance.errors import NotFound

OVERRIDES = "bieu-mau"
"""The folder of a workspace in which an office keeps its own versions of forms."""
DRAFTS = "du-thao"
"""The folder of a workspace in which papers are printed unless another is named."""


def own_form(workspace: Workspace, regime: Regime, form_id: str, called: str) -> Form:
    """A form of a regime, the office's own version of it before the shipped one.

    Args:
        workspace: where the office keeps its own versions.
        regime: whose form it is.
        form_id: its id, as the regime names it; empty where it has none.
        called: what an officer calls it.

    Raises:
        NotFound: the regime has no such form.
        DataFault: the form is broken.
    """
    if not form_id:
        raise NotFound(f"Chương trình chưa có mẫu {called} theo {regime.short_title}.")
    return load_form(regime.id, form_id, overrides=workspace.path / OVERRIDES)


def paper_file(workspace: Workspace, form: Form, folder_name: str, out: Path | None, about: str) -> Path:
    """The file a paper is printed to, named after its form and the record it is ``about``.

    ``out`` is the file itself (ending in ``.pdf``) or the folder for it; ``None`` for ``folder_name``
    among the drafts.
    """
    if out is not None and out.suffix.lower() == ".pdf":
        return out
    folder = out or workspace.path / DRAFTS / folder_name
    return folder / f"{form.data.file_name}-{about.replace('/', '-')}.pdf"


def paper_versions(workspace: Workspace, regime: Regime, system_id: str, *forms: Form) -> dict[str, str]:
    """What every paper about a system rests on, by kind and id: the regime, the record of the system, its forms."""
    head = workspace.store.head("system", system_id)
    return {
        f"regime/{regime.id}": regime.checked_on.isoformat(),
        f"system/{system_id}": str(head.version) if head else "",
        **{f"form/{form.name}": form.digest for form in forms},
    }
