-- The first schema. Rows are keyed by hashes of what they identify, so that the same input gives the same rows
-- in any database and in any order. Child tables carry no indexes: `warehouse.integrity` checks them instead.

CREATE TABLE blogs (
    blog VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    blog_group VARCHAR,
    enabled BOOLEAN NOT NULL
);
COMMENT ON TABLE blogs IS 'The blogs of the sector, as blogs.toml describes them';
COMMENT ON COLUMN blogs.blog IS 'Key of the blog, as in blogs.toml';
COMMENT ON COLUMN blogs.name IS 'Name for readers';
COMMENT ON COLUMN blogs.url IS 'Where the crawl starts';
COMMENT ON COLUMN blogs.scope IS 'URL prefix that a page of the blog has';
COMMENT ON COLUMN blogs.blog_group IS 'Group of blogs, as blogs.toml says; NULL: none';
COMMENT ON COLUMN blogs.enabled IS 'Whether the blog is still crawled';

CREATE TABLE runs (
    run_id BIGINT PRIMARY KEY,
    command VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    outcome VARCHAR NOT NULL,
    versions MAP(VARCHAR, VARCHAR) NOT NULL,
    counts MAP(VARCHAR, BIGINT) NOT NULL
);
COMMENT ON TABLE runs IS 'Each run that wrote this warehouse';
COMMENT ON COLUMN runs.run_id IS '1 for the first run, then counted up';
COMMENT ON COLUMN runs.command IS 'What was run';
COMMENT ON COLUMN runs.started_at IS 'When the run began';
COMMENT ON COLUMN runs.finished_at IS 'When the run ended; NULL: it is running, or it was cut short';
COMMENT ON COLUMN runs.outcome IS 'running, finished, partial (some blogs failed), failed, or cut short';
COMMENT ON COLUMN runs.versions IS 'Versions of the parts that ran';
COMMENT ON COLUMN runs.counts IS 'What was done, by name';

CREATE TABLE fetches (
    fetch_id BIGINT NOT NULL,
    blog VARCHAR NOT NULL,
    crawl VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    how VARCHAR NOT NULL,
    via VARCHAR,
    outcome VARCHAR NOT NULL,
    reason VARCHAR,
    status INTEGER,
    location VARCHAR,
    content_type VARCHAR,
    size BIGINT NOT NULL,
    digest VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    fetched_at TIMESTAMPTZ NOT NULL,
    warc_file VARCHAR,
    warc_offset BIGINT
);
COMMENT ON TABLE fetches IS 'The fetch ledger: one row for each request, or each URL that was left out';
COMMENT ON COLUMN fetches.fetch_id IS 'Hash of blog, crawl, URL, moment and outcome';
COMMENT ON COLUMN fetches.blog IS 'Key of the blog';
COMMENT ON COLUMN fetches.crawl IS 'Name of the crawl; one that was cut short goes on under the same name';
COMMENT ON COLUMN fetches.url IS 'What was asked for';
COMMENT ON COLUMN fetches.how IS 'By what means the URL was found: seed, sitemap, feed, link …';
COMMENT ON COLUMN fetches.via IS 'Page or file in which the URL was found';
COMMENT ON COLUMN fetches.outcome IS 'fetched, unchanged, redirected, failed or excluded';
COMMENT ON COLUMN fetches.reason IS 'Why it failed or was excluded';
COMMENT ON COLUMN fetches.status IS 'HTTP status; NULL: no answer';
COMMENT ON COLUMN fetches.location IS 'Target of a redirect';
COMMENT ON COLUMN fetches.content_type IS 'Content-Type as the server sent it';
COMMENT ON COLUMN fetches.size IS 'Bytes of the body';
COMMENT ON COLUMN fetches.digest IS 'SHA-1 of the body; for unchanged that of the earlier capture, which still holds';
COMMENT ON COLUMN fetches.etag IS 'ETag of the response';
COMMENT ON COLUMN fetches.last_modified IS 'Last-Modified of the response';
COMMENT ON COLUMN fetches.fetched_at IS 'When the request was made';
COMMENT ON COLUMN fetches.warc_file IS 'WARC file of the capture';
COMMENT ON COLUMN fetches.warc_offset IS 'Byte offset of the record in the WARC file';

CREATE TABLE pages (
    page_id BIGINT PRIMARY KEY,
    blog VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    status INTEGER NOT NULL,
    how VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    kind VARCHAR,
    kind_reason VARCHAR,
    canonical_url VARCHAR,
    post_id BIGINT,
    extractor_version VARCHAR,
    profile VARCHAR,
    annotator VARCHAR,
    is_current BOOLEAN NOT NULL DEFAULT false
);
COMMENT ON TABLE pages IS 'One row for each capture that was read: a page that changed has several';
COMMENT ON COLUMN pages.page_id IS 'Hash of blog, URL and digest';
COMMENT ON COLUMN pages.blog IS 'Key of the blog';
COMMENT ON COLUMN pages.url IS 'URL of the page';
COMMENT ON COLUMN pages.digest IS 'SHA-1 of the body, in base 32 (WARC 1.1 §5.8)';
COMMENT ON COLUMN pages.status IS 'HTTP status';
COMMENT ON COLUMN pages.how IS 'By what means the URL was found';
COMMENT ON COLUMN pages.fetched_at IS 'When this body was captured';
COMMENT ON COLUMN pages.warc_file IS 'WARC file of the capture';
COMMENT ON COLUMN pages.warc_offset IS 'Byte offset of the record in the WARC file';
COMMENT ON COLUMN pages.kind IS 'post, listing or other; NULL: the page could not be read, see quarantine';
COMMENT ON COLUMN pages.kind_reason IS 'Why it is taken for that kind';
COMMENT ON COLUMN pages.canonical_url IS 'The canonical URL that the page claims';
COMMENT ON COLUMN pages.post_id IS 'The post that the page claims to be; NULL: it is no post';
COMMENT ON COLUMN pages.extractor_version IS 'Version of the extractor that read it';
COMMENT ON COLUMN pages.profile IS 'Digest of the site profile that it was read with';
COMMENT ON COLUMN pages.annotator IS 'Name and version of what found the mentions; NULL: not run';
COMMENT ON COLUMN pages.is_current IS 'Whether this is the newest capture of its URL that could be read';

CREATE TABLE posts (
    post_id BIGINT PRIMARY KEY,
    canonical_url VARCHAR NOT NULL UNIQUE,
    page_id BIGINT NOT NULL,
    blog VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR,
    title_source VARCHAR,
    published DATE,
    published_precision VARCHAR,
    published_source VARCHAR,
    published_as_printed VARCHAR,
    modified DATE,
    modified_precision VARCHAR,
    modified_source VARCHAR,
    modified_as_printed VARCHAR,
    text VARCHAR NOT NULL,
    text_digest VARCHAR NOT NULL,
    wording_digest VARCHAR,
    body_source VARCHAR,
    words INTEGER NOT NULL,
    language VARCHAR,
    is_truncated BOOLEAN NOT NULL,
    headings STRUCT(level INTEGER, text VARCHAR, char_start INTEGER)[] NOT NULL,
    breadcrumbs STRUCT(text VARCHAR, url VARCHAR)[] NOT NULL,
    tags VARCHAR[] NOT NULL,
    extractor_version VARCHAR NOT NULL,
    profile VARCHAR,
    annotator VARCHAR,
    digest VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    duplicate_of BIGINT
);
COMMENT ON TABLE posts IS 'One row for each post, by canonical URL, read from its newest readable capture';
COMMENT ON COLUMN posts.post_id IS 'Positive 63-bit hash (BLAKE2b) of the canonical URL';
COMMENT ON COLUMN posts.canonical_url IS 'The identity of the post: its permalink, normalised';
COMMENT ON COLUMN posts.page_id IS 'The capture that the post was read from';
COMMENT ON COLUMN posts.blog IS 'Key of the blog';
COMMENT ON COLUMN posts.url IS 'URL of the page that was read';
COMMENT ON COLUMN posts.title IS 'Title; NULL: the page gives none';
COMMENT ON COLUMN posts.title_source IS 'The reader that found the title';
COMMENT ON COLUMN posts.published IS 'Day of publication; first day of the month or year where no more is known; NULL: the page does not say';
COMMENT ON COLUMN posts.published_precision IS 'How much of the date is known: day, month or year';
COMMENT ON COLUMN posts.published_source IS 'The reader that found the date';
COMMENT ON COLUMN posts.published_as_printed IS 'The date as the page has it';
COMMENT ON COLUMN posts.modified IS 'Day of the last change that the page admits to';
COMMENT ON COLUMN posts.modified_precision IS 'How much of that date is known: day, month or year';
COMMENT ON COLUMN posts.modified_source IS 'The reader that found that date';
COMMENT ON COLUMN posts.modified_as_printed IS 'That date as the page has it';
COMMENT ON COLUMN posts.text IS 'Article text: paragraphs joined by a blank line, without furniture and reference list';
COMMENT ON COLUMN posts.text_digest IS 'BLAKE2b of the text: changes when, and only when, the text does';
COMMENT ON COLUMN posts.wording_digest IS 'BLAKE2b of the words alone, case and punctuation gone; NULL: too few words to tell posts apart';
COMMENT ON COLUMN posts.body_source IS 'The reader that found the article text';
COMMENT ON COLUMN posts.words IS 'Word tokens of the article text';
COMMENT ON COLUMN posts.language IS 'Language of the text (ISO 639-1); NULL: unknown';
COMMENT ON COLUMN posts.is_truncated IS 'Whether the page shows only the beginning (paywall, teaser)';
COMMENT ON COLUMN posts.headings IS 'Headings, with the character of the text at which each begins';
COMMENT ON COLUMN posts.breadcrumbs IS 'The trail that leads to the page, as the page shows it';
COMMENT ON COLUMN posts.tags IS 'Tags and categories as the page gives them';
COMMENT ON COLUMN posts.extractor_version IS 'Version of the extractor that read the page';
COMMENT ON COLUMN posts.profile IS 'Digest of the site profile that it was read with';
COMMENT ON COLUMN posts.annotator IS 'Name and version of what found the mentions; NULL: not run';
COMMENT ON COLUMN posts.digest IS 'SHA-1 of the body that was read';
COMMENT ON COLUMN posts.fetched_at IS 'When that body was captured';
COMMENT ON COLUMN posts.warc_file IS 'WARC file of the capture';
COMMENT ON COLUMN posts.warc_offset IS 'Byte offset of the record in the WARC file';
COMMENT ON COLUMN posts.duplicate_of IS 'The earlier post with the same wording; NULL: none';

CREATE TABLE people (
    person_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    is_organisation BOOLEAN NOT NULL
);
COMMENT ON TABLE people IS 'The authors, by name: two people of one name are one row';
COMMENT ON COLUMN people.person_id IS 'Hash of the name, case and spacing apart';
COMMENT ON COLUMN people.name IS 'The spelling that most posts use';
COMMENT ON COLUMN people.is_organisation IS 'Whether every post that names it takes it for an organisation';

CREATE TABLE post_people (
    post_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    person_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    given VARCHAR,
    family VARCHAR,
    honorific VARCHAR,
    role VARCHAR,
    affiliation VARCHAR,
    is_organisation BOOLEAN NOT NULL,
    as_printed VARCHAR NOT NULL,
    source VARCHAR NOT NULL
);
COMMENT ON TABLE post_people IS 'Who signs a post, as that post gives it';
COMMENT ON COLUMN post_people.post_id IS 'The post';
COMMENT ON COLUMN post_people.position IS '0 for the first author';
COMMENT ON COLUMN post_people.person_id IS 'The person';
COMMENT ON COLUMN post_people.name IS 'Name';
COMMENT ON COLUMN post_people.given IS 'Given names';
COMMENT ON COLUMN post_people.family IS 'Family name';
COMMENT ON COLUMN post_people.honorific IS 'Title of the person: Dr, Professor …';
COMMENT ON COLUMN post_people.role IS 'Role, as the post gives it';
COMMENT ON COLUMN post_people.affiliation IS 'Organisation that the person writes for';
COMMENT ON COLUMN post_people.is_organisation IS 'Whether a group signs';
COMMENT ON COLUMN post_people.as_printed IS 'What the page prints';
COMMENT ON COLUMN post_people.source IS 'The reader that found it: byline, jsonld …';

CREATE TABLE bib_references (
    post_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    as_printed VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    authors STRUCT(family VARCHAR, given VARCHAR, literal VARCHAR)[] NOT NULL,
    et_al BOOLEAN NOT NULL,
    editors STRUCT(family VARCHAR, given VARCHAR, literal VARCHAR)[] NOT NULL,
    year VARCHAR,
    title VARCHAR,
    container VARCHAR,
    volume VARCHAR,
    issue VARCHAR,
    pages VARCHAR,
    publisher VARCHAR,
    location VARCHAR,
    genre VARCHAR,
    doi VARCHAR,
    url VARCHAR,
    accessed VARCHAR,
    spans STRUCT(field VARCHAR, char_start INTEGER, char_end INTEGER)[] NOT NULL
);
COMMENT ON TABLE bib_references IS 'Entries of the posts'' reference lists';
COMMENT ON COLUMN bib_references.post_id IS 'The post';
COMMENT ON COLUMN bib_references.position IS 'Place in the reference list, from 0';
COMMENT ON COLUMN bib_references.as_printed IS 'The whole entry';
COMMENT ON COLUMN bib_references.kind IS 'article, book, chapter, thesis, report, conference, web, news or other';
COMMENT ON COLUMN bib_references.authors IS 'Authors; an organisation has only literal';
COMMENT ON COLUMN bib_references.et_al IS 'Whether the entry says that there are more authors';
COMMENT ON COLUMN bib_references.editors IS 'Editors';
COMMENT ON COLUMN bib_references.year IS 'Year as printed, lower-cased: 2018, 2018a, in press, n.d.';
COMMENT ON COLUMN bib_references.title IS 'Title of the work';
COMMENT ON COLUMN bib_references.container IS 'Journal, book, newspaper or conference that holds it';
COMMENT ON COLUMN bib_references.volume IS 'Volume';
COMMENT ON COLUMN bib_references.issue IS 'Issue';
COMMENT ON COLUMN bib_references.pages IS 'Pages';
COMMENT ON COLUMN bib_references.publisher IS 'Publisher';
COMMENT ON COLUMN bib_references.location IS 'Place of publication';
COMMENT ON COLUMN bib_references.genre IS 'Genre as printed: PhD thesis, working paper …';
COMMENT ON COLUMN bib_references.doi IS 'DOI';
COMMENT ON COLUMN bib_references.url IS 'URL';
COMMENT ON COLUMN bib_references.accessed IS 'When the author of the post says to have read it';
COMMENT ON COLUMN bib_references.spans IS 'Where in as_printed each field stands';

CREATE TABLE citations (
    post_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    para INTEGER NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL,
    as_printed VARCHAR NOT NULL,
    reference_positions INTEGER[] NOT NULL
);
COMMENT ON TABLE citations IS 'Pointers in the text to entries of the reference list';
COMMENT ON COLUMN citations.post_id IS 'The post';
COMMENT ON COLUMN citations.position IS 'Place among the citations of the post, from 0';
COMMENT ON COLUMN citations.para IS 'Paragraph of the text, from 0; paragraphs are parted by a blank line';
COMMENT ON COLUMN citations.char_start IS 'First character within the paragraph, from 0';
COMMENT ON COLUMN citations.char_end IS 'Character after the last';
COMMENT ON COLUMN citations.as_printed IS 'The citation as printed';
COMMENT ON COLUMN citations.reference_positions IS 'Positions in bib_references; empty: not resolved';

CREATE TABLE links (
    post_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    url VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL
);
COMMENT ON TABLE links IS 'Links within the article text';
COMMENT ON COLUMN links.post_id IS 'The post';
COMMENT ON COLUMN links.position IS 'Place among the links of the post, from 0';
COMMENT ON COLUMN links.url IS 'Where it leads, absolute';
COMMENT ON COLUMN links.text IS 'The anchor';
COMMENT ON COLUMN links.char_start IS 'First character of the anchor in the text, from 0';
COMMENT ON COLUMN links.char_end IS 'Character after the last';

CREATE TABLE entities (
    entity_id BIGINT NOT NULL,
    label VARCHAR NOT NULL,
    name VARCHAR NOT NULL
);
COMMENT ON TABLE entities IS 'What the mentions name';
COMMENT ON COLUMN entities.entity_id IS 'Hash of label and name';
COMMENT ON COLUMN entities.label IS 'OntoNotes label: PERSON, ORG, GPE …';
COMMENT ON COLUMN entities.name IS 'The tidied name that mentions are grouped by';

CREATE TABLE mentions (
    post_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    entity_id BIGINT NOT NULL,
    text VARCHAR NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL
);
COMMENT ON TABLE mentions IS 'Spans of text that name an entity';
COMMENT ON COLUMN mentions.post_id IS 'The post';
COMMENT ON COLUMN mentions.position IS 'Place among the mentions of the post, from 0';
COMMENT ON COLUMN mentions.entity_id IS 'The entity';
COMMENT ON COLUMN mentions.text IS 'The span as printed';
COMMENT ON COLUMN mentions.char_start IS 'First character in the text, from 0';
COMMENT ON COLUMN mentions.char_end IS 'Character after the last';

CREATE TABLE themes (
    theme VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    lexicon VARCHAR NOT NULL
);
COMMENT ON TABLE themes IS 'The themes of the lexicon that the hits were counted with';
COMMENT ON COLUMN themes.theme IS 'Key of the theme';
COMMENT ON COLUMN themes.label IS 'Name for readers';
COMMENT ON COLUMN themes.lexicon IS 'Digest of the lexicon';

CREATE TABLE theme_counts (
    post_id BIGINT NOT NULL,
    text_digest VARCHAR NOT NULL,
    lexicon VARCHAR NOT NULL
);
COMMENT ON TABLE theme_counts IS 'Which posts were searched for themes; one without hits is here too';
COMMENT ON COLUMN theme_counts.post_id IS 'The post';
COMMENT ON COLUMN theme_counts.text_digest IS 'The text that was searched';
COMMENT ON COLUMN theme_counts.lexicon IS 'Digest of the lexicon';

CREATE TABLE theme_hits (
    post_id BIGINT NOT NULL,
    theme VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    char_start INTEGER NOT NULL,
    char_end INTEGER NOT NULL
);
COMMENT ON TABLE theme_hits IS 'Terms of a theme met in a post';
COMMENT ON COLUMN theme_hits.post_id IS 'The post';
COMMENT ON COLUMN theme_hits.theme IS 'Key of the theme';
COMMENT ON COLUMN theme_hits.term IS 'The term as the lexicon has it';
COMMENT ON COLUMN theme_hits.text IS 'The words as printed';
COMMENT ON COLUMN theme_hits.char_start IS 'First character in the text, from 0';
COMMENT ON COLUMN theme_hits.char_end IS 'Character after the last';

CREATE TABLE site_profiles (
    blog VARCHAR PRIMARY KEY,
    digest VARCHAR NOT NULL,
    profile VARCHAR NOT NULL
);
COMMENT ON TABLE site_profiles IS 'What the pages of each blog have in common, as last learnt';
COMMENT ON COLUMN site_profiles.blog IS 'Key of the blog';
COMMENT ON COLUMN site_profiles.digest IS 'Changes when, and only when, something learnt changes';
COMMENT ON COLUMN site_profiles.profile IS 'The profile as JSON';

CREATE TABLE quarantine (
    page_id BIGINT NOT NULL,
    blog VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL
);
COMMENT ON TABLE quarantine IS 'Captures that could not be processed, and why';
COMMENT ON COLUMN quarantine.page_id IS 'The capture';
COMMENT ON COLUMN quarantine.blog IS 'Key of the blog';
COMMENT ON COLUMN quarantine.url IS 'URL of the page';
COMMENT ON COLUMN quarantine.stage IS 'Where it failed: crawl, extract or annotate';
COMMENT ON COLUMN quarantine.reason IS 'What went wrong';
COMMENT ON COLUMN quarantine.fetched_at IS 'When the body was captured';
COMMENT ON COLUMN quarantine.warc_file IS 'WARC file of the capture';
COMMENT ON COLUMN quarantine.warc_offset IS 'Byte offset of the record in the WARC file';

-- Several pages may claim one canonical URL (an alias, a print version). One of them gives the row in `posts`; what the
-- others say waits here, keyed by page, and takes its place when that page changes or goes.
CREATE SCHEMA spare;
CREATE TABLE spare.posts AS SELECT * EXCLUDE (duplicate_of) FROM posts LIMIT 0;
CREATE TABLE spare.post_people AS SELECT 0::BIGINT AS page_id, * EXCLUDE (post_id) FROM post_people LIMIT 0;
CREATE TABLE spare.bib_references AS SELECT 0::BIGINT AS page_id, * EXCLUDE (post_id) FROM bib_references LIMIT 0;
CREATE TABLE spare.citations AS SELECT 0::BIGINT AS page_id, * EXCLUDE (post_id) FROM citations LIMIT 0;
CREATE TABLE spare.links AS SELECT 0::BIGINT AS page_id, * EXCLUDE (post_id) FROM links LIMIT 0;
CREATE TABLE spare.mentions AS SELECT 0::BIGINT AS page_id, * EXCLUDE (post_id) FROM mentions LIMIT 0;
COMMENT ON TABLE spare.posts IS 'As posts: pages that claim a canonical URL which another page holds';
COMMENT ON TABLE spare.post_people IS 'As post_people, for spare.posts';
COMMENT ON TABLE spare.bib_references IS 'As bib_references, for spare.posts';
COMMENT ON TABLE spare.citations IS 'As citations, for spare.posts';
COMMENT ON TABLE spare.links IS 'As links, for spare.posts';
COMMENT ON TABLE spare.mentions IS 'As mentions, for spare.posts';
