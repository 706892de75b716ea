CREATE VIEW short_forms AS
SELECT
    m.text AS short_form, e.entity_id, e.name, e.label, count(DISTINCT m.post_id) AS posts,
    count(DISTINCT m.post_id) / sum(count(DISTINCT m.post_id)) OVER (PARTITION BY m.text) AS share
FROM mentions AS m JOIN entities AS e USING (entity_id)
WHERE e.label IN ('ORG', 'GPE', 'LOC', 'FAC', 'LAW', 'PROGRAMME')
    AND regexp_full_match(m.text, '[A-Z][\w&.''’-]{1,9}') AND length(regexp_replace(m.text, '[^A-Z]', '', 'g')) >= 2
    AND replace(m.text, '.', '') <> e.name
GROUP BY m.text, e.entity_id, e.name, e.label;
COMMENT ON VIEW short_forms IS 'Short forms that posts explain ("Tarn Valley Foundation (TVF)") or that the whole sector knows, and what they are short for';
COMMENT ON COLUMN short_forms.short_form IS 'As printed: NCVO';
COMMENT ON COLUMN short_forms.entity_id IS 'What it is short for, see entities';
COMMENT ON COLUMN short_forms.name IS 'The name of that entity';
COMMENT ON COLUMN short_forms.label IS 'The label of that entity';
COMMENT ON COLUMN short_forms.posts IS 'Posts in which it is short for this';
COMMENT ON COLUMN short_forms.share IS 'Of the posts in which it is known what it is short for, the share of those where it is this';

CREATE VIEW entity_links AS
SELECT
    e.entity_id, e.label, e.name, coalesce(s.entity_id, e.entity_id) AS means_id, coalesce(s.name, e.name) AS means,
    p.person_id
FROM entities AS e
LEFT JOIN (
    FROM short_forms WHERE share >= 0.9 QUALIFY row_number() OVER (PARTITION BY short_form ORDER BY share DESC, name) = 1
) AS s ON s.short_form = e.name AND e.label <> 'PERSON'
LEFT JOIN people AS p ON e.label = 'PERSON' AND NOT p.is_organisation AND lower(p.name) = lower(e.name);
COMMENT ON VIEW entity_links IS 'Every entity, what a bare short form stands for according to the other posts (where nine in ten agree), and the author of the same name';
COMMENT ON COLUMN entity_links.entity_id IS 'The entity';
COMMENT ON COLUMN entity_links.label IS 'Its label';
COMMENT ON COLUMN entity_links.name IS 'Its name';
COMMENT ON COLUMN entity_links.means_id IS 'The entity that a short form stands for; of all others their own';
COMMENT ON COLUMN entity_links.means IS 'The name of that entity: group by this to count one thing once';
COMMENT ON COLUMN entity_links.person_id IS 'The author of that name, see people; NULL: no author is called so. Two people of one name are not told apart';
