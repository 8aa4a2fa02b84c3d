"""The one job of a spreadsheet: whatever its state asks for next."""

from common.jobs import Continue, Work
from firms.models import Spreadsheet, SpreadsheetState
from firms.services.spreadsheets.reading import read_spreadsheet
from firms.services.spreadsheets.running import check_chunk, run_chunk
from firms.services.spreadsheets.undoing import undo_chunk

CHUNKS = {
    SpreadsheetState.CHECKING: check_chunk,
    SpreadsheetState.RUNNING: run_chunk,
    SpreadsheetState.UNDOING: undo_chunk,
}


def advance_spreadsheet(work: Work) -> Continue | None:
    """Do the next chunk of what a spreadsheet waits for; in any other state there is nothing."""
    rows = Spreadsheet.objects.select_related("owner", "cluster", "created_by")
    sheet = rows.filter(pk=work.key).first()
    if sheet is None or sheet.created_by is None:
        return None
    if sheet.state == SpreadsheetState.READING:
        return read_spreadsheet(sheet, work.now)
    chunk = CHUNKS.get(SpreadsheetState(sheet.state))
    return chunk(sheet, sheet.created_by, work.now) if chunk else None
