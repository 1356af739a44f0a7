"""What the guide sheet of an assessment's workbook tells whoever fills it in; the first line is its title."""

from __future__ import annotations

GUIDE_LINES = (
    "Cách ghi phiếu kiểm tra",
    "Chỉ ghi vào các cột có tiêu đề nền xanh, từ “Kết quả” đến “Ngày kiểm tra”. Các cột nền xám để đọc.",
    "Giữ nguyên dòng tiêu đề và ba cột ẩn ở cuối bảng: chương trình nhận ra từng yêu cầu nhờ các cột ẩn này.",
    "Được lọc, sắp xếp cả bảng, xóa bớt dòng, thêm cột riêng. Câu trả lời của dòng đã xóa vẫn giữ; cột thêm bỏ qua.",
    "Không gộp ô (Merge), không đặt công thức trong các cột phải ghi.",
    "Cột “Kết quả”: chọn trong danh sách. “Không áp dụng” phải ghi lý do ở cột “Lý do”.",
    "Muốn bỏ một kết quả đã lưu, chọn “Chưa đánh giá”; không để trống.",
    "Biện pháp tương đương chỉ ghi ở yêu cầu mà quy định cho chọn cách làm (ô không gạch chéo), kèm lý do chọn.",
    "Cột “Dùng chung của” có tên một hệ thống: để trống cột “Kết quả” là tiếp tục dùng kết quả của hệ thống đó.",
    "Muốn trả lời riêng ở dòng dùng chung, ghi kết quả kèm “Lý do trả lời riêng”.",
    "Người và ngày kiểm tra để trống thì lấy tên người nhập và ngày nhập. Ghi ngày/tháng/năm, ví dụ 05/03/2026.",
    "Sửa kết quả cũ thì ghi lại cả người và ngày kiểm tra.",
    "Nhiều người cùng kiểm tra thì mỗi người ghi một bản, nhập lần lượt từng tệp.",
    "Dòng đã có người khác trả lời sau khi xuất tệp thì không bị ghi đè; chương trình nêu rõ từng dòng.",
)
