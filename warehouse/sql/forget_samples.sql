-- Samples of checks quote articles.
UPDATE core.check_results SET sample = NULL WHERE contains(sample, $1);
