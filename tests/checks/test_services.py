"""From the inventory to an observation: what may be looked at, who is asked, what is kept."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.evidence import EvidenceKind
from compliance.domain.machine_check import CheckKind
from compliance.domain.own_machine import Machine
from compliance.domain.system import Ownership, Status, System, Zone
from compliance.errors import BadData, NotFound, Refused
from compliance.services import evidence
from compliance.services.machine_checks import check_computer, check_mail, check_web
from tests.checks.servers import KEY_SERVICE, Issuer, answering, closed_port, page, serving, speaking

MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "ho-so", by="Văn phòng", now=lambda: MORNING) as one:
        yield one


Record = Callable[..., None]


@pytest.fixture
def record(workspace: Workspace) -> Record:
    """Write a system into the inventory."""

    def put(*addresses: str, id: str = "cong", ownership: Ownership = Ownership.OWNED, **fields: object) -> None:  # noqa: A002
        values = {"name": "Cổng thông tin", "owner_id": "ubnd-xa", **fields}
        one = System.model_validate({"id": id, "ownership": ownership, "addresses": addresses, **values})
        with workspace.act() as act:
            act.put("system", id, one.model_dump_json(exclude_defaults=True), 0)

    return put


def agree(contacts: str) -> bool:
    return True


class Asked(list[str]):
    """Remembers what it was asked, and answers always alike."""

    def __init__(self, answer: bool) -> None:
        super().__init__()
        self.answer = answer

    def __call__(self, contacts: str) -> bool:
        self.append(contacts)
        return self.answer


def never(contacts: str) -> bool:
    raise AssertionError(contacts)


def nothing_kept(workspace: Workspace) -> bool:
    return evidence.every_piece(workspace) == {} and list(workspace.attachments.names()) == []


def no_dns(host: str, port: int, seconds: float) -> tuple[str, ...]:
    raise AssertionError(host)


def test_a_web_check_is_kept_as_an_observation_with_its_raw_output(
    workspace: Workspace, record: Record, issuer: Issuer
) -> None:
    context = speaking(issuer.certificate("localhost"), oldest=ssl.TLSVersion.TLSv1_2)
    asked: list[str] = []

    def ask(contacts: str) -> bool:
        asked.append(contacts)
        assert site.asked == []
        return True

    with serving(page(), context) as site:
        record(f"https://localhost:{site.port}")
        plain = closed_port()
        done = check_web(
            workspace, "cong", requirements=["4.1-a"], ask=ask, trust=issuer.file, http_port=plain, seconds=5
        )
    assert f"localhost, cổng {site.port}" in asked[0]
    assert f"cổng {plain} (HTTP)" in asked[0]
    assert done.check.kind is CheckKind.WEB
    (kept,) = evidence.filed(workspace, system_id="cong", requirement_id="4.1-a")
    assert kept.evidence == done.evidence
    assert kept.evidence.kind is EvidenceKind.OBSERVATION
    assert kept.evidence.dated_on == MORNING.date()
    assert "Content-Security-Policy: Cần xem lại. Không có." in kept.evidence.text
    assert kept.evidence.file is not None
    raw = workspace.attachments.read(kept.evidence.file.sha256).decode()
    assert f"GET https://localhost:{site.port}/ [127.0.0.1:{site.port}] -> 200" in raw
    assert MORNING.isoformat() in raw


def test_saying_no_sends_nothing_and_keeps_nothing(workspace: Workspace, record: Record) -> None:
    with serving(page()) as site:
        record(f"https://localhost:{site.port}")
        with pytest.raises(Refused, match="chưa gửi gì"):
            check_web(workspace, "cong", ask=Asked(answer=False), resolve=no_dns)
        assert site.asked == []
    assert nothing_kept(workspace)


@pytest.mark.parametrize(
    "asked",
    [
        "https://khac.example",
        "https://suoimau.example.khac.example",
        "https://suoimau.example:22",
        "https://198.51.100.7",
        f"https://{KEY_SERVICE}/latest/meta-data",
        "http://suoimau.example",
        "https://suoimau.example@khac.example",
    ],
)
def test_an_address_outside_the_inventory_is_refused_before_anybody_is_asked(
    workspace: Workspace, record: Record, asked: str
) -> None:
    record("https://suoimau.example", "https://suoimau.example:8443")
    with pytest.raises(Refused):
        check_web(workspace, "cong", address=asked, ask=never, resolve=no_dns)
    assert nothing_kept(workspace)


def test_an_address_of_another_system_is_not_this_ones(workspace: Workspace, record: Record) -> None:
    record("https://cong.suoimau.example")
    record("https://khac.suoimau.example", id="khac")
    with pytest.raises(Refused, match="danh mục của hệ thống “cong”"):
        check_web(workspace, "cong", address="https://khac.suoimau.example", ask=never)


def test_a_public_address_of_a_zone_counts_as_in_the_inventory(workspace: Workspace, record: Record) -> None:
    record(zones=(Zone(id="bien", name="Vùng biên", public_addresses=("203.0.113.8/29",)),))
    told = Asked(answer=False)
    with pytest.raises(Refused, match="Đã dừng"):
        check_web(workspace, "cong", address="203.0.113.9", ask=told)
    assert "203.0.113.9, cổng 443" in told[0]


def test_who_only_uses_a_system_does_not_own_its_address(workspace: Workspace, record: Record) -> None:
    record("https://tinh.example", "tinh.example", ownership=Ownership.USED)
    with pytest.raises(Refused, match="chỉ sử dụng"):
        check_web(workspace, "cong", ask=never)
    with pytest.raises(Refused, match="chỉ sử dụng"):
        check_mail(workspace, "cong", domain="tinh.example", ask=never)


def test_a_redirect_into_a_system_merely_used_is_not_followed(
    workspace: Workspace, record: Record, issuer: Issuer
) -> None:
    context = speaking(issuer.certificate("localhost"), oldest=ssl.TLSVersion.TLSv1_2)
    with serving(page(), context) as other:
        record(f"https://localhost:{other.port}", id="tinh", ownership=Ownership.USED)
        with serving(page("302 Found", Location=f"https://localhost:{other.port}/"), context) as site:
            record(f"https://localhost:{site.port}")
            done = check_web(workspace, "cong", ask=agree, trust=issuer.file, http_port=closed_port(), seconds=5)
        assert other.asked == []
    assert "ngoài danh mục" in done.check.text


def test_an_address_that_may_belong_to_others_by_now_is_refused(workspace: Workspace, record: Record) -> None:
    record("https://cu.suoimau.example", status=Status.DECOMMISSIONED)
    with pytest.raises(Refused, match="kết thúc vận hành"):
        check_web(workspace, "cong", ask=never)


def test_it_must_be_clear_which_address_is_meant(workspace: Workspace, record: Record) -> None:
    record("https://a.example", "https://b.example", "c.example", "d.example")
    with pytest.raises(Refused, match="--address"):
        check_web(workspace, "cong", ask=never)
    with pytest.raises(Refused, match=r"c\.example, d\.example.*--domain"):
        check_mail(workspace, "cong", ask=never)
    record(id="trong")
    with pytest.raises(Refused, match="chưa ghi địa chỉ nào"):
        check_web(workspace, "trong", ask=never)


def test_a_slip_in_a_requirement_is_found_before_anything_is_sent(workspace: Workspace, record: Record) -> None:
    record("https://a.example")
    with pytest.raises(BadData) as told:
        check_web(workspace, "cong", requirements=["khong-co"], ask=never)
    assert "không có yêu cầu" in str(told.value.faults[0])
    with pytest.raises(NotFound, match="Không có hệ thống"):
        check_web(workspace, "con", ask=never)


def test_a_mail_check_is_kept_as_an_observation(workspace: Workspace, record: Record) -> None:
    record("https://suoimau.example", "suoimau.example")
    zone = {
        ("suoimau.example", "MX"): ["10 thu.suoimau.example."],
        ("suoimau.example", "TXT"): ['"v=spf1 +all"'],
    }
    told = Asked(answer=True)
    with answering(zone) as (port, _):
        done = check_mail(
            workspace,
            "cong",
            selectors=["cong"],
            ask=told,
            servers=["127.0.0.1"],
            port=port,
        )
    assert "127.0.0.1" in told[0]
    assert "DKIM (cong)" in told[0]
    assert "ai cũng được gửi thư" in done.evidence.text
    assert done.evidence.file is not None
    assert done.evidence.file.file_name == "kiem-tra-mail-suoimau.example.txt"
    assert "suoimau.example TXT -> found" in workspace.attachments.read(done.evidence.file.sha256).decode()


@pytest.mark.parametrize("domain", ["khac.example", "con.suoimau.example", "example", "a b", "203.0.113.8"])
def test_a_mail_domain_outside_the_inventory_is_refused(workspace: Workspace, record: Record, domain: str) -> None:
    record("suoimau.example", "203.0.113.8")
    with pytest.raises(Refused):
        check_mail(workspace, "cong", domain=domain, ask=never, servers=["127.0.0.1"])


@pytest.mark.parametrize("selector", ["", "a b", "-a", "a;b", "ngà", "a" * 80])
def test_a_selector_that_is_none_is_refused(workspace: Workspace, record: Record, selector: str) -> None:
    record("suoimau.example")
    with pytest.raises(Refused, match="không phải là tên chọn"):
        check_mail(workspace, "cong", selectors=[selector], ask=never, servers=["127.0.0.1"])


def test_a_computer_of_no_system_is_kept_all_the_same(workspace: Workspace) -> None:
    done = check_computer(workspace, ask=agree, look=lambda: (Machine(system="plan9", ran={}), "plan9"))
    assert done.check.kind is CheckKind.COMPUTER
    assert done.evidence.text.count("Máy không cho biết") == 3
    with pytest.raises(Refused, match="phải nêu hệ thống"):
        check_computer(workspace, requirements=["4.1-a"], ask=never)


def test_a_computer_of_a_system_speaks_to_its_requirements(workspace: Workspace, record: Record) -> None:
    record(ownership=Ownership.USED)  # the computer is ours, whosever the system
    check_computer(
        workspace, "cong", requirements=["4.1-a"], ask=agree, look=lambda: (Machine(system="plan9", ran={}), "plan9")
    )
    assert len(evidence.filed(workspace, system_id="cong", requirement_id="4.1-a")) == 1
