"""How large a file may be, and the one way in which it is refused."""

MAX_FILE = 10 << 20
MAX_ENTRIES = 100
MAX_EXPANDED = 100_000_000
MAX_RATIO = 100
RATIO_FROM = 100_000  # a small part may well shrink a hundredfold
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 32_000
MAX_RECORD = 10 * MAX_CELL
MAX_DEPTH = 64
HEADER_WITHIN = 20  # titles and logos stand above the names of the columns
BLOCK = 1 << 16


class RefusedError(Exception):
    """The file is not read: ``reason`` is a code, ``detail`` the figure that was found."""

    def __init__(self, reason: str, detail: object = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = str(detail)
