"""What companions that hand out pyarrow's record batches have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa


def with_key(batch: pa.RecordBatch, key: str) -> pa.RecordBatch:
    """The batch, with row numbers for keys where it has no column of that name.

    Who matches users where they lie names them otherwise, or not at all.
    """
    if not key or key in batch.schema.names:
        return batch
    import pyarrow as pa

    rows = pa.array(np.arange(1, len(batch) + 1))
    return pa.RecordBatch.from_arrays([*batch.columns, rows], names=[*batch.schema.names, key])
