-- Copies that are not word for word the same: a sketch of each text finds the pairs that may be alike, and each pair is
-- compared once.
ALTER TABLE posts ADD COLUMN sketch BIGINT[];
ALTER TABLE posts ADD COLUMN duplicate_likeness DOUBLE;
ALTER TABLE spare.posts ADD COLUMN sketch BIGINT[];
COMMENT ON COLUMN posts.sketch IS 'MinHash sketch of the text, 16 bands: posts with an equal band are compared; NULL: fewer than 50 words';
COMMENT ON COLUMN posts.duplicate_of IS 'The earlier post with the same or nearly the same text; NULL: none';
COMMENT ON COLUMN posts.duplicate_likeness IS 'Share of the sequences of five words in either text that both have: 0.8 or more, 1 for the same wording; NULL: no duplicate';

CREATE TABLE likenesses (
    first_id BIGINT NOT NULL,
    second_id BIGINT NOT NULL,
    first_digest VARCHAR NOT NULL,
    second_digest VARCHAR NOT NULL,
    likeness DOUBLE NOT NULL CHECK (likeness BETWEEN 0 AND 1),
    CHECK (first_id < second_id)
);
COMMENT ON TABLE likenesses IS 'Pairs of posts that were compared because their sketches agree in a band; of posts with the same wording one stands for all';
COMMENT ON COLUMN likenesses.first_id IS 'One post';
COMMENT ON COLUMN likenesses.second_id IS 'The other post, with the greater number';
COMMENT ON COLUMN likenesses.first_digest IS 'The text of the one that was compared';
COMMENT ON COLUMN likenesses.second_digest IS 'The text of the other';
COMMENT ON COLUMN likenesses.likeness IS 'Share of the sequences of five words in either text that both have';
