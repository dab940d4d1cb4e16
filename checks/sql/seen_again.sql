-- What was not looked at again, because nothing of its story changed, still holds.
UPDATE core.relations SET last_seen_at = $now WHERE is_current AND last_seen_at < $now;
