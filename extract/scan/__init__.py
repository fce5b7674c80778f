"""Pages that are pictures -> what a text page gives: characters, rules, blocks."""

from extract.scan.picture import ScanError
from extract.scan.reader import page_reader, read_pictures

__all__ = ["ScanError", "page_reader", "read_pictures"]
