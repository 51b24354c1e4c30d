"""Files of PyTorch's legacy format: as torch.save writes them, and pickles put together by hand."""

import io
import pickle
import pickletools
import struct
from typing import Any

import torch
from tensors import SMALL_DATA


class Pickle:
    """The opcodes of pickle's protocol 2 that weight files need."""

    START = b"\x80\x02"
    STOP = b"."
    NONE = b"N"
    FALSE = b"\x89"
    TRUE = b"\x88"
    EMPTY_DICT = b"}"
    EMPTY_LIST = b"]"
    EMPTY_TUPLE = b")"
    MARK = b"("
    CLOSE_TUPLE = b"t"
    WRAP_IN_TUPLE = b"\x85"
    PAIR = b"\x86"
    DUPLICATE = b"2"
    APPEND = b"a"
    APPENDS = b"e"
    SET_ITEM = b"s"
    CALL = b"R"
    STORAGE = b"Q"

    @staticmethod
    def text(value: str) -> bytes:
        return b"X" + struct.pack("<I", len(value.encode())) + value.encode()

    @staticmethod
    def integer(value: int) -> bytes:
        if -(2**31) <= value < 2**31:
            return b"J" + struct.pack("<i", value)
        digits = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
        return b"\x8a" + bytes([len(digits)]) + digits

    @classmethod
    def tuple(cls, *items: bytes) -> bytes:
        return cls.MARK + b"".join(items) + cls.CLOSE_TUPLE

    @classmethod
    def integers(cls, *values: int) -> bytes:
        return cls.tuple(*map(cls.integer, values))

    @staticmethod
    def name(module: str, name: str) -> bytes:
        return f"c{module}\n{name}\n".encode()

    @classmethod
    def call(cls, module: str, name: str, *arguments: bytes) -> bytes:
        return cls.name(module, name) + cls.tuple(*arguments) + cls.CALL

    @classmethod
    def dictionary(cls, **items: bytes) -> bytes:
        return cls.EMPTY_DICT + b"".join(cls.text(key) + value + cls.SET_ITEM for key, value in items.items())

    @classmethod
    def whole(cls, value: bytes) -> bytes:
        return cls.START + value + cls.STOP


P = Pickle


def storage(kind: str = "FloatStorage", key: bytes = P.text("0"), count: int = 6, view: bytes = P.NONE) -> bytes:
    parts = (P.text("storage"), P.name("torch", kind), key, P.text("cpu"), P.integer(count), view)
    return P.tuple(*parts) + P.STORAGE


def tensor(
    data: bytes = storage(),
    offset: int = 0,
    size: bytes = P.integers(2, 3),
    stride: bytes = P.integers(3, 1),
) -> bytes:
    hooks = P.call("collections", "OrderedDict")
    return P.call("torch._utils", "_rebuild_tensor_v2", data, P.integer(offset), size, stride, P.FALSE, hooks)


def state(value: bytes) -> bytes:
    return P.whole(P.dictionary(w=value))


def system_information(little_endian: bool = True) -> bytes:
    sizes = P.dictionary(short=P.integer(2), int=P.integer(4), long=P.integer(4))
    order = P.TRUE if little_endian else P.FALSE
    return P.whole(P.dictionary(protocol_version=P.integer(1001), little_endian=order, type_sizes=sizes))


MAGIC = P.whole(P.integer(0x1950A86A20F9469CFC6C))
PROTOCOL = P.whole(P.integer(1001))
INFORMATION = system_information()
KEYS = P.whole(P.EMPTY_LIST + P.MARK + P.text("0") + P.APPENDS)


def legacy(
    body: bytes = state(tensor()),
    *,
    magic: bytes = MAGIC,
    protocol: bytes = PROTOCOL,
    information: bytes = INFORMATION,
    keys: bytes = KEYS,
    count: int = 6,
    data: bytes = SMALL_DATA,
) -> bytes:
    return magic + protocol + information + body + keys + struct.pack("<q", count) + data


def legacy_without_storages(body: bytes) -> bytes:
    return MAGIC + PROTOCOL + INFORMATION + body + P.whole(P.EMPTY_LIST)


def legacy_bytes(tensors: dict[str, torch.Tensor]) -> bytes:
    """What torch.save writes in the format before zip files, less the memory addresses in it."""
    buffer = io.BytesIO()
    torch.save(tensors, buffer, _use_new_zipfile_serialization=False)
    return renamed_storages(buffer.getvalue(), tensors)


def renamed_storages(content: bytes, tensors: dict[str, torch.Tensor]) -> bytes:
    """Legacy files name a storage by its address and sort by name; this gives names that every run repeats."""
    stream = io.BytesIO(content)
    header = b"".join(next_pickle(stream) for _ in range(3))
    body = next_pickle(stream)
    addresses = pickle.loads(next_pickle(stream))
    widths = element_sizes(tensors)
    storages = {}
    for address in addresses:
        count = stream.read(8)
        storages[address] = count + stream.read(struct.unpack("<q", count)[0] * widths[address])
    assert not stream.read(), "the file goes on after its last storage"
    # Counted down, so that the order of the data is not the order of the tensors.
    used = in_order_of_use(body, set(addresses))
    names = {address: str(94_000_000_000_000 - 64 * index) for index, address in enumerate(used)}
    ordered = sorted(addresses, key=names.__getitem__)
    keys = pickle.dumps([names[address] for address in ordered], protocol=2)
    return header + renamed_strings(body, names) + keys + b"".join(storages[address] for address in ordered)


def next_pickle(stream: io.BytesIO) -> bytes:
    start = stream.tell()
    for _ in pickletools.genops(stream):
        pass
    return stream.getvalue()[start : stream.tell()]


def element_sizes(tensors: dict[str, torch.Tensor]) -> dict[str, int]:
    return {str(tensor.untyped_storage()._cdata): tensor.element_size() for tensor in tensors.values()}


def in_order_of_use(body: bytes, addresses: set[str]) -> list[str]:
    return list(dict.fromkeys(argument for _, argument, _ in pickletools.genops(body) if argument in addresses))


def renamed_strings(body: bytes, names: dict[str, str]) -> bytes:
    for old, new in names.items():
        body = body.replace(Pickle.text(old), Pickle.text(new))
    return body


def code_running_files() -> dict[str, bytes]:
    """Harmless when parsed, and even when run they only print."""
    system = P.call("posix", "system", P.text("echo a pickle ran this"))
    evaluation = P.call("builtins", "eval", P.text("print('a pickle ran this')"))
    return {
        "runs-os-system": legacy_without_storages(P.whole(system)),
        "runs-os-system-as-magic-number": legacy(magic=P.whole(system)),
        "runs-os-system-as-tensor": legacy_without_storages(state(system)),
        "runs-eval": legacy_without_storages(P.whole(evaluation)),
        "runs-eval-as-storage-key": legacy(state(tensor(storage(key=evaluation)))),
    }


def truncated_files() -> dict[str, bytes]:
    header = len(MAGIC + PROTOCOL + INFORMATION)
    body = len(state(tensor()))
    ends = {
        "empty": 0,
        "one-byte": 1,
        "truncated-in-magic-number": 7,
        "truncated-after-magic-number": len(MAGIC),
        "truncated-in-system-information": header - 9,
        "truncated-in-pickle": header + body // 2,
        "truncated-before-end-of-pickle": header + body - 1,
        "truncated-in-storage-keys": header + body + 5,
        "truncated-in-storage-count": header + body + len(KEYS) + 4,
        "truncated-in-storage": header + body + len(KEYS) + 8 + 10,
    }
    return {name: legacy()[:end] for name, end in ends.items()}


def badly_pickled_files() -> dict[str, bytes]:
    nested_lists = P.EMPTY_LIST * 1500 + P.APPEND * 1499
    return {
        "opcode-unknown": legacy(P.START + b"\xff" + P.STOP),
        "stack-underflow": legacy(P.whole(P.SET_ITEM)),
        "mark-missing": legacy(P.whole(P.CLOSE_TUPLE)),
        "memo-index-unknown": legacy(state(b"h\x63")),
        "memo-index-2-to-31": legacy(P.whole(P.EMPTY_DICT + b"r\x00\x00\x00\x80")[:-1] + b"j\x01\x00\x00\x80."),
        "string-length-2-to-31": legacy(P.START + b"X\x00\x00\x00\x80w" + P.STOP),
        "string-not-utf8": legacy(P.whole(P.EMPTY_DICT + b"X\x02\x00\x00\x00\xc3\x28" + tensor() + P.SET_ITEM)),
        "integer-length-negative": legacy(P.START + b"\x8b\xff\xff\xff\xff" + P.STOP),
        "integer-of-255-bytes": legacy(state(tensor(size=P.tuple(b"\x8a\xff" + b"\x7f" * 255, P.integer(3))))),
        "nested-marks": legacy_without_storages(P.whole(P.MARK * 1500 + P.CLOSE_TUPLE * 1500)),
        "nested-marks-unclosed": legacy_without_storages(P.START + P.MARK * 3000),
        "nested-tuples": legacy_without_storages(P.whole(P.EMPTY_TUPLE + P.WRAP_IN_TUPLE * 3000)),
        "nested-lists": legacy_without_storages(P.whole(nested_lists)),
        "nested-tuples-doubling": legacy_without_storages(P.whole(P.EMPTY_TUPLE + (P.DUPLICATE + P.PAIR) * 64)),
        "not-a-dictionary": legacy_without_storages(P.whole(P.integer(1))),
        "value-not-a-tensor": legacy_without_storages(state(P.text("a word"))),
    }


def mislabelled_files() -> dict[str, bytes]:
    return {
        "magic-number-wrong": legacy(magic=P.whole(P.integer(0x1950A86A20F9469CFC6D))),
        "protocol-wrong": legacy(protocol=P.whole(P.integer(1002))),
        "big-endian": legacy(information=system_information(little_endian=False)),
    }


def lying_storage_files() -> dict[str, bytes]:
    huge = 10**12
    return {
        "storage-count-huge": legacy(state(tensor(storage(count=huge))), count=huge),
        "storage-count-huge-in-pickle": legacy(state(tensor(storage(count=huge)))),
        "storage-count-huge-in-data": legacy(count=huge),
        "storage-count-negative": legacy(state(tensor(storage(count=-6))), count=-6),
        "storage-count-overflowing": legacy(state(tensor(storage(count=2**62 + 6))), count=2**62 + 6),
        "storage-not-a-tuple": legacy(state(tensor(P.text("0") + P.STORAGE))),
        "storage-tuple-too-short": legacy(state(tensor(P.tuple(P.text("storage")) + P.STORAGE))),
        "storage-type-unknown": legacy(state(tensor(storage(kind="ImaginaryStorage")))),
        "storage-key-missing": legacy_without_storages(state(tensor())),
        "storage-key-unknown": legacy(keys=P.whole(P.EMPTY_LIST + P.MARK + P.text("1") + P.APPENDS)),
    }


def lying_tensor_files() -> dict[str, bytes]:
    tensors = {
        "tensor-beyond-storage": tensor(size=P.integers(2, 4), stride=P.integers(4, 1)),
        "tensor-beyond-storage-by-stride": tensor(stride=P.integers(4, 1)),
        "tensor-beyond-storage-by-offset": tensor(offset=1),
        "tensor-extent-overflowing": tensor(stride=P.integers(2**62, 2**62)),
        "offset-negative": tensor(offset=-1),
        "offset-2-to-63": tensor(offset=2**63),
        "size-negative": tensor(size=P.integers(-2, 3)),
        "sizes-negative": tensor(size=P.integers(-2, -3)),
        "size-not-integers": tensor(size=P.tuple(P.text("2"), P.text("3"))),
        "size-not-a-tuple": tensor(size=P.integer(6)),
        "stride-negative": tensor(offset=5, stride=P.integers(-3, -1)),
        "stride-missing": tensor(stride=P.integers(3)),
        "shape-of-10-to-9-elements": tensor(size=P.integers(1000, 1000, 1000), stride=P.integers(0, 0, 0)),
        "shape-product-overflowing": tensor(size=P.integers(2**32, 2**32), stride=P.integers(0, 0)),
    }
    return {name: legacy(state(value)) for name, value in tensors.items()}


def hostile_legacy_files() -> dict[str, bytes]:
    return (
        code_running_files()
        | truncated_files()
        | badly_pickled_files()
        | mislabelled_files()
        | lying_storage_files()
        | lying_tensor_files()
    )
