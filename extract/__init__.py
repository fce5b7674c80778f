"""A report file -> a Document: pages, paragraphs and tables whose cells know where they stand."""

from extract.document import Box, Cell, Column, Document, Issue, Paragraph, Part, Place, Table
from extract.read import read_bytes, read_report
from extract.thai import clean_thai, convert_digits, skeleton

__all__ = [
    "Box",
    "Cell",
    "Column",
    "Document",
    "Issue",
    "Paragraph",
    "Part",
    "Place",
    "Table",
    "clean_thai",
    "convert_digits",
    "read_bytes",
    "read_report",
    "skeleton",
]
