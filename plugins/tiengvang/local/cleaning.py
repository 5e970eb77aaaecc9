"""Back to a fresh clone: everything that ran is stopped, everything that was made is deleted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tiengvang.errors import SettingsError
from tiengvang.local import services
from tiengvang.settings import REPOSITORY, Settings

EVIDENCE = ("postgres.lock", "postgres", "secrets", "sample", "long", "airflow")


def clean(settings: Settings, *, say: Callable[[str], None] = print) -> None:
    """Stop the services of this home and delete it with all its data.

    Raises:
        SettingsError: the folder does not look like one of ours, see ``require_own_home``.
    """
    home = settings.home
    require_own_home(home)
    if not home.exists():
        say(f"nothing to clean: {home}")
        return
    services.down(settings, say=say)
    shutil.rmtree(home)
    say(f"deleted {home}")


def require_own_home(home: Path) -> None:
    """Make sure that deleting this folder deletes only what was made at run time.

    Raises:
        SettingsError: it contains the repository, or nothing that this product puts there.
    """
    resolved = home.resolve()
    if resolved == REPOSITORY or resolved in REPOSITORY.parents:
        raise SettingsError(f"TIENGVANG_HOME: {home} contains the repository, it is not deleted")
    is_empty = not home.exists() or not any(home.iterdir())
    if not is_empty and not any((home / name).exists() for name in EVIDENCE):
        raise SettingsError(f"TIENGVANG_HOME: {home} holds other files, it is not deleted")
