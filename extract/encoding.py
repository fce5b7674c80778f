"""The bytes of a text file -> its text, whatever Thai encoding it was saved in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

# Share of control characters above which a file is taken for binary, not text.
MAX_CONTROL_SHARE = 0.01
# Share of undecodable bytes up to which UTF-8 text is read with replacement characters.
MAX_DAMAGED_SHARE = 0.005
# Share of adjacent Thai pairs that must be possible in Thai spelling for CP874 to be believed.
MIN_THAI_PLAUSIBLE = 0.97

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
# A mark needs a Thai consonant, vowel or mark before it; a leading vowel needs a consonant after.
_IMPOSSIBLE = re.compile(
    r"(?:^|[^\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
    r"|[\u0e40-\u0e44](?![\u0e01-\u0e2e\u0e40])"
)
_THAI = re.compile(r"[\u0e01-\u0e4e]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and whether some bytes could not be read."""

    text: str
    encoding: str
    is_damaged: bool = False


class EncodingError(ValueError):
    """The bytes are not text in an encoding that we know."""


def decode(data: bytes) -> Decoded:
    """Decode a text file.

    A byte order mark decides; then valid UTF-8; then the charset that an HTML file declares; then
    TIS-620/CP874 if the result can be Thai; then charset-normalizer's guess. Raises EncodingError
    for binary content and for bytes that none of these explains.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(data.decode(encoding, errors="replace"), encoding)
    if b"\x00" in data:
        raise EncodingError("the file holds NUL bytes, so it is not a text file")
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", errors="replace")
    if mended.count("\ufffd") <= max(3, MAX_DAMAGED_SHARE * len(mended)) and _THAI.search(mended):
        return _checked(mended, "utf-8", is_damaged=True)
    declared = _DECLARED.search(data[:4096])
    if declared:
        try:
            return _checked(data.decode(declared[1].decode("ascii")), declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    thai = _as_cp874(data)
    if thai is not None:
        return _checked(thai, "cp874")
    best = from_bytes(data).best()
    if best is None:
        raise EncodingError("the text is in no encoding that is known here (UTF-8, TIS-620/CP874)")
    return _checked(str(best), best.encoding)


def _as_cp874(data: bytes) -> str | None:
    """Decode as CP874 if what comes out is mostly possible Thai, else None."""
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return None
    thai = len(_THAI.findall(text))
    foreign = sum(1 for character in text if character > "\x7f") - thai
    if thai < 10 or foreign > thai / 5:
        return None
    return text if 1 - len(_IMPOSSIBLE.findall(text)) / thai >= MIN_THAI_PLAUSIBLE else None


def _checked(text: str, encoding: str, *, is_damaged: bool = False) -> Decoded:
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise EncodingError("the file is full of control characters, so it is not a text file")
    return Decoded(text, encoding, is_damaged or "\ufffd" in text)
