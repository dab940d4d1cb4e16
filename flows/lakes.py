"""The lake of the settings, brought up to what was published."""

from __future__ import annotations

from flows.settings import Settings


def bring_edition(settings: Settings) -> None:
    """Make the lake's tables those of the published file, where a lake is set. Raises BadSetting or LakeRefused."""
    if settings.lake is None:
        return
    from warehouse.lake import Lake, bring_to_lake

    files = settings.lake_files or str(settings.warehouse.absolute().with_name(f"{settings.warehouse.stem}.lake"))
    bring_to_lake(settings.warehouse, Lake(settings.lake, files))
