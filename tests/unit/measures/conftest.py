"""The planted worlds of ``benchmarks`` are shared with ``make bench``."""

from __future__ import annotations

import sys

from tiengvang.settings import REPOSITORY

sys.path.insert(0, str(REPOSITORY))
