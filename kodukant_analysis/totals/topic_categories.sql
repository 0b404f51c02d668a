-- One row a topic: what kind of matter it is.
-- grain: topic (the same topic in several files is one; its category is the first that any of its rows tells)
-- reads: topics
SELECT
    CAST(topic_id AS VARCHAR) AS topic_id,
    CAST(arg_min(category, (source_file, source_sheet, source_row)) AS VARCHAR) AS category
FROM topics
WHERE topic_id IS NOT NULL AND category IS NOT NULL
GROUP BY ALL
ORDER BY ALL
