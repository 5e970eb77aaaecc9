"""An edition's data as Parquet: the rows of the CSV files with their types, and text as it is."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

MEDIA_TYPE = "application/vnd.apache.parquet"
# By the types of a data package's fields.
TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("ms", tz="UTC"),  # the coarsest that Parquet has
}


def parquet_bytes(frame: pd.DataFrame, fields: list[dict[str, Any]]) -> bytes:
    """Write a frame as Parquet; the same rows give the same bytes under the same version of Arrow.

    No formula can run here, so text is not changed. Numbers are rounded as in the CSV file. Neither
    pandas' nor Arrow's own description of the frame is kept: they name versions.

    Args:
        frame: the rows.
        fields: the columns' names and types, as a data package describes them.
    """
    arrays = [
        pa.array([_value(value) for value in frame[field["name"]].tolist()], TYPES[field["type"]])
        for field in fields
    ]
    table = pa.Table.from_arrays(arrays, names=[field["name"] for field in fields])
    sink = io.BytesIO()
    pq.write_table(
        table, sink, version="2.6", compression="zstd", compression_level=3, store_schema=False
    )
    return sink.getvalue()


def _value(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, float):
        return round(value, 10)
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    return value
