-- One row a region, day of agreement and discussion: how many actions, and of how many two sectors or more are owners.
-- grain: prefecture x county x municipality of today x municipality of the day x agreed_on x discussion
-- reads: actions
-- $as_of: deliveries that speak for a later day do not exist yet
--
-- An action is a history of deliveries and counts once: by the latest one that names its owners.
-- actions         joint + single + owners_unknown
-- joint           at least two sectors known by name are responsible; single: one, and no owner is of an unknown group
-- owners_unknown  no owner is named, or the one known sector stands beside an owner of an unknown group
WITH deliveries AS (
    SELECT
        CAST(action_id AS VARCHAR)         AS action_id,
        CAST(discussion_id AS VARCHAR)     AS discussion_id,
        CAST(prefecture AS VARCHAR)        AS prefecture,
        CAST(county_code AS VARCHAR)       AS county_code,
        CAST(municipality_code AS VARCHAR) AS municipality_code,
        CAST(municipality_code_then AS VARCHAR) AS municipality_code_then,
        CAST(agreed_on AS DATE)            AS agreed_on,
        list_distinct(string_split(CAST(sectors AS VARCHAR), '|'))                         AS sectors,
        list_contains(string_split(coalesce(CAST(owners AS VARCHAR), ''), '|'), 'unmapped') AS is_unmapped,
        row_number() OVER (
            PARTITION BY action_id ORDER BY reported_on NULLS FIRST, source_file, source_sheet, source_row
        ) AS place_in_line
    FROM actions
    WHERE action_id IS NOT NULL AND (reported_on IS NULL OR CAST(reported_on AS DATE) <= $as_of)
),

-- an unknown group is kept under the sector 'other', which is then no partner of its own
judged AS (
    SELECT
        * EXCLUDE (sectors),
        len(sectors) - CAST(is_unmapped AND list_contains(sectors, 'other') AS INTEGER) AS sides
    FROM deliveries
),

latest AS (
    SELECT
        action_id,
        arg_min(agreed_on, place_in_line) FILTER (WHERE agreed_on IS NOT NULL)                 AS agreed_on,
        arg_max(sides, place_in_line) FILTER (WHERE sides IS NOT NULL)                         AS sides,
        arg_max(is_unmapped, place_in_line) FILTER (WHERE sides IS NOT NULL)                   AS is_unmapped,
        arg_max(discussion_id, place_in_line) FILTER (WHERE discussion_id IS NOT NULL)         AS discussion_id,
        arg_max(prefecture, place_in_line) FILTER (WHERE prefecture IS NOT NULL)               AS prefecture,
        arg_max(county_code, place_in_line) FILTER (WHERE county_code IS NOT NULL)             AS county_code,
        arg_max(municipality_code, place_in_line) FILTER (WHERE municipality_code IS NOT NULL) AS municipality_code,
        arg_max(municipality_code_then, place_in_line) FILTER (WHERE municipality_code_then IS NOT NULL) AS municipality_code_then
    FROM judged
    GROUP BY action_id
)

SELECT
    prefecture,
    county_code,
    municipality_code,
    municipality_code_then,
    agreed_on,
    -- an action whose discussion nobody names is a cluster of its own
    coalesce(discussion_id, 'action ' || action_id)                        AS discussion_id,
    count(*)                                                               AS actions,
    count(*) FILTER (WHERE sides >= 2)                                     AS joint,
    count(*) FILTER (WHERE sides = 1 AND NOT is_unmapped)                  AS single,
    count(*) FILTER (WHERE coalesce(sides < 1 OR (sides = 1 AND is_unmapped), TRUE)) AS owners_unknown
FROM latest
WHERE agreed_on IS NULL OR agreed_on <= $as_of
GROUP BY ALL
ORDER BY ALL
