-- One row an action: what the history of its deliveries comes to.
-- grain: action
-- reads: actions
-- $as_of: deliveries that speak for a later day do not exist yet
--
-- An action is a history of deliveries. Its state is what the latest delivery with a known status says; a blank or
-- unknown status later on adds nothing, neither an end nor follow-up. A delivery that reopens an action makes it open.
--
-- state     1 completed: done, on done_on
--           2 cancelled: cancelled or rejected, on the day first reported so (the true day lies between two deliveries)
--           0 open: everything else, handed over included (an answer is still owed). It is known to be open only until
--             the latest delivery that says so. Missing where no delivery tells a status.
-- last_status  the status that the state is told by
-- ended_on  the day of the end, or of the latest delivery that says it is open
-- agreed_on, due_on, due_kind   as first told: a day that is moved later on does not move them
-- due       'dated' (by a day or by the end of a period), 'undated' (no day promised: in words, or left blank),
--           'unread' (written down, but nobody can read it), 'untold' (no sheet of the action has a due day at all)
-- owner     'named', 'blank', 'untold' (no sheet of the action names any owner)
WITH deliveries AS (
    SELECT
        CAST(action_id AS VARCHAR)              AS action_id,
        CAST(discussion_id AS VARCHAR)          AS discussion_id,
        CAST(topic_id AS VARCHAR)               AS topic_id,
        CAST(prefecture AS VARCHAR)             AS prefecture,
        CAST(county_code AS VARCHAR)            AS county_code,
        CAST(municipality_code AS VARCHAR)      AS municipality_code,
        CAST(municipality_code_then AS VARCHAR) AS municipality_code_then,
        CAST(agreed_on AS DATE)                 AS agreed_on,
        CAST(due_on AS DATE)                    AS due_on,
        CAST(done_on AS DATE)                   AS done_on,
        CAST(reported_on AS DATE)               AS reported_on,
        CAST(due_kind AS VARCHAR)               AS due_kind,
        CAST(due_as_typed AS VARCHAR)           AS due_as_typed,
        CAST(owners AS VARCHAR)                 AS owners,
        CAST(status AS VARCHAR)                 AS status,
        CASE
            -- a day of completion beside an unreadable status: somebody says it is done
            WHEN coalesce(CAST(status AS VARCHAR), 'unknown') = 'unknown' THEN CASE WHEN done_on IS NOT NULL THEN 1 END
            WHEN CAST(status AS VARCHAR) = 'done' THEN 1
            WHEN CAST(status AS VARCHAR) IN ('cancelled', 'rejected') THEN 2
            ELSE 0
        END AS state,
        CAST(status AS VARCHAR) = 'continuous' OR CAST(due_kind AS VARCHAR) = 'continuous' AS is_continuous,
        -- a column that a sheet has is filled in somewhere on it
        bool_or(owners IS NOT NULL) OVER sheet                                                      AS has_owners,
        bool_or(due_on IS NOT NULL OR due_kind IS NOT NULL OR due_as_typed IS NOT NULL) OVER sheet AS has_due_days,
        row_number() OVER (
            PARTITION BY action_id ORDER BY reported_on NULLS FIRST, source_file, source_sheet, source_row
        ) AS place_in_line
    FROM actions
    WHERE action_id IS NOT NULL AND (reported_on IS NULL OR CAST(reported_on AS DATE) <= $as_of)
    WINDOW sheet AS (PARTITION BY source_file, source_sheet)
),

latest AS (
    SELECT
        action_id,
        arg_min(agreed_on, place_in_line) FILTER (WHERE agreed_on IS NOT NULL)                 AS agreed_on,
        arg_min(due_on, place_in_line) FILTER (WHERE due_on IS NOT NULL)                       AS due_on,
        coalesce(
            arg_min(due_kind, place_in_line) FILTER (WHERE due_on IS NOT NULL),
            arg_min(due_kind, place_in_line) FILTER (WHERE due_kind IS NOT NULL)
        )                                                                                      AS due_kind,
        bool_or(due_as_typed IS NOT NULL)                                                      AS is_due_typed,
        bool_or(has_due_days)                                                                  AS has_due_days,
        bool_or(owners IS NOT NULL)                                                            AS is_owned,
        bool_or(has_owners)                                                                    AS has_owners,
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
)

SELECT
    latest.action_id, prefecture, county_code, municipality_code, municipality_code_then,
    -- an action whose discussion nobody names is a cluster of its own
    coalesce(discussion_id, 'action ' || latest.action_id) AS discussion_id,
    topic_id, agreed_on, due_on, due_kind,
    CASE
        WHEN due_on IS NOT NULL THEN 'dated'
        WHEN due_kind IS NULL AND is_due_typed THEN 'unread'
        WHEN due_kind IS NOT NULL OR has_due_days THEN 'undated'
        ELSE 'untold'
    END AS due,
    CASE WHEN is_owned THEN 'named' WHEN has_owners THEN 'blank' ELSE 'untold' END AS owner,
    is_continuous, state, last_status,
    CASE state WHEN 1 THEN done_on WHEN 2 THEN first_reported_on ELSE last_reported_on END AS ended_on
FROM latest
LEFT JOIN final_run ON latest.action_id = final_run.action_id
WHERE agreed_on IS NULL OR agreed_on <= $as_of
ORDER BY latest.action_id
