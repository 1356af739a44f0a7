"""Fines for what owners and operators leave undone: amounts, levels, the rules around them and what is not settled."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from compliance.adapters.law import load_penalties
from compliance.domain.penalty import Penalty, PenaltyTable
from tests.checklists import lists
from tests.checklists.lists import FOLDER

MILLION = 1_000_000
DECREE = "Nghị định số 330/2026/NĐ-CP"
LAST_ARTICLE = 82
EVERY = (1, 2, 3, 4, 5)


@pytest.fixture(scope="module")
def table() -> PenaltyTable:
    return load_penalties(lists.law())


def _fine(table: PenaltyTable, identifier: str) -> Penalty:
    (found,) = [one for one in table.penalties if one.id == identifier]
    return found


def _rules(table: PenaltyTable) -> dict[str, str]:
    return {rule.id: f"{rule.statement} {rule.uncertain}".strip() for rule in table.rules}


def test_says_where_the_text_came_from_and_what_was_not_read(table: PenaltyTable) -> None:
    assert (table.id, table.regime, table.instrument) == ("nd331-2026-penalties", "nd331-2026", "nd-xu-phat")
    assert table.checked_on == date(2026, 11, 22)
    assert "không rõ trang đăng" in table.source_note
    assert "từ Điều 44 đến Điều 69" in table.source_note


def test_the_instrument_is_one_the_regime_registers() -> None:
    assert "code: nd-xu-phat" in "".join(
        path.read_text(encoding="utf-8") for path in (FOLDER / "regime.yaml", FOLDER.parent / "instruments.yaml")
        if path.exists()
    )  # fmt: skip


def test_every_act_has_an_id_of_its_own_that_reads_as_its_clause(table: PenaltyTable) -> None:
    assert len({one.id for one in table.penalties}) == len(table.penalties) == 83
    for one in table.penalties:
        article, clause, point = re.fullmatch(r"d(\d+)\.(\d)(?:-(\w+))?", one.id).groups()  # type: ignore[union-attr]
        letter = f"điểm {point.replace('dd', 'đ')} " if point else ""
        assert one.citation == f"{letter}khoản {clause} Điều {article} {DECREE}", one.id


def test_every_citation_is_of_an_article_the_decree_has(table: PenaltyTable) -> None:
    cited = [one.citation for one in table.penalties] + [rule.citation for rule in table.rules]
    cited.append(table.factor_citation)
    for citation in cited:
        assert citation.endswith(DECREE)
        numbers = [int(number) for number in re.findall(r"Điều (\d+)", citation)]
        assert all(1 <= number <= LAST_ARTICLE for number in numbers), citation
        assert numbers or citation.startswith("Mục 6"), citation


def test_sentences_are_whole_and_composed(table: PenaltyTable) -> None:
    sentences = [text for one in table.penalties for text in (one.act, one.scope, one.uncertain or ".")]
    sentences += [text for rule in table.rules for text in (rule.statement, rule.uncertain or ".")]
    for sentence in sentences:
        assert sentence.endswith("."), sentence
        assert unicodedata.is_normalized("NFC", sentence), sentence
        assert sentence == " ".join(sentence.split()), sentence
    acts = [one.act for one in table.penalties]
    assert len(acts) == len(set(acts))


@pytest.mark.parametrize(
    ("identifiers", "least", "most", "levels"),
    [
        (("d21.1-a", "d21.1-b", "d21.1-c", "d21.1-d"), 10, 20, EVERY),
        (("d21.2-a", "d21.2-b"), 20, 30, EVERY),
        (("d21.3-a", "d21.3-b", "d21.3-c", "d21.3-d", "d21.3-dd"), 30, 50, EVERY),
        (("d21.4-a", "d21.4-h", "d21.4-k"), 50, 70, EVERY),
        (("d22.1-a",), 15, 30, EVERY),
        (("d22.2-b", "d22.2-c"), 30, 50, EVERY),
        (("d23.1-a",), 20, 30, EVERY),
        (("d23.1-b", "d23.1-c", "d23.1-d"), 20, 30, (3, 4, 5)),
        (("d23.2-a", "d23.2-b", "d23.2-c", "d23.2-d"), 30, 50, EVERY),
        (("d24.1",), 20, 30, EVERY),
        (("d24.2",), 30, 50, (5,)),
        (("d26.1-a", "d26.1-b"), 20, 30, EVERY),
        (("d26.2-a", "d26.2-b"), 30, 40, (5,)),
        (("d26.3-a", "d26.3-k", "d26.3-l"), 40, 50, (5,)),
        (("d26.4-a", "d26.4-c", "d26.4-h"), 50, 70, (5,)),
        (("d27.1-a", "d27.1-b", "d27.1-c"), 25, 50, (1, 2, 3, 4)),
        (("d18.1-a", "d18.1-g", "d31.1-b", "d32.1-a"), 25, 50, EVERY),
        (("d12.1-b", "d25.1-a"), 10, 20, EVERY),
        (("d34.1-c",), 20, 30, EVERY),
        (("d25.3",), 30, 50, EVERY),
        (("d25.4",), 50, 70, EVERY),
    ],
)
def test_an_act_costs_what_the_decree_prints(
    table: PenaltyTable, identifiers: tuple[str, ...], least: int, most: int, levels: tuple[int, ...]
) -> None:
    for identifier in identifiers:
        fine = _fine(table, identifier)
        assert (fine.least, fine.most, fine.levels) == (least * MILLION, most * MILLION, levels), identifier
        assert table.for_organization(fine) == (2 * least * MILLION, 2 * most * MILLION)


def test_forces_must_stand_ready_whether_or_not_anybody_asks(table: PenaltyTable) -> None:
    assert "không đợi có yêu cầu" in _fine(table, "d18.1-g").scope
    assert "yêu cầu phối hợp" in _fine(table, "d18.1-d").scope


def test_an_organisation_pays_twice_and_never_more_than_the_ceiling(table: PenaltyTable) -> None:
    assert (table.factor, table.factor_citation) == (2, f"khoản 1 Điều 7 {DECREE}")
    assert max(table.for_organization(one)[1] for one in table.penalties) <= 200 * MILLION
    assert max(one.most for one in table.penalties) <= 100 * MILLION


def test_points_of_one_clause_cost_the_same(table: PenaltyTable) -> None:
    amounts: dict[str, set[tuple[int, int]]] = {}
    for one in table.penalties:
        amounts.setdefault(one.id.split("-")[0], set()).add((one.least, one.most))
    assert [clause for clause, found in amounts.items() if len(found) > 1] == []


def test_points_of_the_clauses_meant_for_owners_are_all_there(table: PenaltyTable) -> None:
    counts: dict[str, int] = {}
    for one in table.penalties:
        clause = one.id.split("-")[0]
        counts[clause] = counts.get(clause, 0) + 1
    expected = {"d18.1": 7, "d21.1": 4, "d21.2": 2, "d21.3": 5, "d21.4": 10, "d23.1": 4, "d23.2": 4, "d26.1": 4,
                "d26.2": 2, "d26.3": 11, "d26.4": 8, "d27.1": 3}  # fmt: skip
    assert {clause: counts[clause] for clause in expected} == expected


def test_it_is_told_that_state_bodies_are_not_settled(table: PenaltyTable) -> None:
    (rule,) = [one for one in table.rules if one.id == "state-body"]
    assert "Ủy ban nhân dân xã" in rule.statement
    assert rule.statement.startswith("Chưa thấy quy định")
    assert "Luật Xử lý vi phạm hành chính" in rule.uncertain


def test_the_missing_dossier_is_named_twice_and_the_reader_is_told(table: PenaltyTable) -> None:
    assert "khoản 1 Điều 24" in _fine(table, "d23.1-b").uncertain
    assert "điểm b khoản 1 Điều 23" in _fine(table, "d24.1").uncertain
    assert "cấp độ 1, 2" in _fine(table, "d24.1").scope
    assert "Cấp độ 1, 2 chỉ có thể theo khoản 1 Điều 24" in _rules(table)["overlap-dossier"]


def test_no_fine_was_found_for_a_late_yearly_report(table: PenaltyTable) -> None:
    assert "Mẫu số 08" in _rules(table)["late-report"]
    assert not [one.id for one in table.penalties if "Mẫu số 08" in one.act]


@pytest.mark.parametrize(
    ("identifier", "citation", "words"),
    [
        ("limitation", f"khoản 1 Điều 3 {DECREE}", "01 năm"),
        ("ceiling", f"khoản 3 Điều 7 {DECREE}", "200.000.000 đồng đối với tổ chức"),
        ("double", f"khoản 1 Điều 7 {DECREE}", "hai lần"),
        ("powers-individual", f"khoản 2 Điều 7 {DECREE}", "một nửa"),
        ("repeat-23", f"khoản 3 Điều 23 {DECREE}", "từ 01 tháng đến 06 tháng"),
        ("repeat-24", f"khoản 3 Điều 24 {DECREE}", "từ 01 tháng đến 03 tháng"),
        ("remedies-23", f"khoản 4 Điều 23 {DECREE}", "khôi phục tình trạng ban đầu"),
        ("remedies-24", f"khoản 4 Điều 24 {DECREE}", "loại bỏ yếu tố vi phạm"),
        ("remedies-18", f"khoản 2 Điều 18 {DECREE}", "ngăn chặn, khắc phục nguy cơ"),
        ("remedies-25", f"khoản 5 Điều 25 {DECREE}", "khôi phục hoạt động bình thường"),
        ("remedies-26", f"khoản 5 Điều 26 {DECREE}", "cải chính kết quả thẩm định"),
        ("extra-13", f"điểm b khoản 2 và điểm a khoản 3 Điều 13 {DECREE}", "từ 01 tháng đến 03 tháng"),
        ("extra-32", f"khoản 2 và khoản 3 Điều 32 {DECREE}", "thu hồi tên miền"),
        ("who-fines-commune-police", f"điểm b và điểm đ khoản 2 Điều 72 {DECREE}", "100.000.000 đồng"),
        ("who-fines-commune-chair", f"điểm b và điểm đ khoản 1 Điều 73 {DECREE}", "100.000.000 đồng"),
        ("who-fines-province", f"điểm b khoản 5 Điều 72 và điểm b khoản 2 Điều 73 {DECREE}", "200.000.000 đồng"),
    ],
)
def test_the_rules_around_the_fines(table: PenaltyTable, identifier: str, citation: str, words: str) -> None:
    (rule,) = [one for one in table.rules if one.id == identifier]
    assert rule.citation == citation
    assert words in rule.statement
