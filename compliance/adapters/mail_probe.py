"""One look at a mail domain: questions to the DNS, and to nobody else. No mail server is contacted."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Sequence
from itertools import islice

import dns.exception
import dns.name
import dns.rdtypes.ANY.MX
import dns.rdtypes.ANY.TXT
import dns.resolver
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from compliance.domain.address import ascii_host
from compliance.domain.machine_check import printable
from compliance.domain.mail_check import MOST_LOOKUPS, Asked, Lookup, MailFacts, SpfCount
from compliance.domain.mail_record import dkim_names, dmarc_names, dmarc_records, read_spf, spf_records, tags
from compliance.errors import Refused

SECONDS = 5.0
"""What one question may take; all together take at most :data:`IN_ALL`."""
IN_ALL = 30.0
_MOST_RECORDS = 50
_PAYLOAD = 1232
"""Bytes of an answer that fit into one packet on every way (DNS flag day 2020)."""


def nameservers() -> tuple[str, ...]:
    """The DNS servers this machine asks, as set up; nothing is sent.

    Raises:
        Refused: the machine names none.
    """
    try:
        found = dns.resolver.Resolver().nameservers
    except (dns.exception.DNSException, OSError):
        found = []
    if not found:
        raise Refused("Máy này chưa được đặt máy chủ DNS nào nên không tra được tên miền. Hãy kiểm tra kết nối mạng.")
    return tuple(map(str, found))


class MailProbe:
    """Asks the DNS about a mail domain and writes down every answer in ``raw``.

    Args:
        servers: IP addresses of the DNS servers.
        port: the port they are asked at.
        seconds: what one question may take.
        in_all: what all of them may take together.
    """

    def __init__(
        self, servers: Sequence[str], *, port: int = 53, seconds: float = SECONDS, in_all: float = IN_ALL
    ) -> None:
        self.resolver = dns.resolver.Resolver(configure=False)
        self.resolver.nameservers = list(servers)
        self.resolver.port = port
        self.resolver.timeout = seconds / 2  # one lost packet is asked again
        self.resolver.use_edns(0, 0, _PAYLOAD)  # long keys then need no second question by TCP
        self.seconds = seconds
        self.until = time.monotonic() + in_all
        self.raw = [f"DNS {', '.join(servers)} port {port}"]

    def look(self, domain: str, selectors: Sequence[str], *, chosen: bool) -> MailFacts:
        """Everything the DNS tells of the domain; ``chosen``: the officer named the selectors."""
        name = ascii_host(domain)
        mx = self._ask(name, "MX")
        texts = self._ask(name, "TXT")
        if mx.asked is Asked.NO_DOMAIN:
            return MailFacts(domain=domain, mx=mx, texts=texts)
        keys = tuple(self._ask(one, "TXT") for one in dkim_names(name, selectors))
        return MailFacts(
            domain=domain,
            mx=mx,
            texts=texts,
            spf=self._count(name, texts),
            dmarc=self._policies(name),
            dkim=keys,
            key_bits={one.name: bits for one in keys for record in one.records if (bits := _bits(record))},
            chosen=chosen,
        )

    def _policies(self, name: str) -> tuple[Lookup, ...]:
        """From the domain upwards until there is a policy, or the DNS no longer answers."""
        asked: list[Lookup] = []
        for place in dmarc_names(name):
            asked.append(self._ask(place, "TXT"))
            if asked[-1].silent or dmarc_records(asked[-1].records):
                break
        return tuple(asked)

    def _count(self, name: str, texts: Lookup) -> SpfCount:
        """Follow the SPF record as a receiver does, until the limit is passed."""
        lookups, lost, unknown = 0, list[str](), list[str]()
        waiting = [(name, texts)]
        while waiting and lookups <= MOST_LOOKUPS:
            place, answer = waiting.pop(0)
            records = spf_records(answer.records)
            if answer.silent:
                unknown.append(place)
            elif len(records) != 1 or read_spf(records[0]).faults:
                lost.extend([place] if place != name else [])
            else:
                found = read_spf(records[0])
                lookups += found.lookups
                unknown += [term.value for term in found.followed if "%" in term.value and term.asks_dns]
                leads = [term.leads_to for term in found.followed if term.leads_to]
                waiting += [(lead, self._ask(lead, "TXT")) for lead in islice(leads, MOST_LOOKUPS + 1)]
        return SpfCount(lookups=lookups, lost=tuple(lost), open=tuple(unknown))

    def _ask(self, name: str, kind: str) -> Lookup:
        """One question; names are whole, the machine's search list is not used."""
        asked, records = Asked.NONE, list[str]()
        left = min(self.seconds, self.until - time.monotonic())
        try:
            if left <= 0:
                raise dns.exception.Timeout
            answer = self.resolver.resolve(
                dns.name.from_text(name), kind, search=False, lifetime=left, raise_on_no_answer=False
            )
            records = [_text(one) for one in islice(answer.rrset or (), _MOST_RECORDS)]
            asked = Asked.FOUND if records else Asked.NONE
        except dns.resolver.NXDOMAIN:
            asked = Asked.NO_DOMAIN
        except (dns.exception.SyntaxError, dns.name.NameTooLong):  # no such name can exist
            asked = Asked.NONE
        except (dns.exception.DNSException, OSError) as error:
            asked = Asked.NO_ANSWER
            self._note(f"{name} {kind}: {type(error).__name__}")
        self._note(f"{name} {kind} -> {asked.value}")
        for record in records:
            self._note(f"    {record}")
        return Lookup(name=name, type=kind, asked=asked, records=tuple(records))

    def _note(self, line: str) -> None:
        self.raw.append(printable(line, 8000))


def _text(record: object) -> str:
    if isinstance(record, dns.rdtypes.ANY.TXT.TXT):
        return b"".join(record.strings).decode("utf-8", "replace")
    if isinstance(record, dns.rdtypes.ANY.MX.MX):
        return f"{record.preference} {record.exchange}"
    return str(record)


def _bits(record: str) -> int | None:
    """The length of an RSA key published in a DKIM record; ``None`` when it cannot be read."""
    try:
        key = load_der_public_key(base64.b64decode("".join(tags(record).get("p", "").split()), validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return None
    return key.key_size if isinstance(key, RSAPublicKey) else None
