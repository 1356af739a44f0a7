"""What an officer typed in options, read into values; every fault is kept and told together at the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compliance.adapters.workspace import Workspace
from compliance.domain.answer_rules import LONGEST
from compliance.domain.paper import Paper
from compliance.domain.secret_words import names_secret, tells_secret
from compliance.domain.wording import date_text, number_text, one_line, typed
from compliance.domain.written import read_date, read_paper
from compliance.errors import BadData, Fault, NotFound
from compliance.services.records import head_of

_LONGEST_LINE = 300
_NEVER_KEPT = (
    "chương trình không bao giờ lưu mật khẩu, mã PIN; hãy chỉ ghi số hiệu hoặc tên in trên thiết bị, tài khoản."
)


class TypedOptions:
    """Reads options one by one; :meth:`refuse` tells every fault."""

    def __init__(self, workspace: Workspace, called: str) -> None:
        self._workspace = workspace
        self._called = called
        self._faults: list[Fault] = []

    def fault(self, sentence: str, option: str = "") -> None:
        """Keep a fault."""
        self._faults.append(Fault(sentence, column=option))

    def day(self, said: date | str | None, option: str) -> date | None:
        """The day an option names; ``None`` where nothing was said or it cannot be read."""
        if not isinstance(said, str) or not said.strip():
            return said if isinstance(said, date) else None
        try:
            return read_date(said)
        except ValueError as error:
            self.fault(str(error), option)
            return None

    def past_day(self, said: date | str | None, option: str, today: date) -> date | None:
        """The same for something that has happened: it cannot lie ahead; ``today`` where nothing was said."""
        day = self.day(said, option) if said else today
        if day is not None and day > today:
            self.fault(f"ngày {date_text(day)} chưa tới; việc đã làm mới được ghi.", option)
        return day

    def line(self, said: str, option: str, *, secret: bool = False) -> str:
        """A short text in one line; ``secret``: it must not even look like a password."""
        text = one_line(said)
        if len(text) > _LONGEST_LINE:
            self.fault(f"nội dung dài quá {_LONGEST_LINE} ký tự; hãy viết gọn lại.", option)
        if names_secret(text) if secret else tells_secret(text):
            self.fault(_NEVER_KEPT, option)
        return text

    def remark(self, said: str, option: str) -> str:
        """A longer text."""
        text = typed(said)
        if len(text) > LONGEST:
            self.fault(f"nội dung dài quá {number_text(LONGEST)} ký tự; hãy viết gọn lại.", option)
        if tells_secret(text):
            self.fault(_NEVER_KEPT, option)
        return text

    def unit(self, said: str, option: str = "--unit") -> str:
        """The id of a recorded unit; empty where none was named."""
        if said:
            self._known("unit", said, option)
        return said

    def systems(self, said: Iterable[str], option: str = "--system") -> tuple[str, ...]:
        """The ids of recorded systems, each once."""
        ids = tuple(dict.fromkeys(said))
        for id_ in ids:
            self._known("system", id_, option)
        return ids

    def paper(
        self, cited: str, dated: date | str | None = None, issuer: str = "", option: str = "--paper"
    ) -> Paper | None:
        """A decision as typed; day and issuer may stand in it or beside it."""
        text, day, by = (
            self.line(cited, option),
            self.day(dated, f"{option}-date"),
            self.line(issuer, f"{option}-issuer"),
        )
        if not text:
            if day or by:
                self.fault("có ngày hoặc nơi ban hành nhưng chưa ghi số, tên văn bản.", option)
            return None
        try:
            found = read_paper(text)
        except ValueError as error:
            self.fault(str(error), option)
            return None
        said = {"issued_on": day} if day else {}
        return found.model_copy(update={**said, **({"issuer": by} if by else {})})

    def refuse(self) -> None:
        """Tell everything that stands against it.

        Raises:
            BadData: at least one fault was kept.
        """
        if self._faults:
            raise BadData(f"{self._called} có {len(self._faults)} lỗi; chưa lưu gì. Hãy sửa rồi làm lại.", self._faults)

    def _known(self, kind: str, id_: str, option: str) -> None:
        try:
            head_of(self._workspace, kind, id_)
        except NotFound as error:
            self.fault(str(error), option)
