-- The temporary tables of a shard, whose names other loads use for views.
DROP TABLE IF EXISTS temp.incoming_articles;
DROP TABLE IF EXISTS temp.incoming_blocks;
DROP TABLE IF EXISTS temp.incoming_figures;
DROP TABLE IF EXISTS temp.incoming_terms;
DROP TABLE IF EXISTS temp.incoming_rows;
DROP TABLE IF EXISTS temp.shard_part;
