"""A look at a mail domain, against a DNS server on this machine."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.mail_probe import MailProbe
from compliance.domain.machine_check import CheckLine, LineState
from compliance.domain.mail_check import Asked, Lookup, MailFacts, mail_lines
from compliance.domain.mail_record import dmarc_names, read_spf, spf_records, tags
from tests.checks.servers import Records, answering

OK, WARN, BAD, UNKNOWN = LineState.OK, LineState.WARN, LineState.BAD, LineState.UNKNOWN
DOMAIN = "suoimau.example"
COUNT = "SPF: số lần tra DNS"


def rsa_key(bits: int) -> str:
    der = (
        rsa.generate_private_key(65_537, bits)
        .public_key()
        .public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )
    return base64.b64encode(der).decode()


def txt(text: str) -> str:
    """A text as it stands in a zone file: in pieces of at most 255 characters."""
    return " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))


def zone(*texts: str, dmarc: Sequence[str] = (), **keys: str) -> Records:
    """The records of the domain; ``keys`` by selector."""
    records = {(DOMAIN, "MX"): ["10 thu.suoimau.example."], (DOMAIN, "TXT"): [txt(one) for one in texts]}
    records[f"_dmarc.{DOMAIN}", "TXT"] = [txt(one) for one in dmarc]
    return records | {(f"{name}._domainkey.{DOMAIN}", "TXT"): [txt(key)] for name, key in keys.items()}


def look(
    records: Records, *selectors: str, domain: str = DOMAIN, silent_on: str = ""
) -> tuple[dict[str, CheckLine], str, list[str]]:
    """The lines by name, the raw output and what the DNS was asked."""
    with answering(records, silent_on=silent_on) as (port, asked):
        probe = MailProbe(["127.0.0.1"], port=port, seconds=0.3, in_all=20)
        facts = probe.look(domain, selectors or ("default",), chosen=bool(selectors))
    return {line.name: line for line in mail_lines(facts)}, "\n".join(probe.raw), asked


def test_a_well_kept_domain() -> None:
    records = zone(
        "tai-lieu=1",
        "v=spf1 mx include:_spf.nhacungcap.example -all",
        dmarc=["v=DMARC1; p=reject; rua=mailto:dmarc@suoimau.example"],
        cong=f"v=DKIM1; k=rsa; p={rsa_key(2048)}",
    )
    spread = {("_spf.nhacungcap.example", "TXT"): [txt("v=spf1 ip4:203.0.113.0/24 a:gui.nhacungcap.example ~all")]}
    lines, raw, asked = look({**records, **spread}, "cong")
    assert {line.state for line in lines.values()} == {OK}, lines
    assert "thu.suoimau.example" in lines["MX (máy chủ nhận thư)"].text
    assert lines[COUNT].text.startswith("3 lần")
    assert "RSA 2048 bit" in lines["DKIM (cong)"].text
    assert "v=DMARC1; p=reject" in raw
    assert {name.split()[1] for name in asked} == {"MX", "TXT"}  # nobody but the DNS is contacted


def test_a_domain_that_publishes_nothing() -> None:
    lines, _, _ = look(zone())
    assert (lines["SPF"].state, lines["DMARC"].state, lines["DKIM"].state) == (BAD, BAD, UNKNOWN)
    assert "--selector" in lines["DKIM"].text


def test_a_domain_that_does_not_exist() -> None:
    lines, _, _ = look(zone(), domain="khac.example")
    assert [(line.name, line.state) for line in lines.values()] == [("Tên miền", BAD)]


@pytest.mark.parametrize(
    ("record", "state", "said"),
    [
        ("v=spf1 mx +all", BAD, "ai cũng được gửi"),
        ("v=spf1 mx all", BAD, "ai cũng được gửi"),
        ("v=spf1 mx ?all", WARN, "?all"),
        ("v=spf1 mx ~all", OK, "đánh dấu nghi ngờ"),
        ("v=spf1 mx", WARN, "không có “all”"),
        ("v=spf1 ptr -all", WARN, "ptr"),
        ("v=spf1 ipv4:203.0.113.8 -all", BAD, "ipv4:203.0.113.8"),
        ("V=SPF1 MX -ALL", OK, "bị từ chối"),
    ],
)
def test_what_an_spf_record_lets_through(record: str, state: LineState, said: str) -> None:
    line = look(zone(record))[0]["SPF"]
    assert line.state is state, line
    assert said in line.text


def test_two_spf_records_are_none() -> None:
    line = look(zone("v=spf1 mx -all", "v=spf1 a -all"))[0]["SPF"]
    assert line.state is BAD
    assert "2 bản ghi" in line.text


def test_more_than_ten_lookups_void_the_record() -> None:
    many = " ".join(f"include:_spf{number}.suoimau.example" for number in range(6))
    spread = {(f"_spf{number}.suoimau.example", "TXT"): [txt("v=spf1 a -all")] for number in range(6)}
    assert look({**zone(f"v=spf1 {many} -all"), **spread})[0][COUNT].state is BAD


def test_exactly_ten_lookups_are_within_the_limit() -> None:
    many = " ".join(f"a:may{number}.suoimau.example" for number in range(10))
    assert look(zone(f"v=spf1 {many} -all"))[0][COUNT].state is OK


def test_records_that_lead_to_each_other_come_to_an_end() -> None:
    lines, _, asked = look(zone(f"v=spf1 include:{DOMAIN} -all"))
    assert lines[COUNT].state is BAD
    assert len(asked) < 30


def test_a_record_that_leads_nowhere_is_void() -> None:
    line = look(zone("v=spf1 include:_spf.mat.example -all"))[0][COUNT]
    assert line.state is BAD
    assert "_spf.mat.example" in line.text


def test_what_depends_on_each_letter_is_not_counted_as_known() -> None:
    assert look(zone("v=spf1 include:%{d}.suoimau.example -all"))[0][COUNT].state is UNKNOWN


@pytest.mark.parametrize(
    ("records", "state", "said"),
    [
        (["v=DMARC1; p=none; rua=mailto:a@suoimau.example"], WARN, "p=none"),
        (["v=DMARC1; p=quarantine; pct=20"], WARN, "20%"),
        (["v=DMARC1; p=reject; t=y"], WARN, "thử"),
        (["v=DMARC1; rua=mailto:a@suoimau.example"], BAD, "thiếu hoặc sai"),
        (["v=DMARC1; p=reject", "v=DMARC1; p=none"], BAD, "2 bản ghi"),
        (["xin chào"], BAD, "Không có"),
    ],
)
def test_what_a_dmarc_record_orders(records: list[str], state: LineState, said: str) -> None:
    line = look(zone("v=spf1 -all", dmarc=records))[0]["DMARC"]
    assert line.state is state, line
    assert said in line.text


def test_a_domain_without_its_own_policy_falls_under_the_one_above() -> None:
    below = {("thu.suoimau.example", "MX"): ["10 a.suoimau.example."]}
    lines, _, _ = look(
        {**zone("v=spf1 -all", dmarc=["v=DMARC1; p=reject; sp=none"]), **below}, domain="thu.suoimau.example"
    )
    assert lines["DMARC"].state is WARN
    assert "cấp trên" in lines["DMARC"].text


@pytest.mark.parametrize(
    ("key", "state", "said"),
    [
        (f"v=DKIM1; p={rsa_key(1024)}", WARN, "1024 bit"),
        ("v=DKIM1; p=", WARN, "thu hồi"),
        ("v=DKIM1; p=khong-phai-khoa", BAD, "không đọc được"),
        (f"v=DKIM1; t=s:y; p={rsa_key(2048)}", WARN, "t=y"),
        (
            "v=DKIM1; k=ed25519; p="
            + base64.b64encode(ed25519.Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode(),
            OK,
            "ED25519",
        ),
    ],
    ids=["short", "revoked", "broken", "testing", "ed25519"],
)
def test_what_a_signing_key_is_worth(key: str, state: LineState, said: str) -> None:
    line = look(zone("v=spf1 -all", default=key))[0]["DKIM (default)"]
    assert line.state is state, line
    assert said in line.text


def test_a_selector_the_officer_named_and_nobody_published() -> None:
    assert look(zone("v=spf1 -all"), "cong")[0]["DKIM (cong)"].state is BAD


def test_a_domain_that_takes_no_mail_says_so() -> None:
    line = look({**zone("v=spf1 -all"), (DOMAIN, "MX"): ["0 ."]})[0]["MX (máy chủ nhận thư)"]
    assert "Null MX" in line.text


def test_a_dns_that_stays_silent_is_unknown_and_never_bad() -> None:
    lines, raw, _ = look(zone("v=spf1 -all"), silent_on="suoimau")
    assert {line.state for line in lines.values()} == {UNKNOWN}
    assert "LifetimeTimeout" in raw


def test_all_questions_together_have_an_end() -> None:
    with answering(zone("v=spf1 -all"), silent_on="suoimau") as (port, asked):
        probe = MailProbe(["127.0.0.1"], port=port, seconds=0.2, in_all=0.3)
        probe.look(DOMAIN, [f"s{number}" for number in range(50)], chosen=True)
    assert len(asked) < 10


@given(st.text(max_size=200))
def test_any_text_can_be_taken_apart(text: str) -> None:
    read_spf(f"v=spf1 {text}")
    tags(text)
    assert len(spf_records([text, "v=spf1"])) in {1, 2}


WORDS = st.text("vsp=1 DMARCKIM;:all-+?~rejct%{d}", max_size=40)


@given(WORDS, WORDS, WORDS)
def test_whatever_a_domain_publishes_is_judged(spf: str, dmarc: str, key: str) -> None:
    def found(name: str, text: str) -> Lookup:
        return Lookup(name=name, type="TXT", asked=Asked.FOUND, records=(text,))

    facts = MailFacts(
        domain=DOMAIN,
        mx=Lookup(name=DOMAIN, type="MX", asked=Asked.NONE),
        texts=found(DOMAIN, f"v=spf1 {spf}"),
        dmarc=(found(f"_dmarc.{DOMAIN}", f"v=DMARC1;{dmarc}"),),
        dkim=(found(f"a._domainkey.{DOMAIN}", f"p={key}"),),
        chosen=True,
    )
    assert {line.name for line in mail_lines(facts)} >= {"SPF", "DKIM (a)", "DMARC"}


def test_policies_are_sought_from_the_domain_upwards() -> None:
    assert dmarc_names("thu.xa.tinh.example") == (
        "_dmarc.thu.xa.tinh.example",
        "_dmarc.xa.tinh.example",
        "_dmarc.tinh.example",
    )
