"""Whether a record is as ingest wrote it, so that it may go with the listing that brought it."""

from generator.ingest.matching import SourceRecord
from generator.ingest.receipts import digested
from generator.ingest.statements import Mentions, combined, row_values, rows, values
from generator.model import Paper, Stated
from generator.records.codec import encode


def is_untouched(record: SourceRecord, written: Mentions) -> bool:
    """Tell whether a record holds what ingest wrote of these mentions, and no word of an editor."""
    wrote = {path: statement.value for path, statement in combined(written).items()}
    listed = [row_values(row) for row in rows(written)]
    remark = b"#" in record.data and encode(record.paper).encode() != record.data
    return (
        not remark
        and values(digested(record.stated)) == wrote
        and sorted(map(str, map(row_values, record.paper.listed))) == sorted(map(str, listed))
        and all(getattr(record.paper, name) == default for name, default in _EDITORS.items())
    )


_EDITORS = {
    name: getattr(Paper(), name)
    for name in Paper.__struct_fields__
    if name not in {*Stated.__struct_fields__, "id", "listed"}
}
"""What an editor's fields hold until they are set."""
