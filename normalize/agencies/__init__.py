"""Which agency: of one written name, and of a whole report.

The parts: ``text`` and ``reading`` read type, name and places; ``match`` matches one name, with
``segments``, ``near``, ``fit`` and ``align`` for damaged ones and ``weigh`` for the penalties;
``mentions`` and ``report`` find the agency of a report.
"""

from normalize.agencies.match import AgencyMatch, MatchStatus, match_agency
from normalize.agencies.report import AgencyIssue, ResolvedAgency, resolve_agency

__all__ = [
    "AgencyIssue",
    "AgencyMatch",
    "MatchStatus",
    "ResolvedAgency",
    "match_agency",
    "resolve_agency",
]
