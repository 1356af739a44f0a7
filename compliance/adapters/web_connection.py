"""Connections of a check: to an address looked up once and then kept to, within a time that no server can stretch."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path

from compliance.domain.address import ascii_host

Resolve = Callable[[str, int, float], tuple[str, ...]]
"""Host, port and seconds to the IP addresses the host has."""
_MOST_ADDRESSES = 3
_LOCAL_REASONS = ("NO_PROTOCOLS", "NO_CIPHERS", "NO_SUITABLE", "INTERNAL_ERROR", "LIBRARY", "NO_SHARED")
"""OpenSSL's words for what this machine itself cannot or may not do."""


class NoAnswer(OSError):
    """Nobody could be reached; the text says why, in Vietnamese, without a full stop."""

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.refused = refused


class LocalLimit(Exception):
    """This machine cannot try the thing."""


def system_resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """The addresses this machine's own resolver gives.

    Raises:
        NoAnswer: no such name, or no answer in time.
    """
    found: list[str] = []
    faults: list[OSError] = []

    def look() -> None:
        try:
            entries = socket.getaddrinfo(ascii_host(host), port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(entry[4][0]) for entry in entries))
        except OSError as error:
            faults.append(error)

    asking = threading.Thread(target=look, daemon=True)  # the system's resolver takes no time limit
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise NoAnswer("hỏi tên miền quá thời gian chờ")
    if faults:
        raise NoAnswer("tên miền không có địa chỉ IP, hoặc máy này không hỏi được DNS")
    return tuple(found)


def connect(ips: tuple[str, ...], port: int, seconds: float) -> tuple[socket.socket, str]:
    """A connection to the first address that answers, and that address.

    Raises:
        NoAnswer: none did; ``refused`` when nobody listens there.
    """
    fault = NoAnswer("tên miền không có địa chỉ IP")
    for ip in ips[:_MOST_ADDRESSES]:
        try:
            return socket.create_connection((ip, port), timeout=seconds), ip
        except TimeoutError:
            fault = NoAnswer(f"{ip} cổng {port} không trả lời trong {_number(seconds)} giây")
        except ConnectionRefusedError:
            fault = NoAnswer(f"{ip} không mở cổng {port}", refused=True)
        except OSError as error:
            fault = NoAnswer(f"không tới được {ip} cổng {port} ({error.strerror or error})")
    raise fault


@contextmanager
def cut_off(connection: socket.socket, seconds: float) -> Iterator[None]:
    """Ends the connection after ``seconds`` in all, however slowly the other side drips.

    Raises:
        NoAnswer: the time ran out, or the connection broke.
    """
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_RDWR)  # not SSLSocket's, which would drop its state

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except ssl.SSLError as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise _too_late(seconds) from error
        raise
    except TimeoutError as error:
        raise _too_late(seconds) from error
    except (OSError, HTTPException) as error:
        if late.is_set():
            raise _too_late(seconds) from error
        raise NoAnswer(f"máy chủ ngắt kết nối hoặc trả lời sai quy cách ({type(error).__name__})") from error
    finally:
        timer.cancel()


def _too_late(seconds: float) -> NoAnswer:
    return NoAnswer(f"máy chủ không trả lời xong trong {_number(seconds)} giây")


def _number(seconds: float) -> str:
    return f"{seconds:.2g}".replace(".", ",")


def encrypted(connection: socket.socket, host: str, context: ssl.SSLContext, seconds: float) -> ssl.SSLSocket:
    """The connection with TLS spoken on it; closed when that fails.

    Raises:
        NoAnswer: broken off, or too slow.
        ssl.SSLError: the two sides do not agree, or the certificate is not trusted.
    """
    talking = context.wrap_socket(connection, server_hostname=ascii_host(host), do_handshake_on_connect=False)
    try:
        with cut_off(talking, seconds):
            talking.do_handshake()
    except BaseException:
        talking.close()
        raise
    return talking


def trusting(trust: Path | None) -> ssl.SSLContext:
    """Verifies the chain by the machine's own trusted issuers, or those in ``trust``; the name is judged apart."""
    context = ssl.create_default_context(cafile=str(trust) if trust else None)
    context.check_hostname = False
    return context


def any_certificate() -> ssl.SSLContext:
    """Takes whatever certificate there is, to look at it; nothing secret is ever sent this way."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def knows_issuers(context: ssl.SSLContext) -> bool:
    """Whether there is anything to verify a chain by; a folder of issuers is read only when needed."""
    folder = ssl.get_default_verify_paths().capath
    return bool(context.cert_store_stats()["x509_ca"] or (folder and any(Path(folder).glob("*.0"))))


def only_version(version: ssl.TLSVersion) -> ssl.SSLContext:
    """Speaks this old version of TLS and no other.

    Raises:
        LocalLimit: this machine's OpenSSL was built without it.
    """
    context = any_certificate()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # old versions are tried on purpose
            context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
            context.minimum_version = version
            context.maximum_version = version
        context.set_ciphers("ALL:@SECLEVEL=0")  # the signatures of old TLS are below every higher level
    except (ValueError, ssl.SSLError) as error:
        raise LocalLimit from error
    return context


def is_local(error: ssl.SSLError) -> bool:
    """Whether a failed attempt failed on this machine and says nothing about the server."""
    return "ALERT" not in (error.reason or "") and any(word in (error.reason or "") for word in _LOCAL_REASONS)
