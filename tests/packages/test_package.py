"""The package: official order and names, a list that tells the truth, the same bytes every time."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import docx
import pytest

from compliance.adapters.package_folder import package_folder, put_file, zip_beside
from compliance.adapters.workspace import Workspace
from compliance.domain.package import Kind, counted
from compliance.errors import BadData, Refused
from compliance.services.packages import package_dossier, package_many
from tests.documents.conftest import short_lists
from tests.documents.office import NOTICES, STAFF, TODAY, UNDECIDED
from tests.packages.conftest import SIGNED, Package, brought

PARTS = (
    "00-muc-luc.pdf",
    "01-de-nghi-ho-so-can-bo.pdf",
    "02-thuyet-minh-tong-quan.pdf",
    "03-tai-lieu-thiet-ke.pdf",
    "04-thuyet-minh-de-xuat-cap-do.pdf",
    "05-phuong-an-bao-dam-an-ninh-mang.pdf",
    "05.01-phu-luc.pdf",
    "05.02-phu-luc.pdf",
)


def test_the_papers_stand_in_the_order_of_the_decree(small: Package) -> None:
    assert tuple(name for name in small.names if name.endswith(".pdf")) == PARTS
    listed = [one.path for one in small.report.files if "/" not in one.path]
    assert tuple(listed) == PARTS


def test_each_explanation_bears_the_title_the_request_gives_it(small: Package) -> None:
    letter = small.pdf("01-").text
    for beginning in ("02-", "04-", "05-"):
        title = next(one.title for one in small.report.files if one.path.startswith(beginning))
        assert title in letter
        assert small.pdf(beginning).holds(title.upper())


def test_every_printed_paper_has_a_word_twin(small: Package) -> None:
    printed = {Path(one.path).stem for one in small.report.files if one.kind == "printed"}
    twins = {Path(one.path).stem for one in small.report.files if one.kind == "word"}
    assert printed == twins
    text = " ".join(
        one.text for one in docx.Document(str(small.folder / "ban-word/02-thuyet-minh-tong-quan.docx")).paragraphs
    )
    assert "Mô tả phạm vi, quy mô của hệ thống thông tin" in text


def test_each_paper_is_numbered_on_its_own_and_bears_its_own_code(small: Package) -> None:
    codes = {one.path: one.match_code for one in small.report.files if one.kind == "printed"}
    for name in ("02-thuyet-minh-tong-quan.pdf", "04-thuyet-minh-de-xuat-cap-do.pdf"):
        pdf = small.pdf(name)
        assert f"Mã đối chiếu {codes[name]}" in pdf.texts[0]
        assert pdf.texts[1].startswith("2 ")
    assert len(set(codes.values())) == len(codes) - 1, "the contents page and the one letter stand for the whole"


def test_the_manifest_names_every_file_as_it_is(small: Package) -> None:
    manifest = json.loads((small.folder / "ke-khai.json").read_text("utf-8"))
    assert sorted(one["path"] for one in manifest["files"]) == [one for one in small.names if one != "ke-khai.json"]
    for one in manifest["files"]:
        assert one["sha256"] == sha256((small.folder / one["path"]).read_bytes()).hexdigest()
    pages = {one["path"]: one["pages"] for one in manifest["files"]}
    assert pages["02-thuyet-minh-tong-quan.pdf"] == len(small.pdf("02-").reader.pages)
    assert manifest["versions"]["system/ho-so-can-bo"]


def test_the_contents_page_lists_the_files_with_pages_codes_and_digests(small: Package) -> None:
    page = small.pdf("00-")
    for one in small.report.files:
        if one.kind == "word" or one.path.startswith("00-"):
            continue
        assert page.holds(one.path)
        assert page.holds(one.sha256[:12])
        assert page.holds(one.match_code)


def test_the_whole_data_lie_in_the_contents_page_and_the_letter_and_a_stretch_in_each_part(small: Package) -> None:
    for beginning in ("00-", "01-"):
        (data,) = small.pdf(beginning).reader.attachments["du-lieu-ho-so.json"]
        assert set(json.loads(data)) >= {"systems", "units", "classifications", "answers"}
    (data,) = small.pdf("04-").reader.attachments["du-lieu-van-ban.json"]
    assert "devices" not in json.loads(data)["systems"][0]
    assert 'pdfaid:part="3"' in small.pdf("05.01").xmp


def test_the_zip_holds_the_same_files_under_the_same_names(small: Package) -> None:
    with zipfile.ZipFile(small.report.zip) as archive:
        assert sorted(archive.namelist()) == small.names
        for name in small.names:
            assert archive.read(name) == (small.folder / name).read_bytes()


def test_the_same_records_give_the_same_bytes(small_office: Workspace, small: Package, tmp_path: Path) -> None:
    fresh = tmp_path / "lan-hai"
    (small_office.path / "kho-in").rename(tmp_path / "kho")
    try:
        with short_lists():
            again = Package(
                package_dossier(small_office, [STAFF.id], today=TODAY, out=fresh, brought=[brought()], jobs=1)
            )
    finally:
        (small_office.path / "kho-in").rename(tmp_path / "kho-moi")
        (tmp_path / "kho").rename(small_office.path / "kho-in")
    assert again.report.reused == frozenset()
    assert again.report.zip.read_bytes() == small.report.zip.read_bytes()


def test_a_design_nobody_brought_is_told(office: Workspace) -> None:
    report = package_dossier(office, [NOTICES.id], today=TODAY, brought=[], jobs=1)
    (wanted,) = [one.where_to_fill for one in report.missing if one.what.startswith("Tài liệu thiết kế")]
    assert wanted == f"compliance dossiers enclose {NOTICES.id} design TỆP"
    assert Package(report).pdf("00-").holds("Tài liệu thiết kế thi công")


def test_papers_for_the_same_place_stand_in_the_order_of_their_numbers() -> None:
    paths = ["03-thiet-ke-10.pdf", "05.01-phu-luc.pdf", "03-thiet-ke-2.pdf", "05-phuong-an.pdf", "03-thiet-ke.pdf"]
    assert sorted(paths, key=counted) == [paths[4], paths[2], paths[0], paths[3], paths[1]]


def test_a_second_design_is_listed_after_the_first(office: Workspace) -> None:
    both = [brought(), brought(data=SIGNED + b"\n", name="tiep.pdf")]
    report = package_dossier(office, [NOTICES.id], today=TODAY, brought=both, jobs=1)
    first, second = (one for one in report.files if one.kind is Kind.BROUGHT)
    assert second.path == first.path.replace(".pdf", "-2.pdf")
    contents = Package(report).pdf("00-").text
    assert 0 < contents.find(first.path) < contents.find(second.path)


def test_a_brought_file_that_changed_is_refused_and_nothing_is_left(office: Workspace, tmp_path: Path) -> None:
    files = [brought(digest="0" * 64), brought(slot="other", data=b"", name="phu-luc.pdf", digest="1" * 64)]
    with pytest.raises(BadData) as caught:
        package_dossier(office, [NOTICES.id], today=TODAY, out=tmp_path / "ra", brought=files, jobs=1)
    assert [fault.file for fault in caught.value.faults] == ["thiet-ke.PDF", "phu-luc.pdf"]
    assert not list((tmp_path / "ra").glob("*"))


def test_a_package_somebody_worked_in_is_never_written_over(office: Workspace, tmp_path: Path) -> None:
    report = package_dossier(office, [NOTICES.id], today=TODAY, out=tmp_path, brought=[], jobs=1)
    package_dossier(office, [NOTICES.id], today=TODAY, out=tmp_path, brought=[], jobs=1)
    (report.folder / "da-ky.pdf").write_bytes(SIGNED)
    with pytest.raises(Refused, match=r"da-ky\.pdf"):
        package_dossier(office, [NOTICES.id], today=TODAY, out=tmp_path, brought=[], jobs=1)
    (report.folder / "da-ky.pdf").unlink()
    (report.folder / "02-thuyet-minh-tong-quan.pdf").write_bytes(SIGNED)
    with pytest.raises(Refused, match="02-thuyet-minh"):
        package_dossier(office, [NOTICES.id], today=TODAY, out=tmp_path, brought=[], jobs=1)
    assert (report.folder / "02-thuyet-minh-tong-quan.pdf").read_bytes() == SIGNED


def test_folder_and_zip_are_replaced_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bo"
    for text in (b"mot", b"hai"):
        with package_folder(folder, TODAY) as staging:
            put_file(staging, "a.pdf", text)
            listed = {"files": [{"path": "a.pdf", "sha256": sha256(text).hexdigest()}]}
            put_file(staging, "ke-khai.json", json.dumps(listed).encode())
    rename = Path.rename

    def held(path: Path, target: Path) -> Path:
        if target == zip_beside(folder) and "truoc" not in path.name:
            raise PermissionError(13, "held by another program")
        return rename(path, target)

    packed = zip_beside(folder).read_bytes()
    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(Refused, match="đang giữ tệp"), package_folder(folder, TODAY) as staging:
        put_file(staging, "a.pdf", b"ba")
    assert (folder / "a.pdf").read_bytes() == b"hai"
    assert zip_beside(folder).read_bytes() == packed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bo", "bo.zip"]


@pytest.mark.parametrize("foreign", ["bang-tin", "bang-tin.zip"])
def test_a_file_of_somebody_else_is_never_written_over(office: Workspace, tmp_path: Path, foreign: str) -> None:
    (tmp_path / foreign).write_text("của người khác", encoding="utf-8")
    with pytest.raises(Refused, match="không"):
        package_dossier(office, [NOTICES.id], today=TODAY, out=tmp_path, brought=[], jobs=1)
    assert [path.name for path in tmp_path.glob("bang-tin*")] == [foreign]


def test_one_dossier_of_a_batch_that_fails_does_not_stop_the_others(office: Workspace) -> None:
    heard: list[str] = []
    outcomes = package_many(
        office,
        [[NOTICES.id], [UNDECIDED.id], ["khong-co"]],
        today=TODAY,
        brought=lambda _: [],
        jobs=1,
        tell=lambda one: heard.append(one.system_ids[0]),
    )
    assert heard == [NOTICES.id, UNDECIDED.id, "khong-co"]
    assert outcomes[0].report is not None
    assert [type(one.error).__name__ for one in outcomes] == ["NoneType", "Refused", "NotFound"]


def test_a_dossier_of_two_systems_has_a_request_for_each_and_annexes_numbered_through(office: Workspace) -> None:
    report = package_dossier(office, [NOTICES.id, STAFF.id], today=TODAY, brought=[], jobs=1)
    names = [one.path for one in report.files if one.kind == "printed"]
    assert names[1:3] == ["01-de-nghi-bang-tin.pdf", "01-de-nghi-ho-so-can-bo.pdf"]
    assert names[-4:] == [f"05.0{at}-phu-luc.pdf" for at in (1, 2, 3, 4)]
