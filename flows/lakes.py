"""The lake of the settings: asked for before a run, brought up to what was published, and made to forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.settings import Settings

if TYPE_CHECKING:
    from warehouse.lake import Lake


def require_lake(settings: Settings) -> None:
    """Find out before a run does its work whether the lake can take it; a lake that is not there yet is made.

    Raises BadSetting or LakeRefused.
    """
    if lake := _lake_of(settings):
        from warehouse.lake import open_lake

        with open_lake(lake):
            pass


def bring_edition(settings: Settings) -> None:
    """Make the lake's tables those of the published file, where a lake is set. Raises BadSetting or LakeRefused."""
    if lake := _lake_of(settings):
        from warehouse.lake import bring_to_lake

        bring_to_lake(settings.warehouse, lake)


def forget_in_lake(settings: Settings) -> None:
    """Take what was forgotten out of the lake's older snapshots and files. Raises BadSetting or LakeRefused."""
    if lake := _lake_of(settings):
        from warehouse.lake import forget_older

        forget_older(lake)


def _lake_of(settings: Settings) -> Lake | None:
    if settings.lake is None:
        return None
    from warehouse.lake import Lake

    files = settings.lake_files or str(settings.warehouse.absolute().with_name(f"{settings.warehouse.stem}.lake"))
    return Lake(settings.lake, files)
