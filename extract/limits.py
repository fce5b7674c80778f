"""What reading one report may take, so that no file takes a machine or a night."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one report may take; docs/limits.md says why each is as it is.

    ``file_mb`` is the size of its file and ``document_mb`` that of its Document as JSON, in MB;
    ``pages`` are read of a PDF or of the frames of a picture, ``glyphs`` of a page and
    ``characters`` of a text or HTML file. ``memory_mb`` is the address space of the process that
    reads it, ``seconds`` its processor time, and the time on the wall. What goes beyond is an
    issue, or the report's verdict.
    """

    file_mb: int = 300
    pages: int = 3000
    glyphs: int = 60_000
    characters: int = 30_000_000
    document_mb: int = 300
    memory_mb: int = 4096
    seconds: int = 900

    def reached(self, name: str) -> str:
        """Say that a limit was reached, and what to do."""
        return (
            f"more than the limit {name}={getattr(self, name)}: look at the file, and where it is "
            f"in order run again with a higher --limit {name}=N"
        )


LIMITS = Limits()
