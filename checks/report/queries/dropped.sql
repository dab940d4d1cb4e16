-- One row: one class of dropped blocks.
SELECT reason, count(*) AS blocks, count(DISTINCT article_id) AS articles FROM blocks WHERE NOT kept GROUP BY reason ORDER BY blocks DESC, reason
