"""A look at a web address, against servers on this machine."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compliance.adapters.web_probe import WebProbe
from compliance.domain.address import WebAddress, read_web_address
from compliance.domain.machine_check import CheckLine, LineState
from compliance.domain.reach import refuse_trick
from compliance.domain.web_check import Attempt, WebFacts, web_lines
from compliance.errors import Refused
from tests.checks.servers import KEY_SERVICE, Issuer, closed_port, page, serving, speaking

OK, WARN, BAD, UNKNOWN = LineState.OK, LineState.WARN, LineState.BAD, LineState.UNKNOWN
TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
GOOD = {
    "Strict_Transport_Security": "max-age=31536000; includeSubDomains",
    "Content_Security_Policy": "default-src 'self'; frame-ancestors 'none'",
    "X_Content_Type_Options": "nosniff",
    "Referrer_Policy": "strict-origin",
}


def https(port: int, path: str = "/") -> WebAddress:
    return WebAddress("https", "localhost", port, path)


def here(*ports: int) -> Callable[[WebAddress], bool]:
    """An inventory that holds localhost at these ports."""
    return lambda address: address.host == "localhost" and address.port in ports


def look(
    port: int, issuer: Issuer, *, http_port: int | None = None, inside: tuple[int, ...] = (), path: str = "/"
) -> tuple[dict[str, CheckLine], str, WebFacts]:
    """The lines by name, the raw output and the facts."""
    probe = WebProbe(here(port, *inside), trust=issuer.file, http_port=http_port or closed_port(), seconds=5)
    facts = probe.look(https(port, path))
    lines = web_lines(facts, datetime.now(UTC))
    return {line.name: line for line in lines}, "\n".join(probe.raw), facts


def test_a_well_kept_site(issuer: Issuer) -> None:
    context = speaking(issuer.certificate("localhost"), oldest=TLS12)
    with serving(page(**GOOD), context) as site:
        moved = page("301 Moved", Location=f"https://localhost:{site.port}/")
        with serving(moved) as plain:
            lines, raw, _ = look(site.port, issuer, http_port=plain.port)
    assert {line.state for line in lines.values()} == {OK}, lines
    assert "TLS 1.3" in lines["Phiên bản TLS"].text
    assert "còn 200 ngày" in lines["Chứng thư số: thời hạn"].text
    assert "Bên cấp thử nghiệm" in lines["Chứng thư số: chuỗi tin cậy"].text
    assert f"127.0.0.1:{site.port} TLSv1.3" in raw
    assert "strict-origin" in raw


def test_a_bare_site_is_told_each_header_it_lacks(issuer: Issuer) -> None:
    with serving(page(), speaking(issuer.certificate("localhost"), oldest=TLS12)) as site:
        lines, _, _ = look(site.port, issuer)
    lacking = {name for name, line in lines.items() if line.state is WARN}
    assert lacking == {
        "Strict-Transport-Security (HSTS)",
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Chống nhúng khung (X-Frame-Options, frame-ancestors)",
        "Referrer-Policy",
    }
    assert "không mở cổng HTTP" in lines["Chuyển từ HTTP sang HTTPS"].text


def test_old_tls_still_accepted_is_bad(issuer: Issuer) -> None:
    with serving(page(), speaking(issuer.certificate("localhost"), oldest=ssl.TLSVersion.TLSv1)) as site:
        lines, raw, facts = look(site.port, issuer)
    if Attempt.UNTRIED in facts.old_versions.values():
        assert "không thử được" in lines["TLS 1.0"].text
        pytest.skip("this machine's OpenSSL cannot speak old TLS")
    assert (lines["TLS 1.0"].state, lines["TLS 1.1"].state) == (BAD, BAD)
    assert "try TLSv1: accepted" in raw


def test_only_old_tls_at_all_is_bad(issuer: Issuer) -> None:
    context = speaking(issuer.certificate("localhost"), oldest=ssl.TLSVersion.TLSv1, newest=ssl.TLSVersion.TLSv1_1)
    with serving(page(), context) as site:
        lines, _, _ = look(site.port, issuer)
    assert lines["Kết nối HTTPS"].state is BAD


@pytest.mark.parametrize(("days", "state", "said"), [(-3, BAD, "đã hết hạn"), (10, WARN, "chỉ còn 10 ngày")])
def test_a_certificate_that_ends(issuer: Issuer, days: int, state: LineState, said: str) -> None:
    with serving(page(), speaking(issuer.certificate("localhost", days=days), oldest=TLS12)) as site:
        lines, _, _ = look(site.port, issuer)
    assert lines["Chứng thư số: thời hạn"].state is state
    assert said in lines["Chứng thư số: thời hạn"].text
    assert lines["Chứng thư số: chuỗi tin cậy"].state is (BAD if days < 0 else OK)


def test_a_certificate_for_another_name(issuer: Issuer) -> None:
    with serving(page(), speaking(issuer.certificate("khac.example"), oldest=TLS12)) as site:
        lines, _, _ = look(site.port, issuer)
    assert lines["Chứng thư số: tên miền"].state is BAD
    assert "khac.example" in lines["Chứng thư số: tên miền"].text
    assert lines["Chứng thư số: chuỗi tin cậy"].state is OK


def test_an_issuer_this_machine_does_not_trust(issuer: Issuer, tmp_path: Path) -> None:
    stranger = Issuer(tmp_path)
    with serving(page(), speaking(stranger.certificate("localhost"), oldest=TLS12)) as site:
        lines, _, _ = look(site.port, issuer)
    assert lines["Chứng thư số: chuỗi tin cậy"].state is BAD
    assert lines["Chứng thư số: thời hạn"].state is OK


def test_http_that_stays_http_is_bad(issuer: Issuer) -> None:
    with (
        serving(page(), speaking(issuer.certificate("localhost"), oldest=TLS12)) as site,
        serving(page()) as plain,
    ):
        lines, _, _ = look(site.port, issuer, http_port=plain.port)
    assert lines["Chuyển từ HTTP sang HTTPS"].state is BAD
    assert "mã 200" in lines["Chuyển từ HTTP sang HTTPS"].text


def test_a_redirect_out_of_the_inventory_is_reported_and_not_followed(issuer: Issuer) -> None:
    context = speaking(issuer.certificate("localhost"), oldest=TLS12)
    with serving(page(), context) as other:
        away = page("302 Found", Location=f"https://localhost:{other.port}/dang-nhap#a")
        with serving(away, context) as site:
            lines, raw, facts = look(site.port, issuer)
        assert other.asked == []
    assert facts.outside == f"https://localhost:{other.port}/dang-nhap"
    assert lines["Địa chỉ cuối cùng"].state is WARN
    assert "redirect not followed" in raw


def test_a_redirect_inside_the_inventory_is_followed_to_its_end(issuer: Issuer) -> None:
    context = speaking(issuer.certificate("localhost"), oldest=TLS12)
    with serving(page(**GOOD), context) as other:
        away = page("302 Found", Location=f"https://localhost:{other.port}/vao")
        with serving(away, context) as site:
            lines, _, _ = look(site.port, issuer, inside=(other.port,))
    assert f"https://localhost:{other.port}/vao trả lời mã 200" in lines["Địa chỉ cuối cùng"].text
    assert lines["Content-Security-Policy"].state is OK


def test_redirects_in_a_circle_come_to_an_end(issuer: Issuer) -> None:
    context = speaking(issuer.certificate("localhost"), oldest=TLS12)
    with serving(lambda path: page("302 Found", Location=path + "a"), context) as site:
        lines, _, facts = look(site.port, issuer)
    assert len(facts.trail) == 6
    assert lines["Địa chỉ cuối cùng"].state is BAD


def test_a_server_that_never_answers_costs_no_more_than_the_time_allowed(issuer: Issuer) -> None:
    with serving(None) as silent:
        probe = WebProbe(here(), http_port=silent.port, seconds=0.2)
        facts = probe.look(https(silent.port))
    assert "0,2 giây" in facts.failure
    assert {line.state for line in web_lines(facts, datetime.now(UTC))} == {UNKNOWN}
    assert "0,2 giây" in facts.plain[-1].failure


def test_the_whole_look_has_an_end_too(issuer: Issuer) -> None:
    with serving(page(), speaking(issuer.certificate("localhost"), oldest=TLS12)) as site:
        facts = WebProbe(here(site.port), trust=issuer.file, http_port=closed_port(), in_all=0).look(https(site.port))
        assert site.asked == []
    assert "hết thời gian" in facts.failure


def test_a_server_that_drips_is_cut_off() -> None:
    with serving(page(), drip=True) as slow:
        facts = WebProbe(here(), http_port=slow.port, seconds=0.3).look(https(closed_port()))
    assert "không trả lời xong trong 0,3 giây" in facts.plain[-1].failure


def test_an_answer_against_all_rules_is_told_as_such(issuer: Issuer) -> None:
    endless = b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % number for number in range(300))
    with serving(endless) as odd, serving(b"xin ch\xc3\xa0o") as wrong:
        assert "sai quy cách" in WebProbe(here(), http_port=odd.port, seconds=5).look(https(odd.port)).plain[-1].failure
        assert "sai quy cách" in WebProbe(here(), http_port=wrong.port, seconds=5).look(https(1)).plain[-1].failure


def test_a_name_that_leads_to_where_clouds_keep_keys_is_refused_before_any_packet() -> None:
    def trick(host: str, port: int, seconds: float) -> tuple[str, ...]:
        return ("203.0.113.8", f"::ffff:{KEY_SERVICE}")

    with pytest.raises(Refused, match="chưa kết nối"):
        WebProbe(here(), resolve=trick).look(read_web_address("https://cong.suoimau.example"))


@pytest.mark.parametrize("ip", [KEY_SERVICE, "0.0.0.0", "255.255.255.255", "::", "fe80::1", "ff02::1", "fd00:ec2::254"])  # noqa: S104
def test_addresses_no_system_of_an_office_has(ip: str) -> None:
    with pytest.raises(Refused, match="trỏ về"):
        refuse_trick("cong.suoimau.example", [ip])


@pytest.mark.parametrize("ip", ["203.0.113.8", "10.0.0.8", "192.168.1.8", "2001:db8::8", "fd12::8"])
def test_addresses_of_an_office_and_its_own_network_are_fine(ip: str) -> None:
    refuse_trick("cong.suoimau.example", [ip])


def test_another_name_for_this_machine_is_refused() -> None:
    def own(host: str, port: int, seconds: float) -> tuple[str, ...]:
        return ("127.0.0.1",)

    probe = WebProbe(here(), resolve=own)
    with pytest.raises(Refused, match="trỏ về"):
        probe.look(read_web_address("https://cong.suoimau.example"))


def test_what_a_server_sends_cannot_move_the_cursor_and_cookies_are_not_kept(issuer: Issuer) -> None:
    sly = page(Server="\x1b[2Jxin", Set_Cookie="phien=bi-mat")
    with serving(sly, speaking(issuer.certificate("localhost"), oldest=TLS12)) as site:
        _, raw, _ = look(site.port, issuer)
    assert "\x1b" not in raw
    assert "bi-mat" not in raw
    assert "Set-Cookie" in raw
