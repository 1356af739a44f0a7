"""Mẫu số 03 to 08 as the annex prints them: headings, labels and attachments in order, copied from the decree's text.

Where the annex says “Nghị định này” the papers, being no decree, add which one it is; nothing else differs.
"""

from __future__ import annotations

HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số:")
GROUNDS = ("Căn cứ Luật An ninh mạng số 116/2025/QH15;",)
GENERAL = (
    "Phần 1. Thông tin chung",
    "1. Tên hệ thống thông tin:",
    "2. Đơn vị vận hành hệ thống thông tin:",
    "3. Địa chỉ:",
    "4. Cấp độ hệ thống thông tin đề xuất:",
)
PAPERS = (
    "1. Tài liệu mô tả, thuyết minh tổng quan về hệ thống thông tin.",
    "2. Tài liệu thiết kế thi công đã được cấp có thẩm quyền phê duyệt hoặc tài liệu có giá trị tương đương.",
    "3. Tài liệu thuyết minh về việc đề xuất cấp độ căn cứ trên các tiêu chí theo quy định của pháp luật.",
    "4. Tài liệu thuyết minh phương án bảo đảm an ninh mạng theo cấp độ tương ứng.",
)
OPINION = (
    "5. Ý kiến về mặt chuyên môn của đơn vị chuyên trách về an ninh mạng của chủ quản hệ thống thông tin đối với hệ "
    "thống thông tin đề xuất cấp độ 4 hoặc cấp độ 5."
)
END = ("./.", "Nơi nhận:")
DECREE = "Nghị định số 331/2026/NĐ-CP"
THIS_DECREE = f"Nghị định này ({DECREE})"
_FITS = (
    "là phù hợp với tiêu chuẩn quốc gia",
    ", quy chuẩn kỹ thuật quốc gia",
    "về bảo đảm an ninh mạng theo cấp độ.",
)
_SYSTEM = (
    "1. Thông tin chung",
    "a) Tên hệ thống thông tin:",
    "b) Đơn vị vận hành hệ thống thông tin:",
    "c) Địa chỉ:",
)
_PLAN = (
    "Phương án bảo đảm an ninh mạng:",
    "a) Phương án bảo đảm an ninh mạng trong thiết kế hệ thống thông tin tương ứng với cấp độ",
    *_FITS,
    "b) Phương án bảo đảm an ninh mạng trong quá trình vận hành hệ thống tương ứng với cấp độ",
    *_FITS,
)
_ARTICLES = (
    "Điều 2. Tổ chức thực hiện",
    "1. Cơ quan",
    "chịu trách nhiệm:",
    "a) Thực hiện trách nhiệm bảo đảm an ninh mạng hệ thống thông tin mình quản lý theo các quy định tại Điều 33",
    DECREE,
    "b) Các nội dung khác (nếu có)",
    "2. Trách nhiệm của các cơ quan liên quan khác (nếu có)",
    "Điều 3. Điều khoản thi hành",
    "1. Cơ quan",
    "và các cơ quan liên quan khác chịu trách nhiệm thi hành Quyết định này.",
)
_SUPERVISED = "chịu trách nhiệm kiểm tra, giám sát việc thực hiện Quyết định này báo cáo cơ quan"
_DECISION_HEAD = (*HEAD, "QUYẾT ĐỊNH")
_LEVEL_DECISION = (
    *_DECISION_HEAD,
    "Về việc phê duyệt cấp độ hệ thống thông tin",
    *GROUNDS,
    "Xét đề nghị của cơ quan",
    "QUYẾT ĐỊNH:",
    "Điều 1. Phê duyệt cấp độ hệ thống thông tin đối với",
    "cụ thể như sau:",
    *_SYSTEM,
    "2. Cấp độ hệ thống thông tin:",
    "3. ",
    *_PLAN,
    *_ARTICLES,
)
_BODY_ENTRIES = ("(2) Quy định chức năng, nhiệm vụ và quyền hạn:", "(3) Người đại diện, chức vụ:")
COLUMNS = (
    "STT",
    "Tên HTTT",
    "Chủ quản HTTT",
    "Đơn vị vận hành HTTT",
    "Cấp độ đề xuất",
    "Tình trạng phê duyệt cấp độ",
    "Quyết định phê duyệt cấp độ",
    "Quy chế bảo đảm ANM cho hệ thống",
    "Dự kiến thời điểm phê duyệt HSĐXCĐ",
    "Đã triển khai đầy đủ PA BĐANM",
    "Dự kiến thời điểm triển khai đầy đủ PA BĐANM",
    "Đã kiểm tra, đánh giá ANM",
)

WORDS: dict[str, tuple[str, ...]] = {
    "mau-03": (
        *HEAD,
        "V/v cho ý kiến chuyên môn về hồ sơ đề xuất cấp độ",
        "Kính gửi:",
        *GROUNDS,
        "cho ý kiến chuyên môn về hồ sơ đề xuất cấp độ với các nội dung sau:",
        *GENERAL,
        "Phần 2. Hồ sơ kèm theo",
        *PAPERS,
        (
            "cho ý kiến về sự phù hợp của đề xuất cấp độ và phương án bảo đảm an ninh mạng hệ thống thông tin "
            "theo cấp độ của hệ thống thông tin"
        ),
        *END,
        "- Như trên;",
    ),
    "mau-04": (
        *HEAD,
        "V/v ý kiến thẩm định hồ sơ đề xuất cấp độ",
        "Kính gửi:",
        "nhận được Công văn số",
        "về việc thẩm định hồ sơ đề xuất cấp độ của hệ thống thông tin đối với",
        "Sau khi xem xét, tổng hợp ý kiến và kết quả thẩm định của các cơ quan, tổ chức có liên quan,",
        "có ý kiến thẩm định như sau:",
        "Phần 1. Hồ sơ, tài liệu thẩm định",
        *PAPERS,
        "Phần 2. Căn cứ pháp lý để thẩm định",
        "1. Căn cứ Luật An ninh mạng số 116/2025/QH15.",
        "2. Căn cứ các văn bản hướng dẫn thi hành Luật An ninh mạng.",
        "3. Các căn cứ pháp lý khác có liên quan.",
        "Phần 3. Tổ chức thẩm định",
        "1. Đơn vị chủ trì thẩm định:",
        "2. Đơn vị phối hợp thẩm định:",
        (
            "3. Hình thức thẩm định: Tổ chức họp hoặc lấy ý kiến bằng văn bản hoặc áp dụng cả hai hình thức (nếu "
            "cần thiết)."
        ),
        "Phần 4. Ý kiến thẩm định",
        f"1. Tổng hợp ý kiến thẩm định của đơn vị phối hợp theo quy định tại khoản 3 Điều 18 {THIS_DECREE}.",
        f"2. Ý kiến thẩm định về sự phù hợp về việc đề xuất cấp độ theo quy định tại Điều 23 {THIS_DECREE}.",
        "3. Ý kiến khác (nếu có).",
        "Phần 5. Kết luận",
        "Hồ sơ đề xuất cấp độ hệ thống thông tin là",
        "phù hợp",
        "để theo cấp độ đề xuất.",
        "Trên đây là ý kiến thẩm định của",
        "cho hồ sơ đề xuất cấp độ của hệ thống thông tin",
        "Đề nghị cơ quan",
        "xem xét",
        *END,
        "- Như trên;",
    ),
    "mau-05": (
        *HEAD,
        "TỜ TRÌNH",
        "Về việc phê duyệt đề xuất cấp độ",
        "Kính gửi:",
        *GROUNDS,
        "Căn cứ ý kiến thẩm định của đơn vị chuyên trách về an ninh mạng/cơ quan thẩm định",
        "trình phê duyệt hồ sơ đề xuất cấp độ với các nội dung sau:",
        *GENERAL,
        "Phần 2. Hồ sơ kèm theo",
        *PAPERS,
        OPINION,
        "6. Ý kiến thẩm định của cơ quan phối hợp thẩm định đối với hệ thống thông tin đề xuất từ cấp độ 3 trở lên.",
        "xem xét, quyết định phê duyệt đề xuất cấp độ của hệ thống thông tin",
        *END,
        "- Như trên;",
    ),
    "mau-06": (
        *_LEVEL_DECISION,
        "2. Đơn vị chuyên trách về an ninh mạng " + _SUPERVISED,
        "theo quy định của pháp luật./.",
        "Nơi nhận:",
    ),
    "mau-07": (
        *_DECISION_HEAD,
        "Về việc phê duyệt phương án bảo đảm an ninh mạng hệ thống thông tin",
        *GROUNDS,
        "Xét đề nghị của cơ quan",
        "QUYẾT ĐỊNH:",
        "Điều 1. Phê duyệt phương án đảm bảo an ninh mạng đối với",
        "cụ thể như sau:",
        *_SYSTEM,
        "2. ",
        *_PLAN,
        *_ARTICLES,
        "2. Đơn vị chuyên trách về an ninh mạng " + _SUPERVISED,
        "theo quy định của pháp luật./.",
        "Nơi nhận:",
    ),
    "mau-08": (
        *HEAD,
        "V/v kết quả công tác bảo đảm an ninh mạng hệ thống thông tin",
        "Kính gửi:",
        "1. Thông tin chung",
        "- Tổng số hệ thống thông tin thuộc phạm vi quản lý:",
        "- Tổng số hệ thống thông tin đã được phân loại (đã xác định được loại hình hệ thống thông tin):",
        "- Tổng số hệ thống thông tin đã xây dựng hồ sơ đề xuất cấp độ:",
        "- Tổng số hệ thống thông tin đã được thẩm định hồ sơ đề xuất cấp độ:",
        "- Tổng số hệ thống thông tin đã được phê duyệt cấp độ:",
        "- Tổng số hệ thống thông tin đã phê duyệt cấp độ được kiểm tra, đánh giá an ninh mạng định kỳ theo quy định:",
        (
            "- Dự kiến thời gian hoàn thành phê duyệt đề xuất cấp độ hệ thống thông tin đối với tất cả các hệ "
            "thống thông tin thuộc phạm vi quản lý:"
        ),
        "2. Thông tin về chủ quản hệ thống thông tin và đơn vị chuyên trách về an ninh mạng",
        "a) Thông tin về chủ quản hệ thống thông tin:",
        "(1) Tên chủ quản hệ thống thông tin:",
        *_BODY_ENTRIES,
        "(4) Địa chỉ liên lạc của cơ quan chủ quản hệ thống thông tin",
        (
            "(5) Thông tin liên hệ bao gồm: Số điện thoại, thư điện tử của cơ quan được xác định là chủ quản hệ "
            "thống thông tin"
        ),
        "b) Thông tin về đơn vị chuyên trách về an ninh mạng:",
        "(1) Tên đơn vị chuyên trách về an ninh mạng:",
        *_BODY_ENTRIES,
        "(4) Địa chỉ liên lạc của đơn vị chuyên trách về an ninh mạng",
        "(5) Thông tin liên hệ bao gồm: Số điện thoại, thư điện tử của đơn vị chuyên trách về an ninh mạng",
        "3. Thông tin chi tiết về các hệ thống thông tin thuộc phạm vi quản lý",
        *COLUMNS,
        *(f"({number})" for number in range(1, 13)),
        "Chú thích:",
        (
            "- Cột (2), (3), (4) ghi tên các hệ thống thông tin, tên cơ quan chủ quản, tên đơn vị vận hành hệ "
            "thống thông tin;"
        ),
        "- Cột (5) ghi cấp độ đề xuất đối với hệ thống thông tin: 1-5;",
        (
            "- Cột (6) ghi tình trạng phê duyệt cấp độ hệ thống thông tin: “Đang dự thảo”, “Đã gửi thẩm định”, "
            "“Đã thẩm định”, “Đã được phê duyệt”;"
        ),
        (
            "- Cột (7) ghi thông tin số, ngày quyết định, tên cơ quan phê duyệt cấp độ nếu hệ thống thông tin đã "
            "được phê duyệt cấp độ;"
        ),
        (
            "- Cột (8) ghi thông tin số, ngày quyết định, tên cơ quan ban hành quy chế bảo đảm an ninh mạng cho "
            "hệ thống (nếu có);"
        ),
        "- Cột (9) ghi thời điểm dự kiến phê duyệt cấp độ (nếu hệ thống thông tin chưa được phê duyệt cấp độ);",
        (
            "- Cột (10) ghi tình trạng triển khai đầy đủ phương án bảo đảm an ninh mạng theo cấp độ tương ứng: "
            "“Chưa triển khai”, “Đã triển khai một số hạng mục”, “Đã triển khai đầy đủ”;"
        ),
        "- Cột (11) ghi thời điểm dự kiến triển khai đầy đủ phương án bảo đảm an ninh mạng theo cấp độ tương ứng.",
        (
            "- Cột (12) ghi tình trạng kiểm tra, đánh giá an ninh mạng theo quy định: “Trước khi đưa vào sử "
            "dụng”, “Định kỳ”, hoặc ghi cả hai nếu đã thực hiện đầy đủ, để trống nếu chưa thực hiện"
        ),
        *END,
    ),
}

ADAPTED = (
    *_LEVEL_DECISION,
    "2. ",
    _SUPERVISED,
    "theo quy định của pháp luật; gửi báo cáo kết quả phê duyệt theo quy định tại khoản 1 Điều 18",
    *END,
    "- Như Điều 3;",
    "(để báo cáo);",
    f"{DECREE} không có mẫu quyết định phê duyệt cấp độ 1, cấp độ 2.",
    "phỏng theo Mẫu số 06",
)
