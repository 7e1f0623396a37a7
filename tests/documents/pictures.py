"""Pictures that can be drawn, to try the documents with."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode

# 16 by 8 pixels, all grey
JPEG = b64decode(
    b"/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////"
    b"////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////"
    b"////////////////////////////wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAH/xAAUEAEA"
    b"AAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhED"
    b"EQA/AKAD/9k="
)


def png(wide: int, high: int) -> bytes:
    """A white PNG of that many pixels."""
    lines = zlib.compress((b"\0" + b"\xff" * wide) * high)
    head = struct.pack(">LLBBBBB", wide, high, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", lines), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in parts
    )
