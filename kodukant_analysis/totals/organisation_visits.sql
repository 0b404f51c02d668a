-- One row a held discussion and an organisation that had somebody there; a discussion of which none is named keeps one.
-- grain: discussion x organisation (the same discussion in two files is one; an organisation is there or it is not)
-- reads: discussions, attendance
-- uses: held_discussions
-- $as_of: discussions held after this day do not exist yet
--
-- organisation  a number that stands for a name, the same for any case, quotation marks and spaces; missing where none
--               is named. Names do not leave: what is masked, or is one person's trade (FIE), is a person and not counted.
WITH named AS (
    SELECT
        CAST(discussion_id AS VARCHAR) AS discussion_id,
        trim(regexp_replace(lower(nfc_normalize(CAST(organisation AS VARCHAR))), '[^\pL\pN]+', ' ', 'g')) AS organisation
    FROM attendance
    WHERE organisation IS NOT NULL AND NOT contains(CAST(organisation AS VARCHAR), '***')
      AND NOT coalesce(is_absent, FALSE) AND coalesce(attendees, 1) > 0
),

visits AS (
    SELECT DISTINCT discussion_id, organisation
    FROM named
    WHERE organisation <> '' AND NOT contains(' ' || organisation || ' ', ' fie ')
)

SELECT
    held.discussion_id, prefecture, county_code, municipality_code, municipality_code_then, held_on,
    CASE WHEN organisation IS NOT NULL THEN dense_rank() OVER (ORDER BY organisation NULLS LAST) END AS organisation
FROM held_discussions AS held
LEFT JOIN visits ON held.discussion_id = visits.discussion_id
ORDER BY held_on, held.discussion_id, organisation
