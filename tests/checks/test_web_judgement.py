"""What a look at a web address is judged to say, without any network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.machine_check import CheckLine, LineState
from compliance.domain.web_check import Attempt, Certificate, Hop, WebFacts, names_match, web_lines
from compliance.domain.web_headers import header_lines

OK, WARN, BAD, UNKNOWN = LineState.OK, LineState.WARN, LineState.BAD, LineState.UNKNOWN
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
HEADERS = (
    "Strict-Transport-Security",
    "content-security-policy",
    "X-Content-Type-Options",
    "X-FRAME-OPTIONS",
    "Referrer-Policy",
)
SITE = "https://cong.suoimau.example/"


@pytest.mark.parametrize(
    ("names", "host", "covered"),
    [
        (["cong.suoimau.example"], "cong.suoimau.example", True),
        (["CONG.suoimau.example."], "cong.suoimau.example", True),
        (["*.suoimau.example"], "cong.suoimau.example", True),
        (["*.suoimau.example"], "suoimau.example", False),
        (["*.suoimau.example"], "a.cong.suoimau.example", False),
        (["*.example"], "suoimau.example", True),
        (["c*.suoimau.example"], "cong.suoimau.example", False),
        (["xn--xsuimu-uta4d8d1a.example"], "khac.example", False),
        (["203.0.113.8"], "203.0.113.8", True),
        (["*.113.8"], "203.0.113.8", False),
        (["2001:db8:0:0::1"], "2001:db8::1", True),
        ([], "suoimau.example", False),
    ],
)
def test_for_which_names_a_certificate_is_good(names: list[str], host: str, covered: bool) -> None:
    assert names_match(names, host) is covered


def header(name: str, *sent: tuple[str, str]) -> CheckLine:
    return next(line for line in header_lines(sent) if name in line.name)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("max-age=31536000", OK),
        ('max-age="31536000" ; includeSubDomains', OK),
        ("MAX-AGE=15552000", OK),
        ("max-age=86400", WARN),
        ("max-age=0", WARN),
        ("includeSubDomains", BAD),
        ("max-age=mot-nam", BAD),
        ("", WARN),
    ],
)
def test_how_long_a_browser_is_told_to_keep_to_https(value: str, state: LineState) -> None:
    assert header("HSTS", ("Strict-Transport-Security", value)).state is state


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ([("X-Frame-Options", "SAMEORIGIN")], OK),
        ([("X-Frame-Options", "ALLOW-FROM https://a.example")], WARN),
        ([("Content-Security-Policy", "default-src 'self'; Frame-Ancestors 'none'")], OK),
        ([("Content-Security-Policy", "frame-ancestors *")], WARN),
        ([("Content-Security-Policy", "frame-ancestors *"), ("X-Frame-Options", "DENY")], WARN),
        ([("Content-Security-Policy", "default-src 'self'")], WARN),
    ],
)
def test_who_may_put_the_page_into_a_frame(sent: list[tuple[str, str]], state: LineState) -> None:
    assert header("Chống nhúng khung", *sent).state is state


@pytest.mark.parametrize(
    ("sent", "state", "said"),
    [
        (("Content-Security-Policy", "default-src 'self'"), OK, "Có."),
        (("Content-Security-Policy", "script-src 'unsafe-inline'"), WARN, "unsafe-inline"),
        (("Content-Security-Policy-Report-Only", "default-src 'self'"), WARN, "chế độ thử"),
    ],
)
def test_a_content_policy(sent: tuple[str, str], state: LineState, said: str) -> None:
    line = header("Content-Security-Policy", sent)
    assert line.state is state
    assert said in line.text


def test_what_else_a_browser_is_told() -> None:
    assert header("Referrer-Policy", ("Referrer-Policy", "no-referrer, strict-origin")).state is OK
    assert header("Referrer-Policy", ("Referrer-Policy", "unsafe-url")).state is WARN
    assert header("X-Content-Type-Options", ("X-Content-Type-Options", "NoSniff")).state is OK
    assert header("X-Content-Type-Options", ("X-Content-Type-Options", "sniff")).state is WARN


def seen(**changed: object) -> dict[str, CheckLine]:
    """The lines of a well-kept site, with some things otherwise."""
    certificate = Certificate(
        subject="CN=cong",
        issuer="CN=Bên cấp",
        names=("cong.suoimau.example",),
        not_before=NOW - timedelta(days=30),
        not_after=NOW + timedelta(days=60),
        sha256="0" * 64,
    )
    facts = WebFacts(
        host="cong.suoimau.example",
        version="TLSv1.3",
        cipher="TLS_AES_256_GCM_SHA384",
        certificate=certificate,
        chain_fault="",
        old_versions={"TLSv1.0": Attempt.REFUSED, "TLSv1.1": Attempt.REFUSED},
        trail=(Hop(url=SITE, status=200, chain_fault=""),),
        plain=(Hop(url="http://cong.suoimau.example/", status=301, location=SITE), Hop(url=SITE, status=200)),
    )
    return {line.name: line for line in web_lines(facts.model_copy(update=changed), NOW)}


def test_old_versions_that_could_not_be_tried_are_unknown() -> None:
    lines = seen(old_versions={"TLSv1.0": Attempt.UNTRIED, "TLSv1.1": Attempt.NO_ANSWER})
    assert (lines["TLS 1.0"].state, lines["TLS 1.1"].state) == (UNKNOWN, UNKNOWN)
    assert "Máy này không thử được" in lines["TLS 1.0"].text


def test_a_machine_without_trusted_issuers_does_not_blame_the_server() -> None:
    assert seen(chain_fault=None)["Chứng thư số: chuỗi tin cậy"].state is UNKNOWN


@pytest.mark.parametrize(("days", "state"), [(-1, BAD), (0, WARN), (30, WARN), (31, OK)])
def test_days_a_certificate_has_left(days: int, state: LineState) -> None:
    certificate = Certificate(
        subject="", issuer="", names=(), not_before=NOW, not_after=NOW + timedelta(days=days), sha256=""
    )
    assert seen(certificate=certificate)["Chứng thư số: thời hạn"].state is state


def test_a_certificate_for_ever() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    certificate = Certificate(subject="", issuer="", names=(), not_before=NOW, not_after=last, sha256="")
    office = NOW.astimezone(timezone(timedelta(hours=7)))
    facts = WebFacts(host="cong.suoimau.example", version="TLSv1.3", certificate=certificate, chain_fault="")
    (line,) = (one for one in web_lines(facts, office) if "thời hạn" in one.name)
    assert "31/12/9999" in line.text


@given(st.lists(st.tuples(st.sampled_from(HEADERS), st.text(max_size=60)), max_size=8))
def test_whatever_a_server_sends_is_judged(sent: list[tuple[str, str]]) -> None:
    assert len(list(header_lines(sent))) == 5


def test_a_certificate_of_the_future() -> None:
    later = NOW + timedelta(days=2)
    certificate = Certificate(subject="", issuer="", names=(), not_before=later, not_after=later, sha256="")
    assert "chưa có hiệu lực" in seen(certificate=certificate)["Chứng thư số: thời hạn"].text


@pytest.mark.parametrize(
    ("last", "outside", "state"),
    [
        (Hop(url="http://cong.suoimau.example/", status=200), "", BAD),
        (Hop(url="http://cong.suoimau.example/", status=403), "", WARN),
        (Hop(url="http://cong.suoimau.example/", failure="không tới được"), "", UNKNOWN),
        (Hop(url="http://cong.suoimau.example/", failure="không mở cổng", refused=True), "", OK),
        (Hop(url="http://cong.suoimau.example/", status=302, location="x"), "https://tinh.example/", WARN),
        (Hop(url="http://cong.suoimau.example/", status=302, location="x"), "http://tinh.example/", BAD),
        (Hop(url="http://cong.suoimau.example/", status=302, location="?"), "", BAD),
    ],
)
def test_where_somebody_ends_who_types_the_name_only(last: Hop, outside: str, state: LineState) -> None:
    assert seen(plain=(last,), plain_outside=outside)["Chuyển từ HTTP sang HTTPS"].state is state


def test_a_page_that_sends_people_back_to_http_is_bad() -> None:
    back = (Hop(url=SITE, status=302, location="http://x"), Hop(url="http://cong.suoimau.example/", status=200))
    assert seen(trail=back)["Địa chỉ cuối cùng"].state is BAD


def test_a_doubtful_certificate_further_on_is_said() -> None:
    line = seen(trail=(Hop(url=SITE, status=200, chain_fault="chứng thư tự ký"),))["Địa chỉ cuối cùng"]
    assert line.state is BAD
    assert "chứng thư tự ký" in line.text
