"""Zip archives: as Python's zipfile writes them, and put together by hand where zipfile would not lie."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

STORED = 0
DEFLATED = 8
FULL_16 = 0xFFFF
FULL_32 = 0xFFFFFFFF


def deflated(content: bytes) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(content) + compressor.flush()


@dataclass
class Member:
    """A file of an archive; what its two headers say is true unless `local` or `central` say otherwise."""

    name: bytes
    content: bytes
    method: int = STORED
    flags: int = 0
    extra: bytes = b""
    central_extra: bytes = b""
    local: dict[str, int] = field(default_factory=dict)
    central: dict[str, int] = field(default_factory=dict)
    local_name: bytes | None = None

    def fields(self) -> dict[str, int]:
        return {
            "flags": self.flags,
            "method": self.method,
            "checksum": zlib.crc32(self.content),
            "compressed": len(self.data()),
            "size": len(self.content),
        }

    def data(self) -> bytes:
        return deflated(self.content) if self.method == DEFLATED else self.content

    def local_header(self) -> bytes:
        name = self.name if self.local_name is None else self.local_name
        said = self.fields() | self.local
        numbers = (said["flags"], said["method"], 0, 33, said["checksum"], said["compressed"], said["size"])
        return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, *numbers, len(name), len(self.extra)) + name + self.extra

    def central_header(self, offset: int) -> bytes:
        said = self.fields() | {"offset": offset} | self.central
        numbers = (said["flags"], said["method"], 0, 33, said["checksum"], said["compressed"], said["size"])
        lengths = (len(self.name), len(self.central_extra), 0, 0, 0, 0)
        header = struct.pack("<IHHHHHHIII", 0x02014B50, 20, 20, *numbers)
        return header + struct.pack("<HHHHHII", *lengths, said["offset"]) + self.name + self.central_extra


def archive(
    *members: Member,
    end: dict[str, int] | None = None,
    end64: dict[str, int] | None = None,
    gap: bytes = b"",
    comment: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """An archive of these files; `end` and `end64` are what its end says that is not so, or not said at all."""
    content, directory = b"", b""
    for member in members:
        directory += member.central_header(len(content))
        content += member.local_header() + member.data()
    true = {"volume": 0, "here": len(members), "count": len(members), "size": len(directory), "offset": len(content)}
    content += directory + gap
    if end64 is not None:
        content += large_end(true | end64, len(content))
    said = true | (end or {})
    content += struct.pack(
        "<IHHHHIIH", 0x06054B50, said["volume"], 0, said["here"], said["count"], said["size"], said["offset"], len(comment)
    )
    return content + comment + trailer


def large_end(said: dict[str, int], position: int) -> bytes:
    numbers = (said["here"], said["count"], said["size"], said["offset"])
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, said.get("length", 44), 45, 45, 0, 0, *numbers)
    return record + struct.pack("<IIQI", 0x07064B50, 0, said.get("position", position), 1)


def large_sizes(*numbers: int) -> bytes:
    return struct.pack(f"<HH{len(numbers)}Q", 1, 8 * len(numbers), *numbers)


TEXT = b"What is said twice must agree.\n" * 8
FILES = {"folder/": b"", "folder/text": TEXT, "empty": b"", "größe 👕": bytes(range(256))}


class Unseekable(io.BytesIO):
    """Where zipfile cannot go back, it writes sizes and checksums behind the files."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise io.UnsupportedOperation

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation


def written_by_python(method: int, *, streamed: bool = False, large: bool = False) -> bytes:
    buffer = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in FILES.items():
            information = zipfile.ZipInfo(name)
            information.compress_type = method
            with file.open(information, "w", force_zip64=large) as stream:
                stream.write(content)
        file.comment = b"made for tests"
    return buffer.getvalue()


def good_archives() -> dict[str, bytes]:
    members = [Member(name.encode(), content, flags=1 << 11) for name, content in FILES.items()]
    large = Member(
        b"large",
        TEXT,
        extra=large_sizes(len(TEXT), len(TEXT)),
        central_extra=large_sizes(len(TEXT), len(TEXT), 0),
        local={"size": FULL_32, "compressed": FULL_32},
        central={"size": FULL_32, "compressed": FULL_32, "offset": FULL_32},
    )
    full = {"here": FULL_16, "count": FULL_16, "size": FULL_32, "offset": FULL_32}
    return {
        "stored": written_by_python(STORED),
        "deflated": written_by_python(DEFLATED),
        "streamed": written_by_python(DEFLATED, streamed=True),
        "large-by-python": written_by_python(DEFLATED, large=True),
        "put-together-by-hand": archive(*members),
        "large-by-hand": archive(large, *members, end=full, end64={}),
        "without-files": archive(),
    }


def files_in(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


# --- Archives that lie ------------------------------------------------------------------------------------------------


def lying_ends() -> dict[str, bytes]:
    one = Member(b"text", TEXT)
    whole = archive(one)
    full = {"offset": FULL_32}
    return {
        "empty": b"",
        "one-byte": b"P",
        "end-missing": whole[:-22],
        "end-truncated": whole[:-1],
        "bytes-after-end": archive(one, trailer=b"more"),
        "truncated-in-directory": whole[:-40],
        "truncated-in-file": whole[:50],
        "directory-beyond-file": archive(one, end={"offset": FULL_32 - 1}),
        "directory-too-long": archive(one, end={"size": 10**6}),
        "directory-elsewhere": archive(one, end={"offset": 0}),
        "directory-before-a-gap": archive(one, gap=b"hidden"),
        "count-too-high": archive(one, end={"here": 2, "count": 2}),
        "count-too-low": archive(one, one, end={"here": 1, "count": 1}),
        "count-65535": archive(one, end={"here": FULL_16, "count": FULL_16}),
        "one-of-two-volumes": archive(one, end={"volume": 1}),
        "counts-contradicting": archive(one, end={"here": 0}),
        "large-end-contradicting": archive(one, end64={"count": 2, "here": 2}),
        "large-end-beyond-file": archive(one, end=full, end64={"position": 2**63}),
        "large-end-of-another-length": archive(one, end=full, end64={"length": 2**64 - 1}),
        "large-end-with-2-to-63-files": archive(
            one, end={"here": FULL_16, "count": FULL_16}, end64={"here": 2**63, "count": 2**63}
        ),
        "large-end-with-directory-at-2-to-64": archive(one, end=full, end64={"offset": 2**64 - 1}),
    }


def lying_members() -> dict[str, bytes]:
    offset_extra = large_sizes(2**63)
    members = {
        "header-beyond-file": Member(b"text", TEXT, central={"offset": 10**6}),
        "header-at-2-to-63": Member(b"text", TEXT, central={"offset": FULL_32}, central_extra=offset_extra),
        "header-elsewhere": Member(b"text", TEXT, central={"offset": 1}),
        "header-of-another-name": Member(b"text", TEXT, local_name=b"next"),
        "header-of-another-size": Member(b"text", TEXT, DEFLATED, local={"size": 7}),
        "header-of-another-checksum": Member(b"text", TEXT, local={"checksum": 7}),
        "header-of-another-method": Member(b"text", TEXT, DEFLATED, local={"method": STORED}),
        "stored-with-two-sizes": Member(b"text", TEXT, local={"size": 10**9}, central={"size": 10**9}),
        "size-beyond-file": both(size=10**9, compressed=10**9),
        "size-into-directory": both(size=len(TEXT) + 20, compressed=len(TEXT) + 20),
        "large-size-not-said": Member(b"text", TEXT, central={"size": FULL_32}),
        "large-size-cut-off": Member(b"text", TEXT, central={"size": FULL_32}, central_extra=b"\x01\x00\x08\x00\x01"),
        "name-not-utf8": Member(b"\xc3\x28", TEXT),
    }
    return {name: archive(member) for name, member in members.items()}


def both(method: int = STORED, content: bytes = TEXT, /, **said: int) -> Member:
    """A file of which both headers say the same, true or not."""
    return Member(b"text", content, method, local=dict(said), central=dict(said))


def overlapping_members() -> dict[str, bytes]:
    """A kernel that many files share is how forty kilobytes become five gigabytes."""
    kernel = Member(b"text", TEXT, DEFLATED)
    inner = Member(b"next", TEXT)
    outer = Member(b"text", inner.local_header() + TEXT)
    quoted = len(outer.local_header())
    return {
        "names-duplicate": archive(kernel, kernel),
        "files-overlapping": archive(kernel, Member(b"next", TEXT, DEFLATED, local_name=b"text", central={"offset": 0})),
        "files-sharing-bytes": shared_bytes(),
        "file-inside-another": archive(outer, Member(b"next", TEXT, central={"offset": quoted})),
    }


def shared_bytes() -> bytes:
    """Two files, each with a header of its own; the first claims the second, header and all."""
    second = Member(b"next", TEXT)
    length = len(second.local_header()) + len(TEXT)
    checksum = zlib.crc32(second.local_header() + TEXT)
    said = {"size": length, "compressed": length, "checksum": checksum}
    return archive(Member(b"text", b"", local=said, central=said), second)


def damaged_contents() -> dict[str, bytes]:
    """Archives that can be opened, but whose file “text” cannot be taken out."""
    ratio = {"size": 10**9, "compressed": len(deflated(TEXT))}
    members = {
        "checksum-wrong": both(checksum=7),
        "encrypted": both(flags=1),
        "method-unknown": both(method=12),
        "deflated-beyond-its-size": both(DEFLATED, size=len(TEXT) - 1),
        "deflated-below-its-size": both(DEFLATED, size=len(TEXT) + 1),
        "deflated-claiming-10-to-9-bytes": both(DEFLATED, **ratio),
        "deflated-not-at-all": both(STORED, b"\xff" * 40, method=DEFLATED, size=400),
        "deflated-and-more": both(STORED, deflated(TEXT) + b"more", method=DEFLATED, size=len(TEXT)),
        "deflated-truncated": both(STORED, deflated(TEXT)[:-2], method=DEFLATED, size=len(TEXT)),
        "bomb": both(DEFLATED, bytes(8_000_000)),
    }
    return {name: archive(member) for name, member in members.items()}


def hostile_archives() -> dict[str, bytes]:
    return lying_ends() | lying_members() | overlapping_members()
