#!/usr/bin/env python3
"""Writes the golden file of sections that the Swift tests read, and write again byte by byte.

It follows Documentation/FORMAT.md and shares nothing with the Swift sources; checksums are those of the Python package
xxhash. The same contents give the same bytes.

Run it from the project's root in a throw-away environment:

    python3 -m venv /tmp/goldens
    /tmp/goldens/bin/pip install xxhash==4.1.0
    /tmp/goldens/bin/python Scripts/make-section-files.py
"""

import struct
from pathlib import Path

import xxhash

GOLDENS = Path(__file__).resolve().parent.parent / "Tests/SectionFilesTests/Goldens"
PAGE = 4096


def counting(length: int) -> bytes:
    """0, 31, 62 and so on, each as far as it fits into a byte."""
    return bytes(31 * place % 256 for place in range(length))


def in_pages(data: bytes) -> bytes:
    return data + bytes(-len(data) % PAGE)


def section_file(kind: bytes, identity: bytes, sections: dict[str, bytes]) -> bytes:
    table, body = b"", b""
    for name, data in sections.items():
        place = PAGE + len(body)
        table += struct.pack("<16sQQQ", name.encode(), place, len(data), xxhash.xxh3_64_intdigest(data))
        body += in_pages(data)
    header = struct.pack("<8sII16s8sQ16x", b"LOOKSECT", 1, len(sections), identity, kind, PAGE + len(body))
    page = (header + table).ljust(PAGE - 8, b"\0")
    return page + struct.pack("<Q", xxhash.xxh3_64_intdigest(page)) + body


if __name__ == "__main__":
    GOLDENS.mkdir(parents=True, exist_ok=True)
    contents = {"page": counting(PAGE), "nothing": b"", "fifteen-letters": counting(PAGE + 1)}
    (GOLDENS / "three.sections").write_bytes(section_file(b"eight-8.", bytes(range(16)), contents))
