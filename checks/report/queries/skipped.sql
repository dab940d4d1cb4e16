-- One row: one reason why addresses or records became no article.
SELECT reason, count(*) AS times, any_value(detail) AS example FROM fetches WHERE outcome = 'skipped' GROUP BY reason ORDER BY times DESC, reason
