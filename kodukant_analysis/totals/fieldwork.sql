-- One row a series and wave of which a day of the fieldwork is known: its first and its last day.
-- grain: series x wave
-- reads: answers, shares
-- $as_of: waves still in the field on this day do not exist yet
WITH told AS (
    SELECT series, wave, CAST(fielded_from AS DATE) AS first, CAST(fielded_to AS DATE) AS last FROM answers
    UNION ALL
    SELECT series, wave, CAST(fielded_from AS DATE) AS first, CAST(fielded_to AS DATE) AS last FROM shares
)

SELECT
    replace(coalesce(nullif(CAST(series AS VARCHAR), ''), 'unknown'), ':', ' ') AS series,
    coalesce(CAST(wave AS VARCHAR), '')                                         AS wave,
    min(coalesce(first, last))                                                  AS fielded_from,
    max(coalesce(last, first))                                                  AS fielded_to
FROM told
WHERE coalesce(last, first) <= $as_of
GROUP BY ALL
ORDER BY ALL
