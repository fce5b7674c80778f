"""Which agency: of one written name, and of a whole report.

The parts: ``agency_text`` reads type, name and places; ``agency_match`` matches one name;
``agency_mentions`` and ``agency_report`` find the agency of a report.
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
