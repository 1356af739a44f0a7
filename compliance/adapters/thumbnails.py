"""Small pictures of image evidence for papers; the evidence itself stays as it came.

Pillow is loaded only when a picture is printed. What the camera wrote beside the picture (place, owner) is left out.
"""

from __future__ import annotations

import io
import warnings
from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LONGEST = 420
"""The longer side in pixels: 45 mm on paper at 240 dots an inch."""

_QUALITY = 75


def small_picture(data: bytes) -> str | None:
    """A picture as the ``data:`` address of a small copy, turned as it was taken; ``None`` if it cannot be read.

    Args:
        data: a PNG or JPEG file.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - loaded only where pictures are printed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # what is really too large raises an error
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                image.draft("RGB", (LONGEST, LONGEST))  # a JPEG is read at a fraction of its size: much faster
                image.thumbnail((LONGEST, LONGEST))
                turned = ImageOps.exif_transpose(image)
                return _address(_on_white(turned))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _on_white(image: Picture) -> Picture:
    """Without transparency, which a JPEG does not have."""
    from PIL import Image  # noqa: PLC0415 - as above

    if image.mode == "RGB":
        return image
    coloured = image.convert("RGBA")
    ground = Image.new("RGB", coloured.size, "white")
    ground.paste(coloured, mask=coloured.getchannel("A"))
    return ground


def _address(image: Picture) -> str:
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{b64encode(kept.getvalue()).decode()}"
