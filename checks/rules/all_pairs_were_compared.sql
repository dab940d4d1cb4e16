-- all_pairs_were_compared: warning, over stories
-- One row: one story with more different numbers of one kind than are held against each other, and how many pairs were left out.
SELECT story_id, beyond_cap FROM core.related WHERE beyond_cap > 0
