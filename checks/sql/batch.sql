-- One row: one page of the stories at hand.
CREATE OR REPLACE TEMP TABLE batch AS SELECT p.page_id, p.story FROM pages_due AS p SEMI JOIN at_hand AS h USING (story);
