"""Levels: explain one, ask what is open, list all, judge bare facts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.output import next_step, say, show_json, show_json_lines, show_table

if TYPE_CHECKING:
    from compliance.domain.condition import Facts
    from compliance.domain.question import Question
    from compliance.domain.regime import Regime
    from compliance.services.classifications import ClassifiedSystem

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

SystemArgument = Annotated[str, typer.Argument(metavar="MÃ-HỆ-THỐNG", help="Mã của hệ thống thông tin.")]


@app.command("list")
def list_levels(workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """Cấp độ của mọi hệ thống trong danh mục và những gì còn thiếu."""
    from compliance.cli.explanation import level_text
    from compliance.services.classifications import classify_all

    with opened(workspace) as office:
        results = classify_all(office, day(today))
    if as_json:
        show_json([_brief(result) for result in results])
        return
    rows = [
        (
            result.system.id,
            result.system.name,
            result.system.ownership.label,
            level_text(result),
            _standing(result),
        )
        for result in results
    ]
    show_table(rows, ("Mã", "Hệ thống", "Quyền", "Cấp độ", "Còn phải xem"), widths=(0, 34, 14, 22, 30))
    _say_next_for_all(results)


@app.command()
def explain(
    system: SystemArgument, workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False
) -> None:
    """Giải thích cấp độ của một hệ thống: từng tiêu chí, căn cứ, câu hỏi còn ngỏ và điểm luật chưa rõ."""
    from compliance.cli.explanation import next_act, say_explanation
    from compliance.services.classifications import classify_system

    with opened(workspace) as office:
        result = classify_system(office, system, on := day(today))
    if as_json:
        show_json(_full(result))
        return
    say_explanation(result, on)
    next_step(next_act(result))


@app.command()
def ask(
    system: SystemArgument,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Hỏi cả các câu chỉ để đối chiếu, không chỉ câu quyết định cấp độ.")
    ] = False,
) -> None:
    """Hỏi lần lượt các câu còn ngỏ của một hệ thống; mỗi câu trả lời được lưu ngay."""
    from compliance.cli.explanation import next_act
    from compliance.cli.interview import interview
    from compliance.services import classifications, regimes, systems

    on = day(today)
    with opened(workspace) as office:
        record = systems.system(office, system)
        regime = regimes.regime(None, on)
        interview(
            f"{record.name} ({record.id})",
            record.facts,
            waiting=lambda facts: _waiting(regime, facts, every),
            keep=lambda question, value: classifications.answer(office, system, question.id, value, today=on).facts,
        )
        result = classifications.classify_system(office, system, on)
    say(f"\n{result.system.name}: {result.classification.label}")
    next_step(next_act(result))


@app.command()
def probe(
    facts: Annotated[
        Path, typer.Argument(metavar="TỆP.jsonl", help="Mỗi dòng một đối tượng JSON; - là đầu vào chuẩn.")
    ],
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xác định cấp độ cho các dòng dữ kiện JSONL, không cần thư mục hồ sơ; dùng cho chương trình khác."""
    from compliance.services.probes import probe as judged
    from compliance.services.regimes import regime

    with _text_of(facts) as lines:
        results = judged(lines, regime(None, day(today)), facts.name)
    if as_json:
        show_json_lines(results)
        return
    rows = [
        (one["id"], one["level"], "Có" if one["decided"] else "Chưa", _joined(one["grey_zones"])) for one in results
    ]
    show_table(rows, ("Mã", "Cấp độ", "Đã đủ căn cứ", "Điểm luật còn ngỏ"))
    next_step("thêm --json để xem căn cứ và các câu hỏi còn ngỏ của từng dòng.")


@contextmanager
def _text_of(path: Path) -> Iterator[TextIO]:
    from compliance.errors import BadData, NotFound

    try:
        if str(path) == "-":
            yield sys.stdin
            return
        with path.open(encoding="utf-8") as file:
            yield file
    except OSError:
        raise NotFound(f"Không mở được tệp {path}. Hãy kiểm tra lại đường dẫn.") from None
    except UnicodeDecodeError:
        raise BadData(f"Tệp {path} không phải chữ UTF-8. Hãy lưu lại tệp theo bảng mã UTF-8.") from None


def _joined(codes: list[str]) -> str:
    return ", ".join(codes)


def _standing(result: ClassifiedSystem) -> str:
    from compliance.cli.explanation import is_used

    found = result.classification
    parts = [
        f"{len(found.open)} tiêu chí còn ngỏ" if found.open and not is_used(result) else "",
        f"{len(result.findings)} điểm cần xem lại" if result.findings else "",
        f"{len(found.grey_zones)} điểm luật chưa rõ" if found.grey_zones else "",
    ]
    return "; ".join(part for part in parts if part)


def _brief(result: ClassifiedSystem) -> dict[str, object]:
    found = result.classification
    return {
        "id": result.system.id,
        "name": result.system.name,
        "ownership": result.system.ownership.value,
        "level": found.level,
        "decided": found.decided,
        "at_least": found.at_least,
        "grounds": [{"criterion": one.criterion, "citation": one.citation} for one in found.grounds],
        "open": [one.criterion for one in found.open],
        "findings": [one.rule for one in result.findings],
        "grey_zones": [zone.code for zone in found.grey_zones],
    }


def _full(result: ClassifiedSystem) -> dict[str, object]:
    from compliance.cli.explanation import open_questions_of

    return {
        "id": result.system.id,
        "name": result.system.name,
        "ownership": result.system.ownership.value,
        **result.classification.model_dump(mode="json"),
        "findings": [finding.model_dump(mode="json") for finding in result.findings],
        "questions": [
            {"fact": question.id, "label": question.label, "ask_whom": question.ask_whom}
            for question in open_questions_of(result)
        ],
    }


def _waiting(regime: Regime, facts: Facts, every: bool) -> tuple[Question, ...]:
    from compliance.domain.asking import askable_questions, unanswered_questions

    waiting = askable_questions(regime, facts)
    return (*waiting, *unanswered_questions(regime, facts)) if every else waiting


def _say_next_for_all(results: tuple[ClassifiedSystem, ...]) -> None:
    from compliance.cli.explanation import is_used, next_act

    if not results:
        next_step("nhập danh mục hệ thống: compliance systems import TỆP.xlsx")
        return
    waiting = next((one for one in results if one.classification.open and not is_used(one)), None)
    if waiting is not None:
        next_step(next_act(waiting))
        return
    next_step(f"xem căn cứ của từng hệ thống: compliance classifications explain {results[0].system.id}")
