"""What is exported imports back as the same records, and nothing in it can run."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from compliance.adapters.inventory_columns import tables
from compliance.adapters.law import load_checklist, load_regimes
from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Absence, AbsenceKind
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.paper import Paper
from compliance.domain.question import Question, QuestionType
from compliance.domain.regime import questions_asked
from compliance.domain.regime_status import regime_on
from compliance.domain.risk import Degree, Occasion, Rank
from compliance.domain.system import (
    Connection,
    Device,
    Direction,
    EarlierApproval,
    FactValue,
    Hosting,
    Ownership,
    Risk,
    Service,
    Status,
    System,
    Zone,
)
from compliance.domain.wording import canonical
from compliance.errors import Refused
from compliance.services import organizations, systems
from compliance.services.systems import export_inventory, write_template
from tests.inventory.conftest import TODAY, Office, changed_by

REGIME = regime_on(TODAY, load_regimes())
LETTERS = string.ascii_letters + "ăâđêôơưĂÂĐÊÔƠƯáàảãạếềểễệốộớợứựýỹ" + "0123456789 ,.;:/()-+=@'\"&%\n"
WORDS = (
    st.text(LETTERS, min_size=1, max_size=30)
    .map(lambda text: canonical(f"Nội dung {text}"))
    .filter(lambda text: len(text) > 10)
)
TRICKY = st.sampled_from(
    ["=1+1", '=HYPERLINK("http://x")', "+84 203 000 000", "-", "-5", "@SUM(A1)", "'quoted", "00123"]
)
TEXT = st.one_of(st.just(""), WORDS, TRICKY)
NAME = st.one_of(WORDS, TRICKY.filter(lambda text: text != "-"))
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
NUMBERS = st.from_regex(r"[0-9]{1,3}/(QĐ|KH|QC)-UBND", fullmatch=True)
PAPERS = st.none() | st.builds(
    Paper,
    number=NUMBERS,
    issued_on=DAYS,
    issuer=st.sampled_from(["", "UBND xã Suối Mẫu", "Sở Khoa học và Công nghệ"]),
    subject=st.sampled_from(["Quyết định", "Kế hoạch", "Quyết định về việc ban hành Quy chế"]),
)
UNIT_IDS = st.sampled_from(["ubnd-xa", "cong-an"])

RISKS = st.builds(
    Risk,
    id=st.just("r2"),
    threat=NAME,
    weakness=TEXT,
    likelihood=st.none() | st.sampled_from(Degree),
    impact=TEXT,
    severity=st.none() | st.sampled_from(Degree),
    interest=TEXT,
    treatment=TEXT,
    responsible_unit_id=st.none() | UNIT_IDS,
    due=st.none() | DAYS,
)


def fact(question: Question) -> st.SearchStrategy[FactValue]:
    values = [choice.value for choice in question.choices]
    by_type: dict[QuestionType, st.SearchStrategy[FactValue]] = {
        QuestionType.YES_NO: st.booleans(),
        QuestionType.NUMBER: st.integers(question.minimum, question.maximum),
        QuestionType.CHOICE: st.sampled_from(values) if values else st.nothing(),
        QuestionType.SET: st.lists(st.sampled_from(values), min_size=max(question.minimum, 1), unique=True).map(
            lambda chosen: tuple(sorted(chosen))
        )
        if values
        else st.nothing(),
    }
    return by_type[question.type]


FACTS: st.SearchStrategy[Mapping[str, FactValue]] = st.fixed_dictionaries(
    {}, optional={question.id: fact(question) for question in REGIME.questions}
)
ABSENCES = st.fixed_dictionaries(
    {},
    optional={
        "provider": st.just(Absence(kind=AbsenceKind.NOT_YET)),
        "logical_model": st.builds(Absence, kind=st.just(AbsenceKind.NONE), reason=WORDS),
        "security_unit_id": st.just(Absence(kind=AbsenceKind.NOT_APPLICABLE, reason="không nối mạng")),
    },
)


@st.composite
def system(draw: st.DrawFn) -> System:
    zones = (Zone(id="lan", name=draw(NAME), private_addresses=("192.168.1.0/24",), public_addresses=("203.0.113.1",)),)
    earlier = EarlierApproval(level=draw(st.none() | st.integers(1, 5)), paper=draw(PAPERS), legal_basis=draw(TEXT))
    return System(
        id="he-thong",
        name=draw(NAME),
        ownership=draw(st.sampled_from(Ownership)),
        owner_id=draw(UNIT_IDS),
        owner_document=draw(PAPERS),
        operator_id=draw(st.none() | UNIT_IDS),
        status=draw(st.none() | st.sampled_from(Status)),
        started_on=draw(st.none() | DAYS),
        function=draw(TEXT),
        size=draw(TEXT),
        account_count=draw(st.none() | st.integers(0, 100_000_000)),
        zones=draw(st.sampled_from([(), zones])),
        services=tuple(
            Service(id=f"s{n}", name=draw(NAME), server=draw(TEXT), rank=draw(st.none() | st.sampled_from(Rank)))
            for n in range(draw(st.integers(0, 2)))
        ),
        connections=draw(
            st.sampled_from(
                [
                    (),
                    (
                        Connection(id="k1", other_name="Cổng của tỉnh", direction=Direction.IN, other_level=3),
                        Connection(id="k2", other_system_id="khac", interdependent=False, influence="=0"),
                    ),
                ]
            )
        ),
        risks=draw(st.sampled_from([(), (Risk(id="r1", threat="=1", impact="-", assumed=True),)]) | st.tuples(RISKS)),
        risk_assessed_on=draw(st.none() | DAYS),
        risk_occasion=draw(st.none() | st.sampled_from(Occasion)),
        critical_assets=draw(TEXT),
        current_capacity=draw(TEXT),
        risk_communication=draw(TEXT),
        public_impact=draw(TEXT),
        continuity_need=draw(TEXT),
        addresses=draw(
            st.sampled_from(
                [(), ("https://motcua.suoimau.example/tra-cuu?ma=1", "suoimau.example"), ("xãsuốimẫu.example",)]
            )
        ),
        hosting=draw(st.none() | st.sampled_from(Hosting)),
        state_budget=draw(st.none() | st.booleans()),
        earlier_approval=None if earlier == EarlierApproval() else earlier,
        regulation=draw(PAPERS),
        facts=draw(FACTS),
        notes=draw(TEXT),
        absences=draw(ABSENCES),
        assumed=draw(st.sampled_from([(), ("size", "information")])),
    )


def put(office: Office, *records: Unit | System | Answer) -> None:
    kinds = {Unit: "unit", System: "system", Answer: "answer"}
    with office.workspace.act() as act:
        for record in records:
            key = f"{record.system_id}/{record.requirement_id}" if isinstance(record, Answer) else record.id
            act.put(kinds[type(record)], key, record.model_dump_json(exclude_defaults=True), 0)


def organisation() -> tuple[Unit, Unit, System]:
    return (
        Unit(
            id="ubnd-xa",
            name="Ủy ban nhân dân xã Suối Mẫu",
            kind=UnitKind.PEOPLES_COMMITTEE,
            tier=UnitTier.COMMUNE,
            phone="+84 203 000 000",
            functions=Paper(number="1/QĐ-UBND", issued_on=date(2025, 7, 1), subject="Quyết định"),
            signs_as=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            absences={"email": Absence(kind=AbsenceKind.NOT_YET)},
        ),
        Unit(id="cong-an", name="Công an xã", kind=UnitKind.POLICE, tier=UnitTier.COMMUNE, parent_id="ubnd-xa"),
        System(id="khac", name="Hệ thống khác hẳn", ownership=Ownership.USED, owner_id="ubnd-xa"),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(recorded=system())
def test_export_imports_back_unchanged_here_and_in_an_empty_office(
    new_office: Callable[[], Office], recorded: System
) -> None:
    office, elsewhere = new_office(), new_office()
    put(office, *organisation(), recorded)
    path = office.folder / "xuat.xlsx"
    assert export_inventory(office.workspace, path, today=TODAY) == ()
    report = office.take(path)
    assert report.differences == ()
    assert changed_by(report) == set()
    elsewhere.take(path)
    assert systems.systems(elsewhere.workspace) == systems.systems(office.workspace)
    assert organizations.units(elsewhere.workspace) == organizations.units(office.workspace)


def test_devices_and_answers_round_trip(new_office: Callable[[], Office]) -> None:
    office, elsewhere = new_office(), new_office()
    recorded = System(
        id="a",
        name="A",
        ownership=Ownership.OWNED,
        owner_id="ubnd-xa",
        zones=(Zone(id="lan", name="LAN", private_addresses=("192.168.1.0/24",)),),
        devices=(
            Device(id="d1", name="Máy tính", zone_id="lan", address="192.168.1.7", serial="0012", quantity=1500),
            Device(id="d2", name="Máy tính", place="-", rank=Rank.CRITICAL, assumed=True),
        ),
    )
    given_answer = Answer(
        system_id="a",
        requirement_id="3.1-a",
        checklist_id=requirement_checklist("3.1-a"),
        result=Result.NOT_APPLICABLE,
        reason="=lý do",
        due=date(2026, 12, 31),
    )
    put(office, *organisation(), recorded, given_answer)
    path = office.folder / "xuat.xlsx"
    export_inventory(office.workspace, path, today=TODAY)
    elsewhere.take(path)
    assert elsewhere.system("a") == recorded
    head = elsewhere.workspace.store.head("answer", "a/3.1-a")
    assert head is not None
    assert Answer.model_validate_json(head.body) == given_answer


def requirement_checklist(requirement: str) -> str:
    checklist = load_checklist(REGIME, 1)
    assert checklist.requirement(requirement) is not None
    return checklist.id


@pytest.mark.parametrize("typed", ["=1+1", "+84 203 000 000", "-", "-5 độ", "@SUM(A1)", "=cmd|'/c calc'!A0"])
def test_formula_cells_are_text_in_and_harmless_out(office: Office, typed: str) -> None:
    office.take(office.xlsx(Hệ_thống=[["Mã hệ thống", "Ghi chú"], ["mot-cua", typed]]))
    assert office.system().notes == typed
    path = office.folder / "xuat.xlsx"
    export_inventory(office.workspace, path, today=TODAY)
    cells = [cell for row in load_workbook(path)["Hệ thống"].iter_rows() for cell in row if cell.value == typed]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]
    assert changed_by(office.take(path)) == set()


def test_template_has_lists_notes_and_an_example_that_is_skipped(office: Office) -> None:
    path = office.folder / "mau.xlsx"
    write_template(path, today=TODAY)
    book = load_workbook(path)
    questions = questions_asked(REGIME, load_regimes())
    every = tables(questions)
    assert book.sheetnames[0] == "Hướng dẫn"
    for table in every:
        sheet = book[table.sheet]
        assert [str(cell.value).removesuffix(" *") for cell in sheet[1]] == [column.header for column in table.columns]
        assert sheet.freeze_panes == "C2"
        assert str(sheet["A2"].value).startswith("Ví dụ:")
        assert sheet.data_validations.dataValidation
    noted = {cell.value for cell in book["Hệ thống"][1] if cell.comment}
    assert {question.column for question in questions} <= noted
    assert "không có dòng dữ liệu" in office.fault(path).message


def test_an_existing_file_is_not_overwritten_unasked(office: Office) -> None:
    path = office.folder / "mau.xlsx"
    path.write_text("của người dùng", encoding="utf-8")
    with pytest.raises(Refused, match="--overwrite"):
        write_template(path, today=TODAY)
    assert path.read_text(encoding="utf-8") == "của người dùng"
    with pytest.raises(Refused, match=r"\.xlsx"):
        write_template(office.folder / "mau.csv", today=TODAY)


def test_headers_of_one_table_never_clash() -> None:
    for table in tables(REGIME.questions):
        for column in table.columns:
            assert table.by_key[column.keys[0]] is column
