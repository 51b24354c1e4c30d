"""Files of PyTorch's zip format: as torch.save writes them, and archives put together by hand."""

import io
from typing import Any

import pickles
import torch
from archives import DEFLATED, STORED, Member, archive
from pickles import P, state
from tensors import SMALL_DATA


def zip_bytes(tensors: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    torch.save(tensors, buffer)
    return buffer.getvalue()


def storage(**parts: Any) -> bytes:
    """As in legacy files, less what those say of storages in storages."""
    return pickles.storage(view=b"", **parts)


def tensor(data: bytes = storage(), **parts: Any) -> bytes:
    return pickles.tensor(data, **parts)


def member(name: str, content: bytes, method: int = STORED, /, **said: int) -> Member:
    return Member(f"archive/{name}".encode(), content, method, local=dict(said), central=dict(said))


STORAGE = member("data/0", SMALL_DATA)
VERSION = member("version", b"3\n")


def zip_file(body: bytes = state(tensor()), *others: Member, data: Member | None = STORAGE) -> bytes:
    return archive(member("data.pkl", body), VERSION, *([data] if data else []), *others)


def wrong_archives() -> dict[str, bytes]:
    pickle = member("data.pkl", state(tensor()))
    second = Member(b"other/data.pkl", state(tensor()))
    shared = Member(b"archive/data/1", SMALL_DATA, central={"offset": len(pickle.local_header() + pickle.content)})
    whole = zip_file()
    return {
        "zip-without-pickle": archive(STORAGE),
        "zip-with-two-pickles": archive(pickle, second, STORAGE),
        "zip-with-pickle-at-the-top": archive(Member(b"data.pkl", state(tensor())), STORAGE),
        "zip-big-endian": zip_file(state(tensor()), member("byteorder", b"big")),
        "zip-of-a-program": zip_file(state(tensor()), member("constants.pkl", P.whole(P.EMPTY_TUPLE))),
        "zip-truncated-in-pickle": whole[:60],
        "zip-truncated-in-storage": whole[: whole.index(SMALL_DATA) + 10],
        "zip-truncated-in-directory": whole[:-30],
        "zip-storages-overlapping": archive(pickle, STORAGE, shared),
        "zip-pickle-bomb": archive(member("data.pkl", state(tensor()) + bytes(70_000_000), DEFLATED), STORAGE),
        "zip-pickle-claiming-10-to-9-bytes": archive(member("data.pkl", b"", DEFLATED, size=10**9), STORAGE),
        "zip-pickle-empty": zip_file(b""),
        "zip-pickle-damaged": archive(member("data.pkl", state(tensor()), checksum=7), STORAGE),
    }


def wrong_storages() -> dict[str, bytes]:
    huge = 10**12
    double = P.dictionary(a=tensor(), b=tensor(storage(kind="IntStorage")))
    escape = storage(key=P.text("../../../etc/passwd"))
    return {
        "zip-storage-missing": zip_file(data=None),
        "zip-storage-outside": zip_file(state(tensor(escape))),
        "zip-storage-too-short": zip_file(data=member("data/0", SMALL_DATA[:-1])),
        "zip-storage-too-long": zip_file(data=member("data/0", SMALL_DATA + b"\0")),
        "zip-storage-compressed": zip_file(data=member("data/0", SMALL_DATA, DEFLATED)),
        "zip-storage-encrypted": zip_file(data=member("data/0", SMALL_DATA, flags=1)),
        "zip-storage-claiming-10-to-9-bytes": zip_file(data=member("data/0", SMALL_DATA, size=10**9, compressed=10**9)),
        "zip-storage-count-huge": zip_file(state(tensor(storage(count=huge)))),
        "zip-storage-count-overflowing": zip_file(state(tensor(storage(count=2**62 + 6)))),
        "zip-storage-of-two-types": zip_file(P.whole(double)),
    }


def wrong_pickles() -> dict[str, bytes]:
    system = P.call("posix", "system", P.text("echo a pickle ran this"))
    evaluation = P.call("builtins", "eval", P.text("print('a pickle ran this')"))
    wide = P.integers(1000, 1000, 1000)
    nested = P.EMPTY_DICT + (P.text("state_dict") + P.EMPTY_DICT) * 3000 + P.SET_ITEM * 3000
    itself = P.EMPTY_DICT + b"q\x00" + P.text("model") + b"h\x00" + P.SET_ITEM
    bodies = {
        "zip-runs-os-system": P.whole(system),
        "zip-runs-os-system-as-tensor": state(system),
        "zip-runs-eval-as-storage-key": state(tensor(storage(key=evaluation))),
        "zip-runs-eval-beside-tensors": P.whole(P.dictionary(state_dict=P.dictionary(w=tensor()), arguments=evaluation)),
        "zip-opcode-unknown": P.START + b"\xff" + P.STOP,
        "zip-not-a-dictionary": P.whole(P.integer(1)),
        "zip-dictionaries-nested": P.whole(nested),
        "zip-dictionary-in-itself": P.whole(itself),
        "zip-tuples-nested": P.whole(P.EMPTY_TUPLE + P.WRAP_IN_TUPLE * 3000),
        "zip-name-without-end": P.START + b"c" + b"x" * 5000,
        "zip-shape-of-10-to-9-elements": state(tensor(size=wide, stride=P.integers(0, 0, 0))),
        "zip-shape-of-10-to-9-elements-in-rows": state(tensor(size=wide, stride=P.integers(10**6, 1000, 1))),
        "zip-shape-product-overflowing": state(tensor(size=P.integers(2**32, 2**32), stride=P.integers(0, 0))),
        "zip-tensor-beyond-storage": state(tensor(offset=1)),
        "zip-state-not-tensors": P.whole(P.dictionary(state_dict=P.dictionary(w=P.integer(1)))),
    }
    return {name: zip_file(body) for name, body in bodies.items()}


def hostile_zip_files() -> dict[str, bytes]:
    return wrong_archives() | wrong_storages() | wrong_pickles()
