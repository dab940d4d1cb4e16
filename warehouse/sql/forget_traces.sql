-- What other records say about the address.
DELETE FROM core.quarantine WHERE url = $1;
