"""The columns of an inventory that a risk assessment asks for (Đ10.3; for levels 4 and 5 also Đ22.5)."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.domain.column import Column, ColumnKind

RANKS: Mapping[str, tuple[str, ...]] = {
    "critical": ("Trọng yếu", "Đặc biệt quan trọng", "Rất quan trọng"),
    "important": ("Quan trọng",),
    "ordinary": ("Thông thường", "Bình thường", "Ít quan trọng"),
}
DEGREES: Mapping[str, tuple[str, ...]] = {
    "low": ("Thấp", "Nhẹ", "Ít khi"),
    "medium": ("Trung bình", "Vừa"),
    "high": ("Cao", "Nghiêm trọng", "Thường xuyên"),
}
OCCASIONS: Mapping[str, tuple[str, ...]] = {
    "first_level": ("Xác định cấp độ lần đầu", "Lần đầu"),
    "change": ("Thay đổi chức năng, phạm vi, người dùng, loại thông tin hoặc công nghệ", "Có thay đổi", "Thay đổi"),
    "extension": ("Mở rộng, tích hợp, kết nối hoặc chia sẻ dữ liệu", "Mở rộng", "Kết nối mới"),
    "incident": ("Sự cố nghiêm trọng hoặc nguy cơ cao", "Sau sự cố", "Sự cố"),
    "request": ("Cơ quan có thẩm quyền yêu cầu", "Theo yêu cầu"),
}

# A table of columns reads better packed.
# fmt: off
RANK = Column("rank", "Mức độ quan trọng", ColumnKind.CHOICE, ("Thứ tự quan trọng", "Phân loại tài sản"),
              "Để xếp tài sản theo thứ tự quan trọng trong báo cáo đánh giá rủi ro.", "Trọng yếu", choices=RANKS,
              width=16)
RISK_COLUMNS = (
    Column("threat", "Mối đe dọa, rủi ro chính", ColumnKind.TEXT, ("Rủi ro", "Nguy cơ", "Nguy cơ, rủi ro",
           "Mối đe dọa", "Mối đe dọa, rủi ro", "Tên rủi ro"), "", "Lộ tài khoản của công chức một cửa", required=True,
           width=40),
    Column("weakness", "Điểm yếu, lỗ hổng", ColumnKind.TEXT, ("Điểm yếu", "Lỗ hổng", "Lỗ hổng bảo mật",
           "Điểm yếu, lỗ hổng bảo mật"), "Chỗ yếu mà mối đe dọa lợi dụng, dễ hay khó bị khai thác.",
           "Mật khẩu dùng chung, chưa xác thực hai yếu tố", width=36),
    Column("likelihood", "Khả năng xảy ra", ColumnKind.CHOICE, ("Khả năng", "Xác suất", "Khả năng xảy ra sự cố"),
           "Chọn trong danh sách.", "Trung bình", choices=DEGREES, width=14),
    Column("impact", "Tác động dự kiến", ColumnKind.TEXT, ("Tác động", "Hậu quả", "Ảnh hưởng"), "",
           "Lộ thông tin cá nhân trong hồ sơ", width=36),
    Column("severity", "Mức độ tác động", ColumnKind.CHOICE, ("Mức tác động", "Mức độ nghiêm trọng",
           "Mức độ hậu quả"), "Chọn trong danh sách.", "Cao", choices=DEGREES, width=14),
    Column("interest", "Lợi ích bị ảnh hưởng", ColumnKind.TEXT, ("Đối tượng bị ảnh hưởng", "Lợi ích bị xâm hại"),
           "An ninh quốc gia; trật tự, an toàn xã hội; quyền và lợi ích hợp pháp của ai; lợi ích công cộng.",
           "Quyền, lợi ích hợp pháp của người nộp hồ sơ", width=36),
    Column("treatment", "Biện pháp xử lý", ColumnKind.TEXT, ("Biện pháp", "Cách xử lý", "Biện pháp giảm thiểu"), "",
           "Xác thực hai yếu tố", width=36),
    Column("responsible_unit_id", "Đơn vị thực hiện", ColumnKind.UNIT, ("Đơn vị chịu trách nhiệm", "Trách nhiệm",
           "Đơn vị xử lý"),
           "Ghi mã đơn vị hoặc đúng tên đơn vị ở trang “Đơn vị”."),
    Column("due", "Thời hạn xử lý", ColumnKind.DATE, ("Thời hạn", "Hạn hoàn thành"), "Ngày/tháng/năm.", "31/12/2026",
           width=16),
)
"""A risk but for the columns every part has."""
SYSTEM_RISK_COLUMNS = (
    Column("risk_assessed_on", "Ngày đánh giá rủi ro", ColumnKind.DATE, ("Ngày lập báo cáo đánh giá rủi ro",),
           "Ngày/tháng/năm của lần đánh giá gần nhất.", "10/11/2026", width=16),
    Column("risk_occasion", "Trường hợp phải đánh giá rủi ro", ColumnKind.CHOICE, ("Lý do đánh giá rủi ro",
           "Trường hợp đánh giá rủi ro"), "Chọn trong danh sách.", "Xác định cấp độ lần đầu", choices=OCCASIONS,
           width=30),
    Column("critical_assets", "Chức năng, tài sản trọng yếu", ColumnKind.TEXT, ("Tài sản trọng yếu",
           "Tài sản quan trọng", "Chức năng trọng yếu"),
           "Chức năng nào không được ngừng, dữ liệu nào không được mất hay lộ; vai trò của từng thứ.",
           "Cơ sở dữ liệu hồ sơ: mất thì không giải quyết được thủ tục", width=40),
    Column("current_capacity", "Năng lực bảo đảm ANM hiện có", ColumnKind.TEXT, ("Năng lực hiện có",
           "Năng lực ứng phó sự cố"),
           "Người, thiết bị, quy trình đang có để phòng ngừa, phát hiện, ứng phó, khắc phục.",
           "Có tường lửa, chống mã độc; sao lưu hằng tuần; chưa có người trực ngoài giờ", width=40),
    Column("risk_communication", "Truyền thông, báo cáo về rủi ro", ColumnKind.TEXT, ("Truyền thông rủi ro",
           "Báo cáo rủi ro"), "Đã hoặc sẽ phổ biến cho ai, báo cáo cơ quan nào, bằng văn bản nào, khi nào.",
           "Phổ biến tại họp giao ban tháng 11/2026; báo cáo Công an tỉnh", width=40),
    Column("public_impact", "Ảnh hưởng tới lợi ích công cộng, trật tự, an ninh quốc gia", ColumnKind.TEXT,
           ("Ảnh hưởng tới lợi ích công cộng", "Ảnh hưởng tới lợi ích công cộng, trật tự, ANQG"),
           "Phạm vi và mức độ ảnh hưởng khi hệ thống bị tấn công hoặc gián đoạn; bắt buộc với cấp độ 4, cấp độ 5.", "",
           width=40),
    Column("continuity_need", "Thuyết minh yêu cầu vận hành 24/7", ColumnKind.TEXT,
           ("Lý do phải vận hành 24/7", "Thuyết minh vận hành liên tục"),
           "Vì sao phải chạy 24/7 và không được ngừng ngoài kế hoạch; cho hệ thống quốc gia ở cấp độ 4, cấp độ 5.", "",
           width=40),
)
"""What is said of the system as a whole."""
# fmt: on
