-- Ties the work file to the published file that is made of it.
INSERT INTO core.publication VALUES ($1, $2);
