"""The warehouse: the only code that knows DuckDB.

`store.open_store` writes, `reader.open_reader` reads; what readers see is in views/.
"""
