"""Two levels or two regimes side by side, and what the change means for answers already given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, opened
from compliance.cli.law_pages import LevelOption, marked, say_unchecked
from compliance.cli.output import next_step, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.domain.carrying import Effect
    from compliance.domain.comparison import ChangedPoint, Difference, Pair
    from compliance.services.comparisons import Comparison, Edition


def diff(
    before: Annotated[str, typer.Argument(metavar="TRƯỚC", help="Mã bộ quy định, mã:cấp-độ, hoặc một cấp độ.")],
    after: Annotated[str, typer.Argument(metavar="SAU", help="Như trên; cùng bộ quy định thì nêu hai cấp độ.")],
    level: LevelOption = None,
    system: Annotated[
        str | None,
        typer.Option(
            "--system", metavar="MÃ-HỆ-THỐNG", help="Xem thay đổi này làm các câu trả lời đã có của hệ thống ra sao."
        ),
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """So sánh hai cấp độ hoặc hai bộ quy định: mới, không còn, chặt hơn, nới hơn, giữ nguyên."""
    from compliance.services.comparisons import answers_after, compare, edition

    on = day(today)
    found = compare(edition(before, level, on), edition(after, level, on))
    effect = None
    if system is not None:
        with opened(workspace) as office:
            effect = answers_after(office, system, found)
    if as_json:
        show_json(_plain_comparison(found, effect))
        return
    _say_comparison(found)
    say_unchecked(found.after.regime, on)
    if effect is not None:
        _say_effect(system or "", effect)
    next_step(
        f"xem thay đổi với một hệ thống: compliance regimes diff {before} {after} --system MÃ-HỆ-THỐNG"
        if effect is None
        else "đánh giá lại các yêu cầu nêu trên, ghi vào trang “Biện pháp” của bảng kê rồi nhập lại."
    )


def _differences() -> tuple[Difference, ...]:
    from compliance.domain.comparison import Difference

    return tuple(Difference)


def _say_comparison(found: Comparison) -> None:
    say(f"Trước: {found.before.label}\nSau:   {found.after.label}")
    if found.points:
        say("\nQuy định thay đổi:")
        rows = [
            (one.difference.label, one.matter, one.before, one.after + marked(one.uncertain), _cited(one))
            for one in found.points
        ]
        show_table(rows, ("", "Nội dung", "Trước", "Sau", "Căn cứ"), widths=(10, 22, 36, 36, 30))
    for title, pairs in (("Yêu cầu cơ bản", found.requirements), ("Nghĩa vụ theo nghị định", found.duties)):
        if not pairs:
            continue
        counts = (f"{one.label.lower()} {_count(pairs, one)}" for one in _differences())
        say(f"\n{title}: {', '.join(counts)}.")
        rows = [
            (one.difference.label, ", ".join(one.before), ", ".join(_few(one.after)), one.statement, one.note)
            for kind in _differences()
            for one in pairs
            if one.difference is kind and kind.value != "same"
        ]
        if rows:
            show_table(rows, ("", "Trước", "Sau", "Yêu cầu", "Khác ở đâu"), widths=(10, 16, 16, 60, 34))


_ENOUGH = 6


def _few(ids: Sequence[str]) -> list[str]:
    return [*ids[:_ENOUGH], f"… ({len(ids)} mục)"] if len(ids) > _ENOUGH else list(ids)


def _cited(one: ChangedPoint) -> str:
    return " → ".join(text for text in (one.before_citation, one.after_citation) if text)


def _count(pairs: Iterable[Pair], kind: Difference) -> int:
    return sum(pair.difference is kind for pair in pairs)


def _say_effect(system: str, effect: Effect) -> None:
    say(f"\nVới hệ thống {system}:")
    say(f"  - {len(effect.holds)} câu trả lời vẫn dùng được.")
    say(f"  - {len(effect.ask_again)} yêu cầu phải đánh giá lại:")
    for one in effect.ask_again:
        say(f"      {one.after} (trước: {', '.join(one.before)}): {one.why}")
    say(f"  - {len(effect.new)} yêu cầu chưa có câu trả lời.")
    say(f"  - {len(effect.dropped)} câu trả lời không còn dùng tới.")


def _plain_comparison(found: Comparison, effect: Effect | None) -> dict[str, Any]:
    plain: dict[str, Any] = {"before": _plain_edition(found.before), "after": _plain_edition(found.after)}
    for kind in _differences():
        plain[kind.value] = [
            {"part": part, **pair.model_dump(mode="json", exclude={"difference"})}
            for part, pairs in (("requirements", found.requirements), ("duties", found.duties))
            for pair in pairs
            if pair.difference is kind
        ]
        plain[kind.value] += [
            {"part": "rules", **one.model_dump(mode="json", exclude={"difference"})}
            for one in found.points
            if one.difference is kind
        ]
    if effect is not None:
        plain["answers"] = effect.model_dump(mode="json")
    return plain


def _plain_edition(one: Edition) -> dict[str, Any]:
    return {"regime": one.regime.id, "level": one.level, "title": one.label}
