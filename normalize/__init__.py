"""A Document -> records: clean values, what they were matched to, and the review queue."""

from normalize.agencies import AgencyMatch, match_agency, resolve_agency
from normalize.agencies.registry import Agency, Registry
from normalize.catalogue import Catalogue, TableSpec, catalogue
from normalize.dates import Period, find_fiscal_years, parse_date, parse_period
from normalize.decisions import Decision
from normalize.numbers import parse_number
from normalize.report import normalize_document
from normalize.status import read_status
from normalize.tables import SourceFile, cells_table, normalize_documents
from normalize.wording import StatusReading

__all__ = [
    "Agency",
    "AgencyMatch",
    "Catalogue",
    "Decision",
    "Period",
    "Registry",
    "SourceFile",
    "StatusReading",
    "TableSpec",
    "catalogue",
    "cells_table",
    "find_fiscal_years",
    "match_agency",
    "normalize_document",
    "normalize_documents",
    "parse_date",
    "parse_number",
    "parse_period",
    "read_status",
    "resolve_agency",
]
