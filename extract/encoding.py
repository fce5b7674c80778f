"""The bytes of a text file -> its text, whatever Thai encoding it was saved in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from charset_normalizer import from_bytes

from extract.document import Issue

# Share of control characters above which a file is taken for binary, not text.
MAX_CONTROL_SHARE = 0.01
# Share of undecodable bytes up to which UTF-8 text is read with replacement characters.
MAX_DAMAGED_SHARE = 0.005
# Share of adjacent Thai pairs that must be possible in Thai spelling for CP874 to be believed.
MIN_THAI_PLAUSIBLE = 0.97
# Fewer Thai characters than this prove no encoding: they are a guess.
MIN_THAI = 10

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_BINARY = "the file is full of control characters, so it is not a text file"
# A declared charset is believed if it is one of these: others are not for text, or need a mark.
_PLAIN_CHARSETS = ("utf-8", "tis-620", "iso-8859-", "windows-125", "cp125", "us-ascii")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
# A mark needs a Thai consonant, vowel or mark before it; a leading vowel needs a consonant after.
_IMPOSSIBLE = re.compile(
    r"(?:^|[^\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
    r"|[\u0e40-\u0e44](?![\u0e01-\u0e2e\u0e40])"
)
_THAI = re.compile(r"[\u0e01-\u0e4e]")
_ONLY_THAI = re.compile(r"[\x00-\x7f\u0e01-\u0e5b]*")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was in; could some bytes not be read, was the encoding guessed?"""

    text: str
    encoding: str
    is_damaged: bool = False
    is_guessed: bool = False

    @property
    def doubts(self) -> tuple[Issue, ...]:
        """What a person should know about the encoding."""
        lost = f"some bytes are not valid {self.encoding}: the signs they stood for are lost"
        guessed = f"the encoding was guessed to be {self.encoding}: letters may be wrong"
        issues = (
            (self.is_damaged, Issue("warning", "encoding_damaged", lost)),
            (self.is_guessed, Issue("warning", "encoding_guessed", guessed)),
        )
        return tuple(issue for is_so, issue in issues if is_so)


class EncodingError(ValueError):
    """The bytes are not text in an encoding that we know."""


def decode(data: bytes) -> Decoded:
    """Decode a text file.

    A byte order mark decides; then valid UTF-8; then TIS-620/CP874 if the result can be Thai; then
    the charset that an HTML file declares, which is often wrong for Thai; then CP874 as a guess if
    all that is not ASCII is Thai, and possible; then charset-normalizer's guess. UTF-8 and CP874
    may have a few damaged bytes. A control character becomes U+FFFD. Raises EncodingError for
    binary content and for bytes that none of these explains.
    """
    data = data.rstrip(b"\x1a")  # the end-of-file sign of DOS
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(data.decode(encoding, errors="replace"), encoding)
    if b"\x00" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            thai = _as_thai(data, encoding)
            if thai is not None:
                return _checked(thai, encoding)
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", errors="replace")
    if mended.count("\ufffd") <= max(3, MAX_DAMAGED_SHARE * len(mended)) and _THAI.search(mended):
        return _checked(mended, "utf-8")
    thai = _as_thai(data, "cp874")
    if thai is not None:
        return _checked(thai, "cp874")
    declared = _DECLARED.search(data[:4096])
    if declared and (name := declared[1].decode("ascii").lower()).startswith(_PLAIN_CHARSETS):
        try:
            return _checked(data.decode(name), name)
        except (LookupError, ValueError):
            pass
    short = data.decode("cp874", errors="replace")
    if _ONLY_THAI.fullmatch(short) and _THAI.search(short) and not _IMPOSSIBLE.search(short):
        return replace(_checked(short, "cp874"), is_guessed=True)
    if len(_CONTROL_BYTES.findall(data)) > MAX_CONTROL_SHARE * len(data):
        raise EncodingError(_BINARY)
    best = from_bytes(data).best()
    if best is None:
        raise EncodingError("the text is in no encoding that is known here (UTF-8, TIS-620/CP874)")
    return replace(_checked(str(best), best.encoding), is_guessed=True)


def _as_thai(data: bytes, encoding: str) -> str | None:
    """Decode if what comes out is mostly possible Thai, with few damaged bytes, else None."""
    text = data.decode(encoding, errors="replace")
    thai = len(_THAI.findall(text))
    lost = text.count("\ufffd")
    foreign = sum(1 for character in text if character > "\x7f") - thai - lost
    if thai < MIN_THAI or foreign > thai / 5 or lost > max(3, MAX_DAMAGED_SHARE * len(text)):
        return None
    return text if 1 - len(_IMPOSSIBLE.findall(text)) / thai >= MIN_THAI_PLAUSIBLE else None


def _checked(text: str, encoding: str) -> Decoded:
    controls = len(_CONTROL.findall(text))
    if controls > MAX_CONTROL_SHARE * len(text):
        raise EncodingError(_BINARY)
    if controls:
        text = _CONTROL.sub("\ufffd", text)
    return Decoded(text, encoding, "\ufffd" in text)
