-- One row: one page to which an address led.
SELECT DISTINCT page_url FROM core.fetches WHERE url = $1 AND page_url IS NOT NULL ORDER BY page_url;
