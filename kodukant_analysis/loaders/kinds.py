"""Kinds: what a file is by its first bytes, told apart from what its name says."""

import re
from typing import Final

ARCHIVE: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_SUFFIXES: Final = (".csv", ".tsv", ".txt")
SUFFIXES: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", *TEXT_SUFFIXES)
_HEAD: Final = 4_096
_BEGINNINGS: Final[tuple[tuple[str, tuple[bytes, ...]], ...]] = (
    ("file-is-pdf", (b"%PDF",)),
    ("file-is-document", (b"{\\rtf",)),
    ("file-is-archive", (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"PK\x05\x06")),
    ("file-not-spreadsheet", (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"ID;P", b"SQLite format 3")),
)
# A page of the web, one with its pictures (MHT), or the XML that old programs exported.
_PAGE: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*(?:<!doctype html|<html|<head|<body|<table|<meta|<style|mime-version:|<\?xml[^>]*>\s*"
    rb"(?:<\?mso-application[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|(?:\w+:)?workbook|office:document))",
    re.IGNORECASE | re.DOTALL,
)
_SHEETS_IN_OLE: Final = tuple(name.encode("utf-16-le") for name in ("Workbook", "WORKBOOK", "Book", "EncryptedPackage"))
_OTHERS_IN_OLE: Final = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document", "__nameid"))


def kind_refused(content: bytes) -> str:
    """The rule that says what a file is that holds no sheets of ours, "" where it may be read."""
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = content[:_HEAD].decode("utf-16", errors="ignore").encode()
    if content.startswith(OLE):
        is_other = any(name in content for name in _OTHERS_IN_OLE)
        return "file-is-document" if is_other and not any(name in content for name in _SHEETS_IN_OLE) else ""
    found = next((rule for rule, beginnings in _BEGINNINGS if head.startswith(beginnings)), "")
    return found or ("file-is-web-page" if _PAGE.match(head) else "")
