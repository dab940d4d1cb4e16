-- One row: one dropped block, article by article.
SELECT article_id, block_no, text, reason, rule FROM blocks WHERE NOT kept ORDER BY article_id, block_no
