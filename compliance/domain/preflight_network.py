"""Detectors about devices, zones, addresses, services and diagrams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from itertools import combinations

from compliance.domain.preflight import Detector, Hit, detector
from compliance.domain.preflight_input import PreflightInput
from compliance.domain.system import Device, DiagramKind, Hosting, Zone
from compliance.domain.wording import folded

Network = IPv4Network | IPv6Network
_INTERNAL = tuple(
    ip_network(text)
    for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10")
)
"""Ranges that no public network carries (RFC 1918, RFC 4193, loopback and link-local)."""
_NOT_OURS = {Hosting.CLOUD, Hosting.SUPERIOR}
"""Where the servers stand at somebody else's, so none need be in the list of devices."""


def _network(text: str) -> Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def _internal(network: Network) -> bool:
    return any(network.version == one.version and network.subnet_of(one) for one in _INTERNAL)  # type: ignore[arg-type]


def _zones_by_id(facts: PreflightInput) -> dict[str, Zone]:
    return {zone.id: zone for zone in facts.system.zones}


def _zoneless(facts: PreflightInput) -> Iterator[Hit]:
    for device in facts.system.devices:
        if not device.zone_id:
            yield Hit(facts.place("devices.zone_id", device.name), ("devices",), {"device": device.name})


def _zone_lost(facts: PreflightInput) -> Iterator[Hit]:
    zones = _zones_by_id(facts)
    for device in facts.system.devices:
        if device.zone_id and device.zone_id not in zones:
            words = {"device": device.name, "zone": device.zone_id}
            yield Hit(facts.place("devices.zone_id", device.name), ("devices", "zones"), words)


def _empty_zones(facts: PreflightInput) -> Iterator[Hit]:
    used = {device.zone_id for device in facts.system.devices}
    for zone in facts.system.zones:
        if zone.id not in used:
            yield Hit(facts.place("zones", zone.name), ("zones", "devices"), {"zone": zone.name})


def _unreadable(facts: PreflightInput) -> Iterator[Hit]:
    for device in facts.system.devices:
        if device.address and not _is_address(device.address):
            words = {"what": f"thiết bị “{device.name}”", "address": device.address}
            yield Hit(facts.place("devices.address", device.name), ("devices",), words)
    for zone in facts.system.zones:
        for text in (*zone.private_addresses, *zone.public_addresses):
            if _network(text) is None:
                words = {"what": f"vùng mạng “{zone.name}”", "address": text}
                yield Hit(facts.place("zones", zone.name), ("zones",), words)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _outside(facts: PreflightInput) -> Iterator[Hit]:
    zones = _zones_by_id(facts)
    for device in facts.system.devices:
        zone = zones.get(device.zone_id or "")
        ranges = [*zone.private_addresses, *zone.public_addresses] if zone else []
        if zone is None or not ranges or not device.address or not _is_address(device.address):
            continue
        if None not in map(_network, ranges) and not zone.holds(device.address):
            words = {"device": device.name, "address": device.address, "zone": zone.name, "ranges": "; ".join(ranges)}
            yield Hit(facts.place("devices.address", device.name), ("devices", "zones"), words)


def _overlaps(facts: PreflightInput) -> Iterator[Hit]:
    for one, other in combinations(facts.system.zones, 2):
        shared = _first_shared(one, other)
        if shared:
            words = {"one": one.name, "other": other.name, "ranges": shared}
            yield Hit(facts.place("zones", one.name), ("zones",), words)


def _first_shared(one: Zone, other: Zone) -> str:
    for a in one.private_addresses:
        for b in other.private_addresses:
            first, second = _network(a), _network(b)
            if first and second and first.version == second.version and first.overlaps(second):
                return f"{a} và {b}"
    return ""


def _misplaced(field: str, *, internal: bool) -> Callable[[PreflightInput], Iterator[Hit]]:
    """Ranges of one kind written in the column of the other."""

    def find(facts: PreflightInput) -> Iterator[Hit]:
        for zone in facts.system.zones:
            for text in getattr(zone, field):
                network = _network(text)
                if network is not None and _internal(network) is internal:
                    words = {"zone": zone.name, "address": text}
                    yield Hit(facts.place(f"zones.{field}", zone.name), ("zones",), words)

    return find


def _doubled(field: str, key: Callable[[Device], str]) -> Callable[[PreflightInput], Iterator[Hit]]:
    def find(facts: PreflightInput) -> Iterator[Hit]:
        for value, devices in _same(facts.system.devices, key):
            words = {"value": value, "devices": "; ".join(device.name for device in devices)}
            yield Hit(facts.place(f"devices.{field}", devices[-1].name), ("devices",), words)

    return find


def _same(devices: Iterable[Device], key: Callable[[Device], str]) -> Iterator[tuple[str, list[Device]]]:
    found: dict[str, list[Device]] = defaultdict(list)
    for device in devices:
        if key(device):
            found[key(device)].append(device)
    yield from ((value, same) for value, same in found.items() if len(same) > 1)


def _name_alone(device: Device) -> str:
    """The name of a device nothing else tells apart."""
    return "" if device.serial or device.address else folded(f"{device.name} {device.place}")


def _unknown_server(facts: PreflightInput) -> Iterator[Hit]:
    if facts.system.hosting in _NOT_OURS or not facts.system.devices:
        return
    names = [folded(device.name) for device in facts.system.devices]
    ids = {folded(device.id) for device in facts.system.devices}
    for service in facts.system.services:
        server = folded(service.server)
        if server and server not in ids and not any(name in server or server in name for name in names):
            words = {"service": service.name, "server": service.server}
            fields = ("services", "devices", "systems.hosting")
            yield Hit(facts.place("services.server", service.name), fields, words)


def _no_diagram(facts: PreflightInput) -> Iterator[Hit]:
    drawn = {diagram.kind for diagram in facts.system.diagrams}
    for kind, called in ((DiagramKind.LOGICAL, "mô hình lô-gic"), (DiagramKind.PHYSICAL, "mô hình vật lý")):
        if kind not in drawn:
            where = facts.place(f"systems.{kind.value}_model")
            yield Hit(where, ("systems.diagrams",), {"model": called, "kind": kind.value})


def _diagram_lost(facts: PreflightInput) -> Iterator[Hit]:
    for diagram in facts.system.diagrams:
        reason = facts.unreadable.get(diagram.sha256)
        if reason is not None:
            words = {"file": diagram.file_name, "reason": reason, "kind": diagram.kind.value}
            yield Hit(f"Sơ đồ {diagram.file_name}", ("systems.diagrams",), words)


DETECTORS: Mapping[str, Detector] = {
    "device-without-zone": detector(_zoneless, "device"),
    "device-in-lost-zone": detector(_zone_lost, "device", "zone"),
    "zone-without-device": detector(_empty_zones, "zone"),
    "address-unreadable": detector(_unreadable, "what", "address"),
    "device-outside-zone": detector(_outside, "device", "address", "zone", "ranges"),
    "zones-overlap": detector(_overlaps, "one", "other", "ranges"),
    "public-as-private": detector(_misplaced("private_addresses", internal=False), "zone", "address"),
    "private-as-public": detector(_misplaced("public_addresses", internal=True), "zone", "address"),
    "address-twice": detector(_doubled("address", lambda device: device.address), "value", "devices"),
    "serial-twice": detector(_doubled("serial", lambda device: folded(device.serial)), "value", "devices"),
    "device-twice": detector(_doubled("name", _name_alone), "value", "devices"),
    "service-on-unknown-server": detector(_unknown_server, "service", "server"),
    "no-diagram": detector(_no_diagram, "model", "kind"),
    "diagram-unreadable": detector(_diagram_lost, "file", "reason", "kind"),
}
