"""Frictionless' reader of data packages, without what importing it does to everybody else's CSV files."""

from __future__ import annotations

import csv

_limit = csv.field_size_limit()

from frictionless import Package as Package  # noqa: E402
from frictionless.formats import csv as _loaded  # noqa: E402, F401  its parser, which lifts the limit

# Our parsers refuse a field beyond Python's own limit; tests of that run in the same process.
csv.field_size_limit(_limit)
