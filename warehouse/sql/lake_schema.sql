-- Where our tables are in the lake; the version is that of its views' words.
CREATE SCHEMA IF NOT EXISTS lake.core;

CREATE TABLE IF NOT EXISTS lake.core.lake_views (version VARCHAR);
