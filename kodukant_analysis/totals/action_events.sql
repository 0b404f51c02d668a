-- One row a region, day of agreement, discussion, topic, way of ending and time to it: how many actions.
-- grain: prefecture x county x municipality of today x municipality of the day x agreed_on x discussion x topic x use
--        x status x days
-- reads: actions
-- $as_of: deliveries that speak for a later day do not exist yet
--
-- An action is a history of deliveries. Its state is what the latest delivery with a known status says; a blank or
-- unknown status later on adds nothing, neither an end nor follow-up. A delivery that reopens an action makes it open.
--
-- status  1 completed: done, on done_on
--         2 cancelled: cancelled or rejected, on the day first reported so (the true day lies between two deliveries)
--         0 open: everything else, handed over included (an answer is still owed). It is known to be open only until
--           the latest delivery that says so, not until $as_of: that is where it is censored.
-- days    from agreed_on (as first delivered) to the end or to the censoring
-- use     'used', or why not: 'continuous' (never meant to end), 'no_agreed_on', 'no_status', 'no_report_date',
--         'done_without_date', 'done_before_agreed', 'done_in_future', 'reported_before_agreed'. status -1 and days 0.
WITH deliveries AS (
    SELECT
        CAST(action_id AS VARCHAR)         AS action_id,
        CAST(discussion_id AS VARCHAR)     AS discussion_id,
        CAST(topic_id AS VARCHAR)          AS topic_id,
        CAST(status AS VARCHAR)            AS status,
        CAST(prefecture AS VARCHAR)        AS prefecture,
        CAST(county_code AS VARCHAR)       AS county_code,
        CAST(municipality_code AS VARCHAR) AS municipality_code,
        CAST(municipality_code_then AS VARCHAR) AS municipality_code_then,
        CAST(agreed_on AS DATE)            AS agreed_on,
        CAST(done_on AS DATE)              AS done_on,
        CAST(reported_on AS DATE)          AS reported_on,
        CAST(due_kind AS VARCHAR)          AS due_kind,
        CASE
            -- a day of completion beside an unreadable status: somebody says it is done
            WHEN coalesce(CAST(status AS VARCHAR), 'unknown') = 'unknown' THEN CASE WHEN done_on IS NOT NULL THEN 1 END
            WHEN CAST(status AS VARCHAR) = 'done' THEN 1
            WHEN CAST(status AS VARCHAR) IN ('cancelled', 'rejected') THEN 2
            ELSE 0
        END AS state,
        CAST(status AS VARCHAR) = 'continuous' OR CAST(due_kind AS VARCHAR) = 'continuous' AS is_continuous,
        row_number() OVER (
            PARTITION BY action_id ORDER BY reported_on NULLS FIRST, source_file, source_sheet, source_row
        ) AS place_in_line
    FROM actions
    WHERE action_id IS NOT NULL AND (reported_on IS NULL OR CAST(reported_on AS DATE) <= $as_of)
),

latest AS (
    SELECT
        action_id,
        arg_min(agreed_on, place_in_line) FILTER (WHERE agreed_on IS NOT NULL)                 AS agreed_on,
        arg_max(state, place_in_line) FILTER (WHERE state IS NOT NULL)                         AS state,
        arg_max(status, place_in_line) FILTER (WHERE state IS NOT NULL)                        AS last_status,
        coalesce(bool_or(is_continuous), FALSE)                                                AS is_continuous,
        arg_max(discussion_id, place_in_line) FILTER (WHERE discussion_id IS NOT NULL)         AS discussion_id,
        arg_max(topic_id, place_in_line) FILTER (WHERE topic_id IS NOT NULL)                   AS topic_id,
        arg_max(prefecture, place_in_line) FILTER (WHERE prefecture IS NOT NULL)               AS prefecture,
        arg_max(county_code, place_in_line) FILTER (WHERE county_code IS NOT NULL)             AS county_code,
        arg_max(municipality_code, place_in_line) FILTER (WHERE municipality_code IS NOT NULL) AS municipality_code,
        arg_max(municipality_code_then, place_in_line) FILTER (WHERE municipality_code_then IS NOT NULL) AS municipality_code_then
    FROM deliveries
    GROUP BY action_id
),

-- where the last other state stood: after it every delivery agrees
turned AS (
    SELECT d.action_id, max(d.place_in_line) AS turned_at
    FROM deliveries AS d
    JOIN latest AS l ON d.action_id = l.action_id
    WHERE d.state <> l.state
    GROUP BY d.action_id
),

final_run AS (
    SELECT
        d.action_id,
        min(d.reported_on)                                                   AS first_reported_on,
        max(d.reported_on)                                                   AS last_reported_on,
        arg_max(d.done_on, d.place_in_line) FILTER (WHERE d.done_on IS NOT NULL) AS done_on
    FROM deliveries AS d
    LEFT JOIN turned AS t ON d.action_id = t.action_id
    WHERE d.state IS NOT NULL AND d.place_in_line > coalesce(t.turned_at, 0)
    GROUP BY d.action_id
),

ended AS (
    SELECT
        latest.action_id, prefecture, county_code, municipality_code, municipality_code_then, agreed_on, discussion_id, topic_id, state,
        last_status, is_continuous,
        CASE state WHEN 1 THEN done_on WHEN 2 THEN first_reported_on ELSE last_reported_on END AS ended_on
    FROM latest
    LEFT JOIN final_run ON latest.action_id = final_run.action_id
    WHERE agreed_on IS NULL OR agreed_on <= $as_of
),

judged AS (
    SELECT
        *,
        CASE
            WHEN is_continuous THEN 'continuous'
            WHEN agreed_on IS NULL THEN 'no_agreed_on'
            WHEN state IS NULL THEN 'no_status'
            WHEN state = 1 AND ended_on IS NULL THEN 'done_without_date'
            WHEN ended_on IS NULL THEN 'no_report_date'
            WHEN state = 1 AND ended_on < agreed_on THEN 'done_before_agreed'
            WHEN ended_on < agreed_on THEN 'reported_before_agreed'
            WHEN ended_on > $as_of THEN 'done_in_future'
            ELSE 'used'
        END AS use
    FROM ended
)

SELECT
    prefecture,
    county_code,
    municipality_code,
    municipality_code_then,
    agreed_on,
    -- an action whose discussion nobody names is a cluster of its own
    coalesce(discussion_id, 'action ' || action_id)                              AS discussion_id,
    topic_id,
    use,
    CASE WHEN use = 'used' THEN state ELSE -1 END                                AS status,
    CASE WHEN use = 'used' THEN date_diff('day', agreed_on, ended_on) ELSE 0 END AS days,
    count(*)                                                                     AS actions,
    count(*) FILTER (WHERE use = 'used' AND last_status = 'partial')             AS partial,
    count(*) FILTER (WHERE use = 'used' AND last_status = 'rejected')            AS rejected
FROM judged
GROUP BY ALL
ORDER BY ALL
