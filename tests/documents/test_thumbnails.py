"""Small copies of picture evidence: turned as taken, without what the camera wrote beside them."""

from __future__ import annotations

import io
from base64 import b64decode

import pytest
from PIL import Image

from compliance.adapters.thumbnails import LONGEST, small_picture

_TURNED, _OWNER = 0x0112, 0x010E


def taken(size: tuple[int, int], kind: str = "JPEG", mode: str = "RGB", turned: int = 1) -> bytes:
    kept, noted = io.BytesIO(), Image.Exif()
    noted[_TURNED], noted[_OWNER] = turned, "Nha rieng cua can bo"
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(kept, kind, exif=noted)
    return kept.getvalue()


def shown(data: bytes) -> Image.Image:
    address = small_picture(data)
    assert address is not None
    head, _, body = address.partition(",")
    assert head == "data:image/jpeg;base64"
    return Image.open(io.BytesIO(b64decode(body)))


@pytest.mark.parametrize(("size", "small"), [((4000, 3000), (LONGEST, 315)), ((100, 60), (100, 60))])
def test_the_longer_side_is_cut_down_and_never_blown_up(size: tuple[int, int], small: tuple[int, int]) -> None:
    assert shown(taken(size)).size == small


def test_a_picture_taken_upright_stands_upright() -> None:
    assert shown(taken((4000, 3000), turned=6)).size == (315, LONGEST)


def test_what_the_camera_noted_is_left_out() -> None:
    assert not shown(taken((800, 600))).getexif()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_every_kind_of_png_is_shown(mode: str) -> None:
    kept = io.BytesIO()
    Image.new(mode, (30, 20)).save(kept, "PNG")
    assert shown(kept.getvalue()).mode == "RGB"


def test_what_is_transparent_stands_on_white() -> None:
    kept = io.BytesIO()
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(kept, "PNG")
    assert shown(kept.getvalue()).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 hong", taken((400, 300))[:200], b"GIF89a"]
)
def test_what_cannot_be_read_is_none(data: bytes) -> None:
    assert small_picture(data) is None


def test_the_same_picture_gives_the_same_copy() -> None:
    data = taken((900, 700))
    assert small_picture(data) == small_picture(data)
