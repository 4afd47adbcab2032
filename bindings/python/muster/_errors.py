"""What can go wrong, as exceptions that keep the library's code, message and findings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a source text."""

    severity: str  #: "error" or "warning"
    code: str  #: e.g. "unknown_tag"
    begin: int  #: bytes [begin, end) of the UTF-8 source
    end: int
    message: str
    suggestion: str  #: the word that was probably meant; may be empty


class Error(Exception):
    """Base of everything that Muster raises of its own.

    ``code`` is stable, e.g. ``"unknown_tag"``; ``message`` is complete in itself; ``diagnostics``
    holds every finding about a source text where there was one. Notes, which tracebacks show, draw
    the first ten with a caret.
    """

    def __init__(self, message: str, code: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type[Error], tuple[str, str, tuple[Diagnostic, ...]]]:
        return type(self), (self.message, self.code, self.diagnostics)


class RuleError(Error, ValueError):
    """A rule's text is wrong."""


class CatalogueError(Error, ValueError):
    """A catalogue is wrong: its JSON, its schema, its rules or its settings."""


class DataError(Error, ValueError):
    """Users' values can not be read; the message names the column and what was expected."""


class DataTypeError(Error, TypeError):
    """A column or a value is of a type that its tag can not be read from."""


class NotFoundError(Error, LookupError):
    """There is no such user, policy, channel or catalogue."""


class LimitError(Error, ValueError):
    """A named limit was passed."""


class CorruptError(Error, ValueError):
    """Saved bytes are damaged, or of a newer version."""


class FileError(Error, OSError):
    """A file, or a producer of data, could not be read."""

    def __str__(self) -> str:
        return self.message


_BY_CODE: dict[str, type[Error]] = {
    "io": FileError,
    "corrupt": CorruptError,
    "unsupported_version": CorruptError,
    "limit": LimitError,
    "schema_mismatch": DataError,
}


def _class_of(number: int, code: str, findings: bool, of_catalogue: bool) -> type[Error]:
    if code in _BY_CODE:
        return _BY_CODE[code]
    if of_catalogue or 20 <= number < 60 or 140 <= number < 160:
        return CatalogueError
    if findings or number in (80, 83, 85):
        return RuleError
    if code == "wrong_type":
        return DataTypeError
    if 60 <= number < 100:
        return DataError
    return NotFoundError if 120 <= number < 180 else Error


def from_core(
    number: int,
    code: str,
    message: str,
    diagnostics: list[Diagnostic],
    of_catalogue: bool,
) -> Error:
    """The exception for an error of the library."""
    kind = _class_of(number, code, bool(diagnostics), of_catalogue)
    return kind(message, code, tuple(diagnostics))
