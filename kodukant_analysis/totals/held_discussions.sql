-- One row a discussion held by the day: where, and when.
-- grain: discussion (the same discussion in two files is one)
-- reads: discussions
-- $as_of: discussions held after this day do not exist yet
WITH held AS (
    SELECT
        CAST(discussion_id AS VARCHAR)     AS discussion_id,
        CAST(prefecture AS VARCHAR)        AS prefecture,
        CAST(county_code AS VARCHAR)       AS county_code,
        CAST(municipality_code AS VARCHAR) AS municipality_code,
        CAST(municipality_code_then AS VARCHAR) AS municipality_code_then,
        CAST(held_on AS DATE)              AS held_on,
        -- a dated row before an undated one, a placed row before an unplaced one, then by file
        row_number() OVER (
            PARTITION BY discussion_id
            ORDER BY held_on IS NULL, municipality_code IS NULL, county_code IS NULL,
                     source_file, source_sheet, source_row
        ) AS place_in_line
    FROM discussions
    WHERE CAST(status AS VARCHAR) = 'held' AND discussion_id IS NOT NULL
)

SELECT * EXCLUDE (place_in_line)
FROM held
WHERE place_in_line = 1 AND (held_on IS NULL OR held_on <= $as_of)
ORDER BY discussion_id
