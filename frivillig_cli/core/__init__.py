"""Pure building blocks: errors, language, dates, numbers, the query language. No files, no SQL."""
