"""The machine's words in a workbook: header ids, property names, the meta sheet.

A sheet is found by the cells of its hidden header row, never by its name or place.
`long` sheets have a row for each question, `wide` ones a row for each organisation. A list of
rejected answers is long, with a column of corrections in place of answers, and one of what stood
here when it was written.
"""

from __future__ import annotations

KEY = "f1.key"
FIELD = "f1.field"
ANSWER = "f1.answer"
CORRECTION = "f1.correction"
NOW = "f1.now"
TICK = "f1.tick"
PREFIX = "f1."
OPTION = "#"
# In a wide sheet, the rows of words between the ids and the first organisation.
HEADINGS = 2

PROPERTY_CODE = "frivillig-survey"
PROPERTY_TITLE = "frivillig-survey-title"
META_SHEET = "frivillig"
META_CODE = "f1.survey"
META_TITLE = "f1.title"


def option_field(question_id: str, option_id: str) -> str:
    """The field of one tick of a many-of question: `help_wanted#premises`."""
    return f"{question_id}{OPTION}{option_id}"
