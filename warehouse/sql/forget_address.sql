-- What names the address itself.
DELETE FROM core.fetches WHERE url = $1;
