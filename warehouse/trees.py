"""The trees of populations and places and the measures, as extraction knows them, beside the figures that use them."""

from __future__ import annotations

from warehouse.store import Store


def load_current_trees(store: Store, version: str) -> bool:
    """Make the warehouse's trees those of this extractor version; returns whether they were not already.

    To be called before relations are made: without trees nothing is part of anything.
    """
    if store.has_trees(version):
        return False
    # the gazetteer takes a moment to unpack: only where the version is new
    from extract.figures.measures import measure_rows
    from extract.figures.places import place_tree_rows
    from extract.figures.populations import population_disjoint_rows, population_tree_rows

    store.load_trees(
        version=version,
        populations=population_tree_rows(),
        disjoint=population_disjoint_rows(),
        places=place_tree_rows(),
        measures=measure_rows(),
    )
    return True
