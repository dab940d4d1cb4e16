-- What names the address itself, and what led to it.
DELETE FROM core.fetches WHERE url = $1 OR page_url = $1;
