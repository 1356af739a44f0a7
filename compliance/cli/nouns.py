"""The nouns of the program: each group of commands is loaded when it is asked for, so that starting stays fast."""

from __future__ import annotations

from collections.abc import MutableMapping
from importlib import import_module
from typing import Any, cast

import typer.main
from typer.core import TyperGroup

from compliance.cli.boundary import ErrorBoundaryGroup

NOUNS = {
    "systems": "Hệ thống thông tin: nhập, xuất, xem danh mục.",
    "organizations": "Cơ quan, đơn vị và vai trò của từng nơi.",
    "classifications": "Xác định cấp độ và giải thích căn cứ.",
    "dossiers": "Hồ sơ đề xuất cấp độ.",
    "assessments": "Kiểm tra, đánh giá an ninh mạng theo danh mục của cấp độ.",
    "evidence": "Minh chứng: tệp, giấy tờ, ghi nhận tại chỗ.",
    "findings": "Tồn tại sau kiểm tra và việc khắc phục.",
    "checks": "Những việc máy tính xem giúp được: trang web, tên miền thư, máy này.",
    "assignments": "Phân công, thiết bị và tài khoản đã giao, hợp đồng, bàn giao.",
    "mornings": "Kiểm tra đầu giờ: Internet, máy tính, máy in, phần mềm đang dùng.",
    "reports": "Báo cáo năm, tuần, tháng: lập, giải thích số liệu, phát hành.",
    "duties": "Việc phải làm theo quy định: hạn, ghi nhận đã làm, kế hoạch năm, lịch.",
    "incidents": "Sự cố an ninh mạng: ghi nhận, thời hạn báo cáo, đã gửi gì, danh bạ liên hệ.",
    "forms": "Biểu mẫu: xem, in thử, sửa riêng cho cơ quan.",
    "regimes": "Quy định: xem, so sánh, chuyển tiếp, quét viện dẫn cũ.",
}
"""Each noun is the name of a module of this package whose ``app`` holds its verbs; the text is its help."""


class Noun(TyperGroup):
    """A group whose commands are built from their module the first time anybody looks."""

    def __init__(self, name: str, told: str) -> None:
        self._built: MutableMapping[str, Any] | None = None
        super().__init__(name=name, help=told, no_args_is_help=True, rich_markup_mode=None)

    @property
    def commands(self) -> MutableMapping[str, Any]:
        """The verbs by name."""
        if self._built is None:
            app = import_module(f"{__package__}.{self.name}").app
            self._built = cast(TyperGroup, typer.main.get_command(app)).commands
        return self._built

    @commands.setter
    def commands(self, given: MutableMapping[str, Any]) -> None:
        """The base class begins with none; they are built later."""


class Program(ErrorBoundaryGroup):
    """The root group: its own commands, then the nouns."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands.update({name: Noun(name, told) for name, told in NOUNS.items()})
