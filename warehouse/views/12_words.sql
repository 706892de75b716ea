CREATE VIEW words AS
SELECT t.post_id, t.position, t.sentence, t.char_start, f.form, f.folded, f.lemma, f.pos, t.gap
FROM tokens AS t JOIN forms AS f USING (form_id);
COMMENT ON VIEW words IS 'Every token of every post, spelt out; filter by post, or by folded or lemma: there are very many';
COMMENT ON COLUMN words.post_id IS 'The post';
COMMENT ON COLUMN words.position IS 'Place among the tokens of the post, from 0';
COMMENT ON COLUMN words.sentence IS 'Sentence of the text, from 0';
COMMENT ON COLUMN words.char_start IS 'First character in the text, from 0';
COMMENT ON COLUMN words.form IS 'The token as printed';
COMMENT ON COLUMN words.folded IS 'The form that tokens are compared by: case-folded, apostrophes straight';
COMMENT ON COLUMN words.lemma IS 'Dictionary form, case-folded; NULL: the language model has not read the text (not English)';
COMMENT ON COLUMN words.pos IS 'Universal part of speech: NOUN, VERB, PROPN …; NULL as for lemma';
COMMENT ON COLUMN words.gap IS 'What parts it from the token before: empty where both may belong to one term (space, hyphen), else the signs between; NULL: it begins a paragraph';
