-- The version of the views' words that the lake has now.
DELETE FROM lake.core.lake_views;

INSERT INTO lake.core.lake_views VALUES ($version);
