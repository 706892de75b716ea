CREATE TABLE works (
    work_id BIGINT PRIMARY KEY,
    kind VARCHAR NOT NULL,
    authors VARCHAR[] NOT NULL,
    year VARCHAR,
    title VARCHAR,
    container VARCHAR,
    doi VARCHAR,
    url VARCHAR
);
COMMENT ON TABLE works IS 'What the posts cite: one row for one work, in whatever style and however many posts cite it';
COMMENT ON COLUMN works.work_id IS 'Hash of the DOI, else of first author, year and title; it may change when other posts come to cite the work';
COMMENT ON COLUMN works.kind IS 'article, book, chapter, thesis, report, conference, web, news or other, as most references have it';
COMMENT ON COLUMN works.authors IS 'Family names of the authors, or of organisations their names, as most references have them';
COMMENT ON COLUMN works.year IS 'Year as most references print it';
COMMENT ON COLUMN works.title IS 'Title as most references print it; of a work that is only linked to, the anchor; NULL: none says';
COMMENT ON COLUMN works.container IS 'Journal, book, newspaper or conference that holds it';
COMMENT ON COLUMN works.doi IS 'DOI in lower case; NULL: none is given';
COMMENT ON COLUMN works.url IS 'URL that most of them link to';

CREATE TABLE work_citations (
    work_id BIGINT NOT NULL,
    post_id BIGINT NOT NULL,
    how VARCHAR NOT NULL CHECK (how IN ('reference', 'link')),
    position INTEGER NOT NULL,
    PRIMARY KEY (post_id, how, position)
);
COMMENT ON TABLE work_citations IS 'Which post cites which work: by an entry of its reference list, or by a link in its text to a DOI, document or report';
COMMENT ON COLUMN work_citations.work_id IS 'The work';
COMMENT ON COLUMN work_citations.post_id IS 'The post';
COMMENT ON COLUMN work_citations.how IS 'reference: a row of bib_references; link: a row of links';
COMMENT ON COLUMN work_citations.position IS 'Position of that row among those of the post';

CREATE TABLE works_basis (digest VARCHAR NOT NULL);
COMMENT ON TABLE works_basis IS 'What works and work_citations were made from';
COMMENT ON COLUMN works_basis.digest IS 'Hash over references and links: while it stays, so do the works';
