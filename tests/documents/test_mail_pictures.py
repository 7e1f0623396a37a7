"""Pictures of a letter by e-mail are parts of the message, as mail programs show them."""

from __future__ import annotations

import re

from frivillig_cli.documents.letter import Letter, Letterhead
from frivillig_cli.documents.mail import letter_message
from frivillig_cli.documents.picture import Picture, picture_of
from frivillig_cli.documents.tree import Block, Cell, Document, Inline
from tests.documents.pictures import JPEG, png
from tests.documents.test_mail import PDF, envelope, letter, parsed

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20H0z"/></svg>'


def message(logo: Picture | None, *pictures: Picture):
    """A message whose letter has a logo, a picture in the text and the others in a table."""
    images = [Inline("image", picture=one) for one in pictures]
    blocks = [Block("paragraph", children=(images[0],))] if images else []
    if images[1:]:
        row = tuple(Cell((one,)) for one in images[1:])
        blocks.append(Block("table", header=row, rows=(row,)))
    made = Letter(Document("Kart", "nb", tuple(blocks)), Letterhead("Elvdal kommune", logo=logo))
    return parsed(letter_message(made, PDF, envelope()))


def of_type(message, kind: str) -> list:
    return [part for part in message.walk() if part.get_content_type() == kind]


def test_each_picture_lies_in_the_message_once_and_the_html_points_to_it() -> None:
    logo, map_ = picture_of(SVG, "Elvdal"), picture_of(png(300, 100), "Kart over Elvdal")
    made = message(logo, map_, picture_of(JPEG, "Et foto"), picture_of(png(300, 100), "Kart igjen"))
    (related,) = of_type(made, "multipart/related")
    html, *pictures = related.iter_parts()
    assert [one.get_content_type() for one in pictures] == ["image/png", "image/png", "image/jpeg"]
    assert all(one["Content-Disposition"].content_disposition == "inline" for one in pictures)
    told = html.get_content()
    pointed = re.findall(r'src="cid:([^"]+)"', told)
    assert {f"<{one}>" for one in pointed} == {one["Content-ID"] for one in pictures}
    assert 'src="data:' not in told and "image/svg" not in made.as_string()
    assert pictures[0].get_content().startswith(b"\x89PNG")
    assert pictures[1].get_content() == png(300, 100)
    assert re.search(r'alt="Elvdal" src="cid:[^"]+" height="72"', told)
    assert re.search(r'alt="Kart over Elvdal" src="cid:[^"]+" width="300"', told)
    assert "Content-Security-Policy" not in told  # a mail program moves what cid: points to
    (attachment,) = made.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"


def test_the_message_is_the_same_each_time() -> None:
    logo = picture_of(SVG, "Elvdal")
    assert message(logo).as_bytes() == message(logo).as_bytes()


def test_a_letter_without_pictures_has_no_such_part() -> None:
    made = parsed(letter_message(letter(), PDF, envelope()))
    assert of_type(made, "multipart/related") == []
    (html,) = of_type(made, "text/html")
    assert "cid:" not in html.get_content()


def test_an_icon_is_as_high_as_its_line_where_styles_are_not_read() -> None:
    sign = picture_of(png(40, 40), "Telefon")
    line = (Inline("text", "Ring "), Inline("image", picture=sign, icon=True))
    blocks = (Block("paragraph", children=line), Block("paragraph", children=line[1:]))
    made = Letter(Document("Kart", "nb", blocks), Letterhead("Elvdal kommune"))
    (related,) = of_type(parsed(letter_message(made, PDF, envelope())), "multipart/related")
    told = next(iter(related.iter_parts())).get_content()
    assert (
        len(re.findall(r'<img alt="Telefon" class="icon" height="16" src="cid:[^"]+">', told)) == 2
    )
