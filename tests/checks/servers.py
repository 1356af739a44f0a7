"""Servers on this machine's own address that a check is tried against; nothing leaves the machine."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

KEY_SERVICE = ".".join(("169", "254", "169", "254"))
"""Where rented servers keep their keys; no address of documentation, so it is put together here."""

Answer = bytes | Callable[[str], bytes]
"""The whole answer as it goes over the wire; or the path asked for to that answer."""


def page(status: str = "200 OK", **headers: str) -> bytes:
    """An answer; ``_`` in a header's name stands for a hyphen."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "Content-Length: 2", "", "ok")).encode()


@dataclass
class Issuer:
    """An issuer of certificates, made for the test; ``file`` is what a machine that trusts it holds."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def name(self) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bên cấp thử nghiệm")])

    @property
    def file(self) -> Path:
        path = self.folder / "ben-cap.pem"
        if not path.exists():
            now = datetime.now(UTC)
            usage = x509.KeyUsage(
                digital_signature=True,
                key_cert_sign=True,
                crl_sign=True,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            )
            built = (
                x509.CertificateBuilder()
                .subject_name(self.name)
                .issuer_name(self.name)
                .public_key(self.key.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(now - timedelta(days=4000))
                .not_valid_after(now + timedelta(days=4000))
                .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
                .add_extension(usage, critical=True)
                .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
                .sign(self.key, hashes.SHA256())
            )
            path.write_bytes(built.public_bytes(serialization.Encoding.PEM))
        return path

    def certificate(self, *names: str, days: int = 200) -> Path:
        """A key and a certificate for these names, valid for so many days from now (less than 0 = ended)."""
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        listed: list[x509.GeneralName] = []
        for name in names:
            try:
                listed.append(x509.IPAddress(ip_address(name)))
            except ValueError:
                listed.append(x509.DNSName(name))
        mark = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        built = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Cổng thử nghiệm")]))
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(now + timedelta(days=days, hours=1))
            .add_extension(x509.SubjectAlternativeName(listed), critical=False)
            .add_extension(mark, critical=False)
            .sign(self.key, hashes.SHA256())
        )
        path = self.folder / f"{'-'.join(names).replace('*', 'sao')}-{days}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(built.public_bytes(serialization.Encoding.PEM) + private)
        return path


def speaking(certificate: Path, *, oldest: ssl.TLSVersion, newest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    """How a server speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = oldest
        if newest is not None:
            context.maximum_version = newest
    if oldest < ssl.TLSVersion.TLSv1_2:
        context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(certificate)
    return context


@dataclass
class Server:
    """A running server and what it was asked; ``drip`` lets it speak byte by byte."""

    answer: Answer | None
    context: ssl.SSLContext | None
    drip: bool
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    stop: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.port: int = self.listening.getsockname()[1]

    def accept(self) -> None:
        while not self.stop.is_set():
            with suppress(OSError):
                connection, _ = self.listening.accept()
                threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection: socket.socket) -> None:
        with suppress(OSError):
            connection.settimeout(5)
            if self.answer is None:
                self.stop.wait(10)
                connection.close()
                return
            if self.context is not None:
                connection = self.context.wrap_socket(connection, server_side=True)
            head = connection.recv(65_536).decode("latin-1")
            if head:
                self.asked.append(head.split("\r\n")[0])
                self.say(connection, self.answer if isinstance(self.answer, bytes) else self.answer(head.split()[1]))
        connection.close()

    def say(self, connection: socket.socket, whole: bytes) -> None:
        if not self.drip:
            connection.sendall(whole)
            return
        for at in range(len(whole)):
            connection.sendall(whole[at : at + 1])
            if self.stop.wait(0.05):
                return


@contextmanager
def serving(answer: Answer | None, context: ssl.SSLContext | None = None, *, drip: bool = False) -> Iterator[Server]:
    """A web server; ``answer=None`` accepts connections and never says anything."""
    server = Server(answer, context, drip)
    thread = threading.Thread(target=server.accept, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", server.port), 1).close()
        thread.join(5)
        server.listening.close()


Records = Mapping[tuple[str, str], Sequence[str]]
"""Name and type to the records as they stand in a zone file; a name with none exists all the same."""


@contextmanager
def answering(records: Records, *, silent_on: str = "") -> Iterator[tuple[int, list[str]]]:
    """A DNS server: its port and what it was asked; it says nothing about names that hold ``silent_on``."""
    asked: list[str] = []
    names = {name for name, _ in records}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))

        def answer() -> None:
            while True:
                wire, sender = listening.recvfrom(4096)
                if wire == b"stop":
                    return
                question = dns.message.from_wire(wire)
                (wanted,) = question.question
                name, kind = wanted.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(wanted.rdtype)
                asked.append(f"{name} {kind}")
                if silent_on and silent_on in name:
                    continue
                response = dns.message.make_response(question)
                if found := records.get((name, kind)):
                    response.answer.append(dns.rrset.from_text_list(wanted.name, 60, "IN", kind, list(found)))
                elif not any(known == name or known.endswith(f".{name}") for known in names):
                    response.set_rcode(dns.rcode.NXDOMAIN)
                listening.sendto(response.to_wire(), sender)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1], asked
        finally:
            listening.sendto(b"stop", listening.getsockname())
            thread.join(5)


def closed_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port
