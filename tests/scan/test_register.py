"""The register of instruments: what it must hold, and the faults it is refused for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.adapters.law import data_root, load_register
from compliance.domain.instrument import InstrumentRegister
from compliance.errors import DataFault

Changed = Callable[[Callable[[dict[str, Any]], object]], list[str]]


@pytest.fixture
def refused(tmp_path: Path) -> Changed:
    """The faults of the shipped register after a change."""

    def faults(change: Callable[[dict[str, Any]], object]) -> list[str]:
        raw = yaml.safe_load((data_root() / "checklists" / "instruments.yaml").read_text(encoding="utf-8"))
        change(raw)
        (tmp_path / "checklists").mkdir()
        text = yaml.safe_dump(raw, allow_unicode=True)
        (tmp_path / "checklists" / "instruments.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(DataFault) as caught:
            load_register(tmp_path)
        return [str(fault) for fault in caught.value.faults]

    return faults


def entry(raw: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in raw["instruments"] if one["code"] == code)
    return found


def test_every_instrument_says_what_it_rests_on(register: InstrumentRegister) -> None:
    for one in register.instruments:
        assert one.source or one.mark.value in {"memory", "unsure"}, one.code
        if one.mark.value in {"memory", "unsure"}:
            assert one.status_unknown or one.uncertain, one.code


def test_only_an_express_clause_ends_an_instrument(register: InstrumentRegister) -> None:
    for one in register.instruments:
        assert bool(one.ended_on) == bool(one.ended_by), one.code
        if one.ended_on:
            assert "Điều" in one.ended_by, one.code


def test_the_papers_of_the_old_regime_are_there(register: InstrumentRegister) -> None:
    wanted = {"luat-attt-mang", "luat-anm-2018", "nd-cap-do-cu", "tt-chi-tiet-nd-cu", "tt-chi-tiet-nd-cu-2017"}
    assert wanted | {"tcvn-yeu-cau-co-ban-cu"} <= {one.code for one in register.instruments}


def test_a_name_of_two_instruments_may_not_stand_under_also(refused: Changed) -> None:
    faults = refused(lambda raw: entry(raw, "luat-anm").update(also=["Luật ANM"]))
    assert any("luat-anm.also" in fault and "names" in fault for fault in faults)


def test_a_number_may_stand_once(refused: Changed) -> None:
    faults = refused(lambda raw: entry(raw, "nd-cap-do").update(number="85/2016/ND-CP"))
    assert any("nd-cap-do.number" in fault for fault in faults)


def test_a_successor_must_exist(refused: Changed) -> None:
    faults = refused(lambda raw: entry(raw, "nd-cap-do-cu").update(successors=["nd-cap-do-moi"]))
    assert any("nd-cap-do-cu.successors" in fault and "nd-cap-do" in fault for fault in faults)


def test_an_end_without_its_clause_is_refused(refused: Changed) -> None:
    faults = refused(lambda raw: entry(raw, "luat-attt-mang").pop("ended_by"))
    assert any("luat-attt-mang.ended_by" in fault for fault in faults)


def test_successors_may_not_lead_round_in_a_circle(refused: Changed) -> None:
    faults = refused(lambda raw: entry(raw, "nd-cap-do").update(successors=["nd-cap-do-cu"]))
    assert any("vòng lại" in fault for fault in faults)


def test_a_form_needs_the_place_of_its_number(refused: Changed) -> None:
    faults = refused(lambda raw: raw["false_friends"].append("trường cấp ba"))
    assert any("thiếu dấu #" in fault for fault in faults)
