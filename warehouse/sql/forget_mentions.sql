-- What attempts at other addresses say of it.
UPDATE core.fetches SET detail = '' WHERE contains(detail, $1);
