"""The columns of an inventory workbook: what each is called, how offices also write it, what it may hold.

One table per sheet. The columns of the facts that decide the level are not listed here: they follow from the
questions of the regime (:func:`tables`), so a new decree brings its own columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compliance.adapters.inventory_risk_columns import RANK, RISK_COLUMNS, SYSTEM_RISK_COLUMNS
from compliance.domain.column import Column, ColumnKind, Table
from compliance.domain.question import Question
from compliance.domain.result_words import RESULT_WORDS

UNIT_KINDS: Mapping[str, tuple[str, ...]] = {
    "peoples_committee": ("Ủy ban nhân dân", "UBND", "Uỷ ban nhân dân"),
    "police": ("Công an", "CA", "Cơ quan công an"),
    "office": ("Văn phòng, phòng chuyên môn", "Văn phòng", "Phòng", "Phòng chuyên môn", "Bộ phận"),
    "service_centre": ("Trung tâm, đơn vị sự nghiệp", "Trung tâm", "Đơn vị sự nghiệp", "Trường học", "Trạm y tế"),
    "party": ("Cơ quan Đảng", "Đảng ủy", "Đảng"),
    "mass_organisation": ("Mặt trận, đoàn thể", "Mặt trận Tổ quốc", "Đoàn thể", "Tổ chức chính trị - xã hội"),
    "state_agency": ("Cơ quan nhà nước khác", "Sở, ban, ngành", "Sở", "Bộ", "Cơ quan nhà nước"),
    "enterprise": ("Doanh nghiệp", "Nhà cung cấp", "Công ty"),
    "council": ("Hội đồng nhân dân", "HĐND"),
}
UNIT_TIERS: Mapping[str, tuple[str, ...]] = {
    "commune": ("Cấp xã", "Xã", "Phường", "Đặc khu", "Xã/phường"),
    "province": ("Cấp tỉnh", "Tỉnh", "Thành phố", "Tỉnh/thành phố"),
    "central": ("Trung ương", "Cấp trung ương", "Bộ, ngành"),
    "outside": ("Ngoài cơ quan nhà nước", "Bên ngoài", "Ngoài nhà nước", "Khác"),
}
OWNERSHIPS: Mapping[str, tuple[str, ...]] = {
    "owned": ("Chủ quản", "Là chủ quản", "Xã là chủ quản", "Của xã", "Tự chủ quản"),
    "operated": ("Vận hành cho cấp trên", "Vận hành", "Được giao vận hành", "Vận hành hộ"),
    "used": ("Chỉ sử dụng", "Sử dụng", "Khai thác, sử dụng", "Dùng chung của cấp trên", "Người dùng"),
}
STATUSES: Mapping[str, tuple[str, ...]] = {
    "operating": ("Đang vận hành", "Đang hoạt động", "Đang sử dụng", "Vận hành", "Hoạt động"),
    "investing": ("Đang đầu tư", "Đang xây dựng", "Đang triển khai", "Đang thuê dịch vụ"),
    "new": ("Xây dựng mới", "Mới", "Dự kiến đầu tư", "Sẽ đầu tư"),
    "upgrading": ("Nâng cấp, mở rộng", "Nâng cấp", "Mở rộng", "Đang nâng cấp"),
    "decommissioned": ("Đã kết thúc vận hành", "Ngừng hoạt động", "Dừng vận hành", "Đã dừng", "Thanh lý"),
}
HOSTINGS: Mapping[str, tuple[str, ...]] = {
    "own_room": ("Tại trụ sở", "Phòng máy của cơ quan", "Phòng máy chủ", "Tại cơ quan", "Tại xã"),
    "hired_data_centre": ("Trung tâm dữ liệu thuê", "Thuê trung tâm dữ liệu", "Trung tâm dữ liệu"),
    "cloud": ("Điện toán đám mây", "Đám mây", "Cloud"),
    "superior": ("Tại hạ tầng của cấp trên", "Hạ tầng của tỉnh", "Trung tâm dữ liệu của tỉnh", "Cấp trên", "Của tỉnh"),
    "offline": ("Máy tính độc lập, không nối mạng", "Không nối mạng", "Máy độc lập", "Độc lập"),
}
DIRECTIONS: Mapping[str, tuple[str, ...]] = {
    "in": ("Nhận dữ liệu", "Nhận", "Vào", "Một chiều vào"),
    "out": ("Gửi dữ liệu", "Gửi", "Ra", "Cung cấp", "Một chiều ra"),
    "both": ("Hai chiều", "2 chiều", "Gửi và nhận", "Trao đổi"),
}

_PAPER_NOTE = "Ghi một ô, ví dụ: Quyết định số 12/QĐ-UBND ngày 05/03/2026 của UBND xã …"
_UNIT_NOTE = "Ghi mã đơn vị hoặc đúng tên đơn vị ở trang “Đơn vị”."
# A table of columns reads better packed.
# fmt: off
_ASSUMED = Column("assumed", "Giá trị ví dụ", ColumnKind.ASSUMED, ("Ghi chú giá trị ví dụ", "Cột là giá trị ví dụ",
                  "Giá trị giả định"),
                  "Liệt kê tiêu đề các cột đang mang giá trị ví dụ cần thay, cách nhau bằng dấu chấm phẩy.")
_PART_ASSUMED = Column("assumed", "Giá trị ví dụ", ColumnKind.YES_NO,
                       ("Ghi chú giá trị ví dụ", "Dòng ví dụ", "Giá trị giả định"),
                       "Đánh dấu x nếu cả dòng là giá trị ví dụ cần thay.", width=12)
_REMOVE = Column("remove", "Xóa", ColumnKind.MARK, ("Xoá", "Xóa dòng"), "Đánh dấu x để bỏ dòng này khỏi danh mục.",
                 width=8)
_SYSTEM_KEY = Column("system", "Mã hệ thống", ColumnKind.SYSTEM, ("Hệ thống", "Tên hệ thống", "Tên hệ thống thông tin",
                     "Thuộc hệ thống", "Hệ thống thông tin", "system_id"),
                     "Mã hoặc tên của hệ thống mà dòng này thuộc về.", "mot-cua-dien-tu", required=True)
_UNITS = (
    Column("id", "Mã đơn vị", ColumnKind.ID, ("Mã", "Mã cơ quan", "ID"),
           "Chữ thường không dấu, số và gạch nối. Để trống thì lấy theo tên.", "ubnd-xa"),
    Column("name", "Tên đơn vị", ColumnKind.TEXT, ("Tên cơ quan", "Tên cơ quan, đơn vị", "Cơ quan, đơn vị", "Đơn vị",
           "Tên"), "Tên đầy đủ của cơ quan, đơn vị.", "Ủy ban nhân dân xã Suối Mẫu", required=True, width=36),
    Column("kind", "Loại đơn vị", ColumnKind.CHOICE, ("Loại", "Loại cơ quan", "Loại hình"), "Chọn trong danh sách.",
           "Ủy ban nhân dân", required=True, choices=UNIT_KINDS),
    Column("tier", "Cấp hành chính", ColumnKind.CHOICE, ("Cấp", "Cấp chính quyền"), "Chọn trong danh sách.", "Cấp xã",
           required=True, choices=UNIT_TIERS),
    Column("parent_id", "Đơn vị cấp trên", ColumnKind.UNIT,
           ("Trực thuộc", "Cơ quan cấp trên trực tiếp", "Thuộc đơn vị"), _UNIT_NOTE, "ubnd-tinh"),
    Column("parent_header", "Tên cơ quan cấp trên ghi trên văn bản", ColumnKind.TEXT,
           ("Cơ quan chủ quản ghi trên văn bản", "Dòng trên đầu văn bản"),
           "Dòng thứ nhất ở góc trái văn bản; Ủy ban nhân dân xã để trống.", "", width=30),
    Column("header", "Tên đơn vị ghi trên văn bản", ColumnKind.TEXT, ("Tên ghi trên văn bản", "Dòng dưới đầu văn bản"),
           "Dòng thứ hai ở góc trái văn bản; để trống thì lấy tên đơn vị.", "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU", width=30),
    Column("symbol", "Ký hiệu văn bản", ColumnKind.TEXT, ("Ký hiệu", "Viết tắt"),
           "Chữ viết tắt tên đơn vị trong số, ký hiệu văn bản.", "UBND", width=14),
    Column("place", "Địa danh", ColumnKind.TEXT, ("Địa danh ghi trên văn bản",),
           "Địa danh ghi trước ngày, tháng, năm.", "Suối Mẫu", width=18),
    Column("functions", "Văn bản quy định chức năng, nhiệm vụ, quyền hạn", ColumnKind.PAPER,
           ("Văn bản quy định chức năng, nhiệm vụ", "Văn bản chức năng nhiệm vụ", "Quyết định chức năng nhiệm vụ",
           "Văn bản quy định chức năng"), _PAPER_NOTE, "Quyết định số 01/QĐ-UBND ngày 01/07/2025 của UBND xã Suối Mẫu",
           width=40),
    Column("representative", "Người đại diện", ColumnKind.TEXT, ("Họ tên người đại diện", "Người đứng đầu"),
           "Họ và tên; có thể để trống và chỉ ghi chức vụ."),
    Column("representative_office", "Chức vụ người đại diện", ColumnKind.TEXT, ("Chức vụ", "Chức danh",
           "Chức vụ người đứng đầu", "Người đại diện, chức vụ"), "", "Chủ tịch"),
    Column("address", "Địa chỉ", ColumnKind.TEXT, ("Địa chỉ trụ sở", "Trụ sở"), "", "Thôn 1, xã Suối Mẫu", width=36),
    Column("phone", "Số điện thoại", ColumnKind.TEXT, ("Điện thoại", "SĐT", "ĐT", "Điện thoại liên hệ"), "",
           "(0200) 000 0000"),
    Column("email", "Thư điện tử", ColumnKind.TEXT, ("Email", "E-mail", "Thư điện tử công vụ", "Hộp thư"), "",
           "vanphong@suoimau.example"),
    Column("signs_as", "Quyền hạn, chức vụ của người ký", ColumnKind.LINES, ("Thể thức đề ký", "Chức vụ ký",
           "Thẩm quyền ký", "Quyền hạn, chức vụ người ký"), "Các dòng phía trên chữ ký, cách nhau bằng dấu chấm phẩy.",
           "TM. ỦY BAN NHÂN DÂN; CHỦ TỊCH", width=32),
    _ASSUMED,
)
_SYSTEMS_BEFORE_FACTS = (
    Column("id", "Mã hệ thống", ColumnKind.ID, ("Mã", "Mã HTTT", "Mã hệ thống thông tin", "ID", "Ký hiệu hệ thống"),
           "Chữ thường không dấu, số và gạch nối; giữ nguyên qua các lần nhập. Để trống thì lấy theo tên.",
           "mot-cua-dien-tu"),
    Column("name", "Tên hệ thống thông tin", ColumnKind.TEXT, ("Tên hệ thống", "Tên HTTT", "Hệ thống thông tin",
           "Hệ thống", "Tên phần mềm", "Tên phần mềm, hệ thống", "Tên hệ thống/phần mềm", "Tên"),
           "Tên đầy đủ, đúng như trong văn bản.", "Hệ thống một cửa điện tử xã Suối Mẫu", required=True, width=40),
    Column("ownership", "Quan hệ với xã", ColumnKind.CHOICE, ("Quan hệ", "Vai trò của xã",
           "Quan hệ của xã với hệ thống", "Vai trò", "Quan hệ với cơ quan"),
           "Xã là chủ quản, vận hành cho cấp trên, hay chỉ sử dụng.", "Chủ quản", required=True, choices=OWNERSHIPS),
    Column("owner_id", "Chủ quản", ColumnKind.UNIT, ("Chủ quản hệ thống thông tin", "Chủ quản hệ thống",
           "Chủ quản HTTT", "Cơ quan chủ quản", "Đơn vị chủ quản", "CQ", "Tên chủ quản"),
           _UNIT_NOTE + " Mỗi hệ thống chỉ có một chủ quản.", "ubnd-xa", required=True),
    Column("owner_document", "Văn bản xác định chủ quản", ColumnKind.PAPER, ("Văn bản về chủ quản",
           "Căn cứ xác định chủ quản", "Văn bản giao chủ quản"), _PAPER_NOTE, width=40),
    Column("operator_id", "Đơn vị vận hành", ColumnKind.UNIT, ("Đơn vị vận hành hệ thống thông tin",
           "Cơ quan vận hành", "Vận hành", "ĐVVH", "Đơn vị quản lý, vận hành"), _UNIT_NOTE, "van-phong"),
    Column("operator_document", "Văn bản giao vận hành", ColumnKind.PAPER, ("Văn bản giao đơn vị vận hành",
           "Văn bản phân công vận hành", "Hợp đồng vận hành"), _PAPER_NOTE, width=40),
    Column("security_unit_id", "Đơn vị/bộ phận chuyên trách ANM", ColumnKind.UNIT, ("Đơn vị chuyên trách ANM",
           "Đơn vị chuyên trách về an ninh mạng", "Bộ phận chuyên trách ANM",
           "Đơn vị, bộ phận chuyên trách về an ninh mạng", "Chuyên trách an ninh mạng", "Đơn vị chuyên trách"),
           _UNIT_NOTE, "bo-phan-anm"),
    Column("security_unit_document", "Văn bản chỉ định đơn vị chuyên trách ANM", ColumnKind.PAPER,
           ("Văn bản chỉ định chuyên trách ANM", "Quyết định giao đơn vị chuyên trách",
           "Văn bản giao đơn vị chuyên trách về an ninh mạng"), _PAPER_NOTE, width=40),
    Column("appraiser_id", "Đơn vị thẩm định", ColumnKind.UNIT, ("Cơ quan thẩm định", "Thẩm định"), _UNIT_NOTE),
    Column("assessor_id", "Đơn vị kiểm tra, đánh giá", ColumnKind.UNIT, ("Đơn vị đánh giá",
           "Cơ quan kiểm tra, đánh giá", "Đơn vị kiểm tra"), _UNIT_NOTE),
    Column("local_unit_id", "Đơn vị sử dụng tại xã", ColumnKind.UNIT, ("Đơn vị sử dụng", "Bộ phận sử dụng",
           "Đơn vị đầu mối tại xã", "Đơn vị phụ trách tại xã"), _UNIT_NOTE),
    Column("provider", "Nhà cung cấp", ColumnKind.TEXT, ("Đơn vị cung cấp", "Nhà cung cấp dịch vụ",
           "Doanh nghiệp cung cấp")),
    Column("status", "Tình trạng", ColumnKind.CHOICE, ("Trạng thái", "Hiện trạng", "Tình trạng hoạt động"),
           "Chọn trong danh sách.", "Đang vận hành", choices=STATUSES),
    Column("started_on", "Ngày đưa vào sử dụng", ColumnKind.DATE, ("Ngày vận hành", "Ngày bắt đầu",
           "Thời điểm đưa vào sử dụng", "Ngày đưa vào vận hành", "Ngày sử dụng"), "Ngày/tháng/năm.", "05/03/2026",
           width=16),
    Column("ended_on", "Ngày ngừng sử dụng", ColumnKind.DATE, ("Ngày kết thúc vận hành", "Ngày dừng hoạt động",
           "Thời điểm ngừng sử dụng"), "Ngày/tháng/năm; chỉ với hệ thống đã kết thúc vận hành.", width=16),
    Column("investment_started_on", "Ngày bắt đầu đầu tư, xây dựng", ColumnKind.DATE, ("Ngày bắt đầu đầu tư",
           "Ngày khởi công", "Ngày quyết định đầu tư", "Ngày bắt đầu xây dựng", "Ngày bắt đầu nâng cấp"),
           "Ngày/tháng/năm; với hệ thống đang đầu tư hoặc nâng cấp.", "15/04/2026", width=16),
    Column("function", "Chức năng nghiệp vụ", ColumnKind.TEXT, ("Chức năng", "Chức năng chính", "Mục đích sử dụng",
           "Nghiệp vụ", "Chức năng, nghiệp vụ"), "Hệ thống làm việc gì cho cơ quan.",
           "Tiếp nhận và trả kết quả giải quyết thủ tục hành chính", width=40),
    Column("scope", "Phạm vi", ColumnKind.TEXT, ("Phạm vi hệ thống", "Phạm vi triển khai"), "", "Toàn xã", width=30),
    Column("size", "Quy mô", ColumnKind.TEXT, ("Quy mô hệ thống",), "", "12 máy trạm, 1 máy chủ", width=30),
    Column("users_served", "Đối tượng phục vụ", ColumnKind.TEXT, ("Người dùng", "Đối tượng sử dụng"), "",
           "Cán bộ, công chức xã; người dân", width=30),
    Column("account_count", "Số tài khoản", ColumnKind.NUMBER, ("Số lượng tài khoản", "Số người dùng",
           "Số lượng người dùng", "Số tài khoản người dùng"), "Số nguyên; viết 1.500 hoặc khoảng 1.500 đều được.",
           "35", width=14),
    Column("scope_reasoning", "Căn cứ xác định phạm vi hệ thống", ColumnKind.TEXT, ("Lý do xác định phạm vi",
           "Thuyết minh phạm vi", "Căn cứ xác định phạm vi"),
           "Vì sao coi là một hệ thống, phần nào để ngoài và vì sao.", width=40),
    Column("logical_model", "Mô hình lô-gic", ColumnKind.TEXT, ("Mô hình logic", "Sơ đồ lô-gic", "Sơ đồ logic"),
           "Mô tả bằng lời; tệp sơ đồ thêm bằng lệnh attach-diagram.", width=40),
    Column("physical_model", "Mô hình vật lý", ColumnKind.TEXT, ("Sơ đồ vật lý",), "", width=40),
    Column("diagrams", "Tệp sơ đồ đã đính kèm", ColumnKind.SHOWN, ("Tệp sơ đồ",),
           "Chỉ để xem; thêm tệp bằng lệnh attach-diagram.", width=28),
    Column("addresses", "Địa chỉ web, tên miền thư", ColumnKind.REACHED_BY, ("Địa chỉ web", "Địa chỉ truy cập",
           "Tên miền", "Website", "Trang web", "URL", "Đường dẫn truy cập"),
           "Địa chỉ https:// hoặc tên miền mà người dùng truy cập, tên miền của hộp thư; cách nhau bằng dấu chấm phẩy.",
           "https://motcua.suoimau.example; suoimau.example", width=36),
    Column("hosting", "Nơi đặt hệ thống", ColumnKind.CHOICE, ("Hạ tầng", "Nơi đặt máy chủ", "Nơi lưu trữ",
           "Hình thức triển khai", "Hạ tầng triển khai"), "Chọn trong danh sách.", "Tại trụ sở", choices=HOSTINGS),
    Column("isolation", "Mức độ tách biệt", ColumnKind.TEXT, ("Tách biệt với hệ thống khác", "Phương án tách biệt"),
           "Tách biệt lô-gic hay vật lý với hệ thống khác.", width=30),
    Column("state_budget", "Sử dụng ngân sách nhà nước", ColumnKind.YES_NO, ("Dùng ngân sách nhà nước",
           "Ngân sách nhà nước", "Vốn ngân sách"), "Có hoặc Không.", "Có", width=14),
    Column("earlier_approval.level", "Cấp độ đã được phê duyệt", ColumnKind.NUMBER, ("Cấp độ đã phê duyệt",
           "Cấp độ phê duyệt trước đây", "Cấp độ cũ", "Cấp độ hiện tại", "Cấp độ đã được phê duyệt trước đây"),
           "Từ 1 đến 5; để trống nếu chưa phê duyệt.", minimum=1, maximum=5, width=14),
    Column("earlier_approval.paper", "Quyết định phê duyệt cấp độ", ColumnKind.PAPER,
           ("Quyết định phê duyệt cấp độ trước đây", "Số quyết định phê duyệt cấp độ", "Quyết định phê duyệt"),
           _PAPER_NOTE, width=40),
    Column("earlier_approval.legal_basis", "Căn cứ pháp lý của cấp độ đã phê duyệt", ColumnKind.TEXT,
           ("Căn cứ pháp lý của cấp độ cũ", "Căn cứ pháp lý khi phê duyệt"), "", width=30),
    Column("regulation", "Quy chế bảo đảm ANM (số, ngày, cơ quan ban hành)", ColumnKind.PAPER, ("Quy chế bảo đảm ANM",
           "Quy chế bảo đảm an ninh mạng", "Quy chế", "Quy chế ANM"), _PAPER_NOTE, width=40),
    Column("design_document", "Tài liệu thiết kế", ColumnKind.PAPER, ("Hồ sơ thiết kế", "Tài liệu thiết kế thi công",
           "Thiết kế thi công", "Thiết kế sơ bộ"), _PAPER_NOTE, width=40),
)
_SYSTEMS_AFTER_FACTS = (
    Column("counting_method", "Cách đếm số chủ thể dữ liệu", ColumnKind.TEXT, ("Cách đếm", "Phương pháp đếm",
           "Cách xác định số chủ thể dữ liệu"), "Đếm từ đâu, ngày nào, ước tính ra sao.", width=30),
    Column("harm_rationale", "Thuyết minh mức độ tổn hại", ColumnKind.TEXT, ("Mức độ tổn hại",
           "Mức độ ảnh hưởng khi mất an ninh mạng", "Thuyết minh tổn hại"),
           "Ảnh hưởng gì, tới ai nếu hệ thống bị phá hoại.", width=40),
    *SYSTEM_RISK_COLUMNS,
    Column("notes", "Ghi chú", ColumnKind.TEXT, ("Ghi chú khác", "Chú thích"), "", width=30),
    _ASSUMED,
)
_DEVICES = (
    _SYSTEM_KEY,
    Column("id", "Mã thiết bị", ColumnKind.ID, ("Mã", "Mã TB", "ID"),
           "Để trống thì lấy theo tên; nên ghi khi có nhiều thiết bị cùng tên."),
    Column("name", "Tên thiết bị/chủng loại", ColumnKind.TEXT, ("Tên thiết bị", "Thiết bị", "Chủng loại",
           "Tên thiết bị, chủng loại", "Loại thiết bị", "Tên"), "", "Máy chủ Dell PowerEdge T150", required=True,
           width=36),
    Column("place", "Vị trí triển khai", ColumnKind.TEXT, ("Vị trí", "Nơi đặt", "Vị trí lắp đặt"), "",
           "Phòng máy, tầng 2"),
    Column("purpose", "Mục đích sử dụng", ColumnKind.TEXT, ("Mục đích", "Công dụng"), "", "Máy chủ ứng dụng",
           width=30),
    Column("zone_id", "Vùng mạng", ColumnKind.ZONE, ("Mã vùng", "Mã vùng mạng", "Thuộc vùng mạng", "Vùng"),
           "Mã hoặc tên vùng ở trang “Vùng mạng”.", "vung-may-chu"),
    Column("address", "Địa chỉ IP", ColumnKind.ADDRESS, ("IP", "Địa chỉ"), "Một địa chỉ, nằm trong vùng mạng đã ghi.",
           "192.168.10.5", width=18),
    Column("quantity", "Số lượng", ColumnKind.NUMBER, ("SL", "Số lượng thiết bị"), "Để trống là 1.", "1", minimum=1,
           maximum=100000, width=10),
    Column("serial", "Số sê-ri", ColumnKind.TEXT, ("Số seri", "Serial", "Số serial", "Số hiệu", "S/N"), "", "SN-0001"),
    RANK,
    _PART_ASSUMED,
    _REMOVE,
)
_SERVICES = (
    _SYSTEM_KEY,
    Column("id", "Mã dịch vụ", ColumnKind.ID, ("Mã", "ID"), "Để trống thì lấy theo tên."),
    Column("name", "Tên dịch vụ", ColumnKind.TEXT, ("Dịch vụ", "Ứng dụng", "Tên ứng dụng", "Ứng dụng, dịch vụ",
           "Tên ứng dụng, dịch vụ", "Ứng dụng/dịch vụ", "Tên"), "", "Cổng tiếp nhận hồ sơ", required=True, width=36),
    Column("server", "Máy chủ triển khai", ColumnKind.TEXT, ("Máy chủ",), "", "Máy chủ ứng dụng 01"),
    Column("place", "Vị trí triển khai", ColumnKind.TEXT, ("Vị trí", "Nơi đặt", "Vị trí triển khai máy chủ"), "",
           "Phòng máy, tầng 2"),
    Column("operating_system", "Hệ điều hành máy chủ", ColumnKind.TEXT, ("Hệ điều hành", "HĐH"), "",
           "Windows Server 2022"),
    Column("purpose", "Mục đích sử dụng dịch vụ", ColumnKind.TEXT, ("Mục đích sử dụng", "Mục đích"), "",
           "Tiếp nhận hồ sơ của người dân", width=30),
    RANK,
    _PART_ASSUMED,
    _REMOVE,
)
_ZONES = (
    _SYSTEM_KEY,
    Column("id", "Mã vùng", ColumnKind.ID, ("Mã vùng mạng", "Mã", "ID"), "Để trống thì lấy theo tên.", "vung-may-chu"),
    Column("name", "Tên vùng mạng", ColumnKind.TEXT, ("Vùng mạng", "Tên vùng", "Vùng", "Tên"), "",
           "Vùng máy chủ nội bộ", required=True, width=30),
    Column("private_addresses", "IP Private (địa chỉ IP nội bộ)", ColumnKind.RANGES, ("Địa chỉ IP nội bộ", "IP nội bộ",
           "Dải IP nội bộ", "IP Private", "Địa chỉ IP private", "Địa chỉ IP", "Địa chỉ mạng", "Dải địa chỉ",
           "Địa chỉ IP IP nội bộ"), "Dải hoặc địa chỉ, cách nhau bằng dấu chấm phẩy.", "192.168.10.0/24", width=28),
    Column("public_addresses", "IP Public (địa chỉ IP công khai)", ColumnKind.RANGES, ("Địa chỉ IP công khai",
           "IP công khai", "IP Public", "Địa chỉ IP public", "Công khai", "Dải IP công khai"),
           "Dải hoặc địa chỉ, cách nhau bằng dấu chấm phẩy.", "203.0.113.8", width=28),
    Column("purpose", "Mục đích sử dụng", ColumnKind.TEXT, ("Mục đích", "Chức năng"), "", "Đặt máy chủ ứng dụng",
           width=30),
    _PART_ASSUMED,
    _REMOVE,
)
_CONNECTIONS = (
    _SYSTEM_KEY,
    Column("id", "Mã kết nối", ColumnKind.ID, ("Mã", "ID"), "Để trống thì lấy theo hệ thống kết nối."),
    Column("other_system_id", "Mã hệ thống kết nối", ColumnKind.OTHER_SYSTEM, ("Mã hệ thống ở đầu bên kia",),
           "Ghi mã nếu hệ thống ấy có trong bảng kê; không thì ghi tên ở cột bên."),
    Column("other_name", "Hệ thống kết nối", ColumnKind.TEXT, ("Tên hệ thống kết nối", "Kết nối với", "Kết nối tới",
           "Kết nối đến", "Kết nối với hệ thống"), "Tên (hoặc mã) hệ thống ở đầu bên kia.",
           "Cổng dịch vụ công của tỉnh", width=36),
    Column("other_owner", "Chủ quản hệ thống kết nối", ColumnKind.TEXT, ("Chủ quản bên kia", "Chủ quản"), "",
           "UBND tỉnh", width=28),
    Column("direction", "Chiều dữ liệu", ColumnKind.CHOICE, ("Chiều kết nối", "Chiều", "Hướng dữ liệu"),
           "Nhìn từ hệ thống của dòng này; để trống là hai chiều.", "Hai chiều", choices=DIRECTIONS),
    Column("data", "Dữ liệu trao đổi", ColumnKind.TEXT, ("Dữ liệu", "Nội dung trao đổi"), "",
           "Hồ sơ thủ tục hành chính", width=30),
    Column("other_level", "Cấp độ hệ thống kết nối", ColumnKind.NUMBER, ("Cấp độ", "Cấp độ bên kia"), "Từ 1 đến 5.",
           "3", minimum=1, maximum=5, width=12),
    Column("interdependent", "Phụ thuộc lẫn nhau", ColumnKind.YES_NO, ("Phụ thuộc", "Phụ thuộc vận hành"),
           "Có, nếu trao đổi dữ liệu thường xuyên, dùng chung cơ sở dữ liệu hoặc phụ thuộc nhau khi vận hành.",
           "Không", width=14),
    Column("influence", "Ảnh hưởng khi hệ thống kia gặp sự cố", ColumnKind.TEXT, ("Ảnh hưởng tới hoạt động",
           "Ảnh hưởng đến hệ thống này", "Mức ảnh hưởng của kết nối"),
           "Hệ thống kia ngừng hoặc bị tấn công thì hệ thống này ra sao; cần cho hồ sơ cấp độ 4, cấp độ 5.",
           "Không tra cứu được, phải tiếp nhận bằng giấy", width=36),
    _PART_ASSUMED,
    _REMOVE,
)
_RISKS = (
    _SYSTEM_KEY,
    Column("id", "Mã rủi ro", ColumnKind.ID, ("Mã", "ID"), "Để trống thì lấy theo nội dung."),
    *RISK_COLUMNS,
    _PART_ASSUMED,
    _REMOVE,
)
_ANSWERS = (
    _SYSTEM_KEY,
    Column("requirement_id", "Yêu cầu (mã hoặc điều khoản)", ColumnKind.REQUIREMENT, ("Yêu cầu", "Mã yêu cầu",
           "Điều khoản", "Mục tiêu chuẩn", "Mã yêu cầu/điều khoản"), "Mã yêu cầu hoặc số mục trong danh mục yêu cầu.",
           "", required=True),
    Column("checklist_id", "Danh mục yêu cầu", ColumnKind.TEXT, ("Danh mục", "Mã danh mục"),
           "Chỉ cần ghi khi một yêu cầu có trong nhiều danh mục."),
    Column("result", "Kết quả", ColumnKind.CHOICE, ("Kết quả đánh giá", "Đánh giá", "Mức độ đáp ứng", "Đạt/Chưa đạt"),
           "Chọn trong danh sách; “Không áp dụng” phải ghi lý do.", "Đạt một phần", choices=RESULT_WORDS),
    Column("present_state", "Hiện trạng", ColumnKind.TEXT, ("Thực trạng", "Hiện trạng triển khai"), "",
           "Đã đặt mật khẩu, chưa đổi định kỳ", width=36),
    Column("measure", "Biện pháp", ColumnKind.TEXT, ("Phương án", "Biện pháp triển khai", "Phương án triển khai"), "",
           "Đặt lịch đổi mật khẩu ba tháng một lần", width=36),
    Column("responsible_unit_id", "Đơn vị chịu trách nhiệm", ColumnKind.UNIT,
           ("Đơn vị thực hiện", "Đơn vị chủ trì", "Trách nhiệm"), _UNIT_NOTE),
    Column("due", "Thời hạn", ColumnKind.DATE, ("Hạn hoàn thành", "Ngày hoàn thành", "Thời gian hoàn thành"),
           "Ngày/tháng/năm.", "31/12/2026", width=16),
    Column("reason", "Lý do", ColumnKind.TEXT, ("Lý do không áp dụng", "Giải trình"), "", width=30),
    _PART_ASSUMED,
)
# fmt: on


def fact_columns(questions: Sequence[Question]) -> tuple[Column, ...]:
    """One column per question of the regime, under the question's own header, variants and help."""
    return tuple(
        Column(
            field=question.id,
            header=question.column,
            kind=ColumnKind.FACT,
            also=(*question.also, question.label),
            note=f"{question.help} ({question.citation})" if question.citation else question.help,
            example=question.example,
            choices={choice.value: (choice.label, *choice.also) for choice in question.choices},
            minimum=question.minimum,
            maximum=question.maximum,
            question=question,
        )
        for question in questions
    )


def tables(questions: Sequence[Question]) -> tuple[Table, ...]:
    """Every table an inventory may hold, in workbook order; units first because systems name them."""
    systems = _SYSTEMS_BEFORE_FACTS + fact_columns(questions) + _SYSTEMS_AFTER_FACTS
    # fmt: off
    return (
        Table("units", "Đơn vị", ("Cơ quan, đơn vị", "Danh mục đơn vị", "Danh sách đơn vị"), _UNITS,
              "Các cơ quan, đơn vị là chủ quản, vận hành, chuyên trách, thẩm định."),
        Table("systems", "Hệ thống",
              ("Hệ thống thông tin", "Danh mục hệ thống", "Danh mục hệ thống thông tin", "HTTT", "Bảng kê hệ thống",
               "Danh sách hệ thống thông tin"), systems, "Mỗi dòng là một hệ thống thông tin."),
        Table("devices", "Thiết bị", ("Danh mục thiết bị", "Danh sách thiết bị"), _DEVICES,
              "Thiết bị chính và thiết bị mạng của từng hệ thống."),
        Table("services", "Dịch vụ", ("Ứng dụng, dịch vụ", "Danh mục dịch vụ", "Danh mục ứng dụng, dịch vụ"), _SERVICES,
              "Ứng dụng, dịch vụ chạy trên từng hệ thống."),
        Table("zones", "Vùng mạng", ("Danh mục vùng mạng", "Quy hoạch vùng mạng", "Quy hoạch địa chỉ IP"), _ZONES,
              "Vùng mạng và địa chỉ IP của từng hệ thống."),
        Table("connections", "Kết nối", ("Danh mục kết nối", "Kết nối, chia sẻ"), _CONNECTIONS,
              "Kết nối, chia sẻ dữ liệu với hệ thống khác."),
        Table("risks", "Rủi ro", ("Nguy cơ, rủi ro", "Danh mục rủi ro"), _RISKS,
              "Mối đe dọa, rủi ro chính đánh giá sơ bộ."),
        Table("answers", "Biện pháp", ("Đánh giá", "Phương án", "Trả lời yêu cầu", "Biện pháp bảo đảm"), _ANSWERS,
              "Hiện trạng và biện pháp đối với từng yêu cầu của cấp độ."),
    )
    # fmt: on
