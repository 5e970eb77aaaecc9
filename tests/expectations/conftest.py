"""A warehouse of the gate's own, filled with good data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from good_data import GoodData
from harness import Warehouse


@pytest.fixture(scope="session")
def _good_data(new_warehouse: Callable[[str], Warehouse]) -> Iterator[GoodData]:
    data = GoodData(new_warehouse("gate").url)
    yield data
    data.connection.close()


@pytest.fixture
def good(_good_data: GoodData) -> Iterator[GoodData]:
    """Good data; what a test does to it is undone."""
    yield _good_data
    _good_data.restore()
