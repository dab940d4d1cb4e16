-- The page that an attempt ended at where the address led elsewhere; null = at the address itself.
ALTER TABLE core.fetches ADD COLUMN page_url VARCHAR;
