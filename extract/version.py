"""The version of the reading rules: it goes into every `Post`, and a change of it makes archived pages be read again."""

EXTRACTOR_VERSION = "4"
