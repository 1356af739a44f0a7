"""Whether the register of instruments is sound: unique, dated, and honest about what ended."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.domain.instrument import Instrument, InstrumentRegister
from compliance.domain.misfit import Misfit, doubles, unless_known


def register_misfits(register: InstrumentRegister) -> list[Misfit]:
    """Everything that does not fit inside the register; empty when it is sound."""
    codes = {one.code for one in register.instruments}
    found = doubles("instruments", (one.code for one in register.instruments))
    for one in register.instruments:
        for code in one.successors:
            found += unless_known(f"instruments.{one.code}.successors", code, codes)
        found += ((f"instruments.{one.code}.{place}", sentence) for place, sentence in _dates(one))
    return found


def _dates(one: Instrument) -> Iterator[Misfit]:
    if one.in_force_from is None and not (one.status_unknown or one.uncertain):
        yield "in_force_from", "chưa ghi ngày có hiệu lực; nếu chưa biết thì nói ở mục uncertain."
    if one.ended_on is not None and not one.ended_by:
        yield "ended_by", "ghi hết hiệu lực thì phải nêu điều khoản làm hết hiệu lực."
    if one.overtaken_from is not None and not one.successors:
        yield "successors", "đã có quy định mới thay về nội dung thì phải nêu quy định mới."
    began = one.in_force_from
    for name, day in (("ended_on", one.ended_on), ("overtaken_from", one.overtaken_from)):
        if began is not None and day is not None and day <= began:
            yield name, "sớm hơn ngày có hiệu lực."
