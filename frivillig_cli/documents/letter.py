"""A municipality's letter: the text and everything that stands around it.

The fields and their order are those of Norwegian public letters: sender, recipient where an
envelope's window shows it, references and caseworker, title, text, greeting, electronic
approval, attachments and copies. Labels are written in the letter's language.
"""

import datetime
from typing import TYPE_CHECKING, NamedTuple

from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.together import FEW_ROWS
from frivillig_cli.documents.tree import Document

if TYPE_CHECKING:
    from frivillig_cli.documents.word_template import RenderedWord


LAYOUTS = ("letter", "certificate")
_MOST_TOGETHER = 20  # headings, paragraphs and the like, that stay on one page


class Letterhead(NamedTuple):
    """The sender: the municipality, and the unit that writes.

    Addresses are lines. `phone` is shown as given (format it first); `orgnr` has nine digits.
    """

    name: str
    unit: str = ""
    city: str = ""
    logo: Picture | None = None
    postal_address: tuple[str, ...] = ()
    visiting_address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    orgnr: str = ""


class Reference(NamedTuple):
    """The case that the letter belongs to. Empty fields are left out, with their labels.

    `exempt` is the legal ground when the public has no access, such as "offl. § 13".
    """

    date: datetime.date | None = None
    ours: str = ""
    yours: str = ""
    your_date: datetime.date | None = None
    caseworker: str = ""
    exempt: str = ""


class Letter(NamedTuple):
    """One letter to one recipient, ready for any writer.

    `recipient` are the lines of the address: name, street, postcode and city. `approved` prints
    that the letter is approved electronically and has no signature. A `draft` says so across
    each page. `to_one`: the recipient is one person, who is not spoken to as many are. `word` is
    the letter as a Word document, where its template is one: it is then written as that and
    nothing else, and the document's blocks are only its words. `layout` is one of LAYOUTS.
    `whose` names the recipient where many letters lie in one file.
    """

    document: Document
    letterhead: Letterhead
    recipient: tuple[str, ...] = ()
    reference: Reference = Reference()
    signed_by: str = ""
    signed_title: str = ""
    approved: bool = True
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    draft: bool = False
    to_one: bool = False
    layout: str = "letter"
    word: "RenderedWord | None" = None
    whose: str = ""

    @property
    def together(self) -> int:
        """The block from which on a letter that is signed by hand is not parted by a page's end.

        That is its two last sections, so that no sheet holds signatures, or a line, alone; of
        them what is after a table of many rows, which goes over pages.
        """
        blocks = self.document.blocks
        titles = [n for n, one in enumerate(blocks) if one.level == 2]
        if self.approved:
            return len(blocks)
        at = next((n for n in titles[-2:] if len(blocks) - n <= _MOST_TOGETHER), len(blocks))
        tables = [n for n in range(at, len(blocks)) if len(blocks[n].rows) > FEW_ROWS]
        return tables[-1] + 1 if tables else at

    @property
    def language(self) -> str:
        """nb, nn or en."""
        return self.document.language
