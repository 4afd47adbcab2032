"""Bytes that outlive a process: magic, kind, version, length and checksum before the content."""

from __future__ import annotations

import hashlib
import struct

from ._errors import CorruptError
from ._given import Octets, octets

_MAGIC = b"MUSTERPY"
_VERSION = 1
_DIGEST = 16
_HEAD = struct.Struct("<8s4sIQ")


def _digest(head: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(head + content, digest_size=_DIGEST).digest()


def wrap(kind: bytes, content: bytes) -> bytes:
    head = _HEAD.pack(_MAGIC, kind, _VERSION, len(content))
    return head + _digest(head, content) + content


def unwrap(kind: bytes, data: Octets) -> bytes:
    """What wrap() was given. Raises CorruptError, with code corrupt or unsupported_version."""
    what = kind.decode().strip()
    data = octets("what was saved", data)
    begin = _HEAD.size + _DIGEST
    if len(data) < begin or data[:8] != _MAGIC:
        raise CorruptError(f"these bytes are no saved {what}", "corrupt")
    _, found, version, length = _HEAD.unpack_from(data)
    if version > _VERSION:
        raise CorruptError(
            f"these bytes are of version {version}; this library reads up to {_VERSION}",
            "unsupported_version",
        )
    head, content = data[: _HEAD.size], data[begin:]
    if len(content) != length or data[_HEAD.size : begin] != _digest(head, content):
        raise CorruptError(f"the saved {what} is damaged", "corrupt")
    if found != kind:
        raise CorruptError(f"these bytes are no saved {what}", "corrupt")
    return content
