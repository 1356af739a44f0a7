"""One commune's authority, its certificate, its decision as issued and as signed; made once and read by many tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from compliance.adapters.trust_anchors import FOLDER
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.returned_paper import ReturnedPaper
from compliance.services.returned_papers import check_returned
from tests.returned import signing
from tests.returned.certificates import Holder, authority, office

Check = Callable[..., ReturnedPaper]


@dataclass(frozen=True)
class Papers:
    """The decision as printed, filled in by hand before signing, and signed."""

    issued: bytes
    filled: bytes
    signed: bytes


@pytest.fixture(scope="session")
def root() -> Holder:
    return authority()


@pytest.fixture(scope="session")
def committee(root: Holder) -> Holder:
    return office(root)


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory, committee: Holder) -> Papers:
    folder = tmp_path_factory.mktemp("in")
    filled = signing.paper(folder / "dien.pdf", **signing.FILLED)
    return Papers(signing.paper(folder / "goc.pdf"), filled, signing.sign(filled, committee))


@pytest.fixture
def workspace(tmp_path: Path, root: Holder) -> Iterator[Workspace]:
    """A workspace that trusts the authority."""
    with create_workspace(
        tmp_path / "ho-so", by="Văn phòng", now=lambda: datetime(2026, 11, 22, 8, tzinfo=UTC)
    ) as made:
        trust(made, root)
        yield made


def trust(made: Workspace, root: Holder) -> None:
    folder = made.path / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "goc.pem").write_bytes(root.pem)


@pytest.fixture
def check(workspace: Workspace, tmp_path: Path, papers: Papers) -> Check:
    """Check bytes as a file that came back, against the decision as printed."""

    def checked(
        data: bytes,
        *,
        issued: bytes | None = papers.issued,
        name: str = "ve.pdf",
        number: str = "",
        signed_on: date | None = None,
        signer: str = "",
    ) -> ReturnedPaper:
        path = tmp_path / name
        path.write_bytes(data)
        return check_returned(
            workspace, path, issued=issued, at=signing.CHECKED_AT, number=number, signed_on=signed_on, signer=signer
        )

    return checked
