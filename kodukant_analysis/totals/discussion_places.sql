-- One row a discussion, held, planned or cancelled: where it is, and on which days.
-- grain: discussion (the same discussion in two files is one)
-- reads: discussions
-- $as_of: what was held after this day is only planned
--
-- state       'held', 'planned', 'overdue' (its planned day is past, and nothing says that it was held), 'cancelled',
--             as of the day; 'unknown' where the row does not say
-- planned_on  the day it was planned for; held_on the day it was held, where it was by then
-- Of several rows of one discussion the held one counts, with the planned day of any.
WITH told AS (
    SELECT
        CAST(discussion_id AS VARCHAR)          AS discussion_id,
        CAST(prefecture AS VARCHAR)             AS prefecture,
        CAST(county_code AS VARCHAR)            AS county_code,
        CAST(municipality_code AS VARCHAR)      AS municipality_code,
        CAST(municipality_code_then AS VARCHAR) AS municipality_code_then,
        CAST(place_code AS VARCHAR)             AS place_code,
        coalesce(CAST(status AS VARCHAR), 'unknown') AS status,
        coalesce(CAST(planned_on AS DATE), max(CAST(planned_on AS DATE)) OVER (PARTITION BY discussion_id)) AS planned_on,
        CAST(held_on AS DATE)                   AS held_on,
        -- a dated row before an undated one, a placed row before an unplaced one, then by file
        row_number() OVER (
            PARTITION BY discussion_id
            ORDER BY list_position(['held', 'cancelled', 'planned'], CAST(status AS VARCHAR)) NULLS LAST,
                     held_on IS NULL, municipality_code IS NULL, county_code IS NULL,
                     source_file, source_sheet, source_row
        ) AS place_in_line
    FROM discussions
    WHERE discussion_id IS NOT NULL
),

-- what is held after the day is not held yet
as_of_day AS (
    SELECT
        * EXCLUDE (status, planned_on),
        CASE WHEN status = 'held' AND held_on > $as_of THEN 'planned' ELSE status END                       AS status,
        CASE WHEN status = 'held' AND held_on > $as_of THEN coalesce(planned_on, held_on) ELSE planned_on END AS planned_on
    FROM told
    WHERE place_in_line = 1
)

SELECT
    discussion_id, prefecture, county_code, municipality_code, municipality_code_then, place_code,
    CASE WHEN status = 'planned' AND planned_on < $as_of THEN 'overdue' ELSE status END AS state,
    planned_on,
    CASE WHEN status = 'held' THEN held_on END                                          AS held_on
FROM as_of_day
ORDER BY discussion_id
