-- Every post's tokens, so that lexicons, concordances, collocations and keyness are counted without reading a text again.
-- A form stands once in `forms`, with its lemma and part of speech; a token is a number beside its place: some 6 bytes.
-- Numbers are given in the order in which forms come: they differ between two warehouses with the same rows.

CREATE TABLE forms (
    form_id INTEGER PRIMARY KEY CHECK (form_id >= 0),
    form VARCHAR NOT NULL CHECK (form <> ''),
    folded VARCHAR NOT NULL,
    lemma VARCHAR,
    pos VARCHAR CHECK ((pos IS NULL) = (lemma IS NULL))
);
COMMENT ON TABLE forms IS 'The dictionary of tokens: one row for each form as printed, with its lemma and part of speech';
COMMENT ON COLUMN forms.form_id IS 'A number without meaning: it differs between two warehouses with the same rows';
COMMENT ON COLUMN forms.form IS 'The token as printed';
COMMENT ON COLUMN forms.folded IS 'The form that tokens are compared by: case-folded, apostrophes straight';
COMMENT ON COLUMN forms.lemma IS 'Dictionary form, case-folded; NULL: the language model has not read the text (not English)';
COMMENT ON COLUMN forms.pos IS 'Universal part of speech: NOUN, VERB, PROPN …; NULL as for lemma';

CREATE TABLE tokens (
    post_id BIGINT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    sentence INTEGER NOT NULL CHECK (sentence >= 0),
    char_start INTEGER NOT NULL CHECK (char_start >= 0),
    form_id INTEGER NOT NULL,
    gap VARCHAR
);
COMMENT ON TABLE tokens IS 'Every token of every post, coded; the view words has them spelt out';
COMMENT ON COLUMN tokens.post_id IS 'The post';
COMMENT ON COLUMN tokens.position IS 'Place among the tokens of the post, from 0';
COMMENT ON COLUMN tokens.sentence IS 'Sentence of the text, from 0';
COMMENT ON COLUMN tokens.char_start IS 'First character in the text, from 0';
COMMENT ON COLUMN tokens.form_id IS 'The form, see forms';
COMMENT ON COLUMN tokens.gap IS 'What parts it from the token before: empty where both may belong to one term (space, hyphen), else the signs between; NULL: it begins a paragraph';

CREATE TABLE spare.tokens AS SELECT 0::BIGINT AS page_id, * EXCLUDE (post_id) FROM tokens LIMIT 0;
COMMENT ON TABLE spare.tokens IS 'As tokens, for spare.posts';

-- What was read before has no tokens yet: the next `sectorscope process` reads it again.
UPDATE pages SET profile = NULL WHERE kind = 'post';
