"""With whom an agency is compared."""

from __future__ import annotations

PEER_GROUPS: dict[str, str | None] = {
    "country": None,
    "type": "agency_type",
    "province": "province",
}
"""Each peer group (enum peer_group) with the column that its members share, None for all."""
