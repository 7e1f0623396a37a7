"""Letters as one self-contained HTML page, for a browser, a screen reader or an e-mail."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from frivillig_cli.core.i18n import in_language
from frivillig_cli.documents import certificate, labels
from frivillig_cli.documents.letter import Letter
from frivillig_cli.documents.picture import Picture
from frivillig_cli.documents.together import NO_BREAK, held
from frivillig_cli.documents.tree import Block, Cell, Inline, plain

ICON_HIGH = 'height="16"'  # for programs that read no styles
# Nothing may be fetched or run, whatever the page is opened in.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.5 "Source Sans 3","Segoe UI",system-ui,sans-serif;
overflow-wrap:anywhere}
article{max-width:44rem;margin:0 auto;padding:0 1.25rem}
article+article{border-top:.5rem solid #8888}
header{padding-top:2rem}
.sender{display:flex;gap:1rem;align-items:center;margin-bottom:2rem}
.sender img{height:4.5rem;max-width:45%;object-fit:contain;background:#fff;border-radius:.25rem}
.sender p{margin:0}.sender .name{font-size:1.25rem;font-weight:600}
.top{display:flex;flex-wrap:wrap;gap:1.5rem;justify-content:space-between;align-items:start;
margin-bottom:2rem}
address{font-style:normal}
dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem 1rem;margin:0;font-size:.9375rem;
align-content:start}
dd{margin:0}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.1875rem;margin:1.75rem 0 .5rem}
h3,h4,h5,h6{font-size:1.0625rem;margin:1.5rem 0 .25rem}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:1rem}
th,td{padding:.375rem .75rem .375rem 0;vertical-align:top;text-align:left;
border-bottom:1px solid #8888;overflow-wrap:break-word;hyphens:auto}
.long{overflow-wrap:anywhere}
@media(max-width:30rem){table{font-size:.875rem}th,td{padding-right:.5rem}}
th{border-bottom:2px solid currentColor;vertical-align:bottom}
.right{text-align:right}.center{text-align:center}
img{max-width:100%}
img.icon{height:.95em;width:auto;vertical-align:-.12em}
blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #8888}
code{font:.9em ui-monospace,Consolas,monospace;white-space:pre-wrap}
.closing{margin-top:2.5rem}.closing p{margin:0}.closing .name{margin-top:1rem;font-weight:600}
.approved{font-size:.9375rem;margin-top:1rem!important}
.below h2{font-size:1rem;margin-bottom:.25rem}.below ul{list-style:none;margin:0;padding:0}
footer{display:flex;flex-wrap:wrap;gap:1.5rem;margin-top:3rem;padding-top:1rem;
padding-bottom:2rem;border-top:1px solid #8888;font-size:.875rem}
footer p{margin:0}footer .label{font-weight:600}
.certificate{text-align:center;max-width:52rem}.certificate .sender{flex-direction:column;gap:.5rem}
.certificate .kind{display:block;font-size:2.25rem}.certificate .of{display:block;font-weight:400}
.certificate .whose{font-size:2rem;font-weight:600;line-height:1.2;margin:1rem 0}
.certificate .long{font-size:1.375rem}
.certificate footer{border:0;justify-content:center}
.certificate :is(ul,ol){display:table;margin:0 auto;text-align:left}
.certificate .text h2{font-size:1.0625rem}
.sign{display:flex;flex-wrap:wrap;gap:2rem 4rem;justify-content:center;margin:4rem 0 2rem}
.sign div{flex:1 1 14rem}.sign p{margin:0;font-size:.9375rem}
.sign .above{height:1.75em;border-bottom:1px solid currentColor}
.draft{border:2px solid currentColor;padding:.25rem .75rem;font-weight:600;text-align:center}
@media print{:root{color-scheme:light}body{font-size:11pt}article{max-width:none;padding:0}
article+article{border:0;break-before:page}
a{color:inherit}a[href^=http]::after{content:" (" attr(href) ")"}
h1,h2,h3{break-after:avoid}li:last-child{break-before:avoid}.closing,tr{break-inside:avoid}@page{size:A4;margin:20mm}
@page certificate{size:A4 landscape;margin:12mm}.certificate{page:certificate}
.certificate header{padding-top:0}.certificate .sender{margin-bottom:1rem}
.sign{margin:2rem 0 0}.certificate footer{margin:0;padding:.75rem 0 0}}
"""


_LONG = 24  # characters of a word that a column need not have room for


def letters_html(letters: Sequence[Letter], *, mailed: bool = False) -> str:
    """Letters one below the other on one page, each in its own language, pictures inside it.

    Printed, each begins on a sheet of its own. `mailed`: for a message, whose pictures a mail
    program takes from wherever it has put them.
    """
    first = letters[0]
    body = "\n".join(map(_article, letters))
    return page(
        first.document.title, first.language, _STYLE, f"<main>\n{body}\n</main>",
        None if mailed else "",
    )  # fmt: skip


def _article(letter: Letter) -> str:
    named = letter.layout == "certificate"
    with in_language(letter.language):
        parts = (
            [_certificate(letter)] if named else [_header(letter), _text(letter), _footer(letter)]
        )
    lang = escape(letter.language) + ('" class="certificate' if named else "")
    return f'<article lang="{lang}">\n' + "\n".join(part for part in parts if part) + "\n</article>"


def page(title: str, language: str, style: str, body: str, allowed: str | None = "") -> str:
    """A page around `body`, which is HTML; the title is text.

    `allowed` is what its policy allows besides styles and pictures; None is a page without one.
    """
    policy = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}{allowed}">\n'
        if allowed is not None
        else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'{policy}<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="format-detection" content="telephone=no">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n"
        "</body>\n</html>\n"
    )


def _certificate(letter: Letter) -> str:
    kind, of = certificate.title_parts(letter.document.title)
    title = f'<span class="kind">{escape(kind)}</span>'
    title += f' <span class="of">{escape(of)}</span>' if of else ""
    text = "\n".join(
        f'<p class="{_whose(one)}">{inlines(one.children[0].children)}</p>'
        if certificate.is_name(one)
        else _block(one)
        for one in letter.document.blocks
    )
    signed = "".join(
        f'<div><p class="above">{escape(above)}</p>'
        + "".join(f"<p>{escape(row)}</p>" for row in below)
        + "</div>"
        for above, below in certificate.lines_to_sign(letter)
    )
    small = certificate.small_print(letter)
    return (
        f"<header>\n{_sender(letter)}\n</header>\n<h1>{title}</h1>\n"
        f'<div class="text">\n{text}\n{_below(letter)}</div>\n<div class="sign">{signed}</div>'
        + (f"\n<footer><p>{escape(small)}</p></footer>" if small else "")
    )


def _whose(block: Block) -> str:
    return "whose" if certificate.name_size(block) > 25 else "whose long"


def _sender(letter: Letter) -> str:
    head, draft = letter.letterhead, labels.watermark(letter)
    logo = _picture(head.logo) if head.logo else ""
    unit = f"<p>{escape(head.unit)}</p>" if head.unit else ""
    return (
        (f'<p class="draft">{escape(draft)}</p>\n' if draft else "")
        + f'<div class="sender">{logo}<div><p class="name">{escape(head.name)}</p>{unit}'
        + "</div></div>"
    )


def _header(letter: Letter) -> str:
    rows = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(held(value))}</dd>"
        for label, value in labels.reference_rows(letter)
    )
    return (
        f"<header>\n{_sender(letter)}"
        + f'\n<div class="top">\n<address>{"<br>".join(map(escape, letter.recipient))}</address>\n'
        + (f"<dl>{rows}</dl>\n" if rows else "")
        + "</div>\n</header>"
    )


def _text(letter: Letter) -> str:
    parts = [
        f'<div class="text">\n<h1>{escape(held(letter.document.title))}</h1>',
        blocks(letter.document.blocks),
    ]
    parts.append('<div class="closing">')
    if letter.signed_by:
        parts.append(f"<p>{escape(labels.greeting())}</p>")
        parts.append(f'<p class="name">{escape(letter.signed_by)}</p>')
    if letter.signed_title:
        parts.append(f"<p>{escape(letter.signed_title)}</p>")
    if approval := labels.approval(letter):
        parts.append(f'<p class="approved">{escape(approval)}</p>')
    parts.append("</div>")
    return "\n".join(part for part in [*parts, _below(letter), "</div>"] if part)


def _below(letter: Letter) -> str:
    return "\n".join(
        f'<div class="below"><h2>{escape(label)}</h2><ul>'
        + "".join(f"<li>{escape(item)}</li>" for item in items)
        + "</ul></div>"
        for label, items in labels.lists_below(letter)
    )


def _footer(letter: Letter) -> str:
    columns = "".join(
        f'<div><p class="label">{escape(label)}</p>'
        + "".join(f"<p>{escape(held(row))}</p>" for row in rows)
        + "</div>\n"
        for label, rows in labels.address_columns(letter.letterhead)
    )
    return f"<footer>\n{columns}</footer>" if columns else ""


def blocks(items: Iterable[Block]) -> str:
    """The blocks of a document as HTML."""
    return "\n".join(map(_block, items))


def _block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"<h{block.level}>{inlines(block.children)}</h{block.level}>"
        case "paragraph":
            return f"<p>{inlines(block.children)}</p>"
        case "list":
            tag = "ol" if block.ordered else "ul"
            start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
            items = "\n".join(f"<li>{_item(item)}</li>" for item in block.items)
            return f"<{tag}{start}>\n{items}\n</{tag}>"
        case "table":
            head = "".join(_cell(cell, "th") for cell in block.header)
            rows = "\n".join(
                f"<tr>{''.join(_cell(cell, 'td') for cell in row)}</tr>" for row in block.rows
            )
            return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        case "quote":
            return f"<blockquote>{blocks(block.blocks)}</blockquote>"
        case _:
            return "<hr>"


def _item(item: tuple[Block, ...]) -> str:
    """An item's blocks; its first paragraph without margins of its own."""
    first, rest = item[:1], item[1:]
    if first and first[0].kind == "paragraph":
        return inlines(first[0].children) + ("\n" + blocks(rest) if rest else "")
    return blocks(item)


def _cell(cell: Cell, tag: str) -> str:
    long = any(len(word) > _LONG for word in plain(cell.children).split())
    classes = [cell.align] * (cell.align != "left") + ["long"] * long
    side = f' class="{" ".join(classes)}"' if classes else ""
    scope = ' scope="col"' if tag == "th" else ""
    # on a telephone a column is narrow: the year may stand below its day
    inside = re.sub(f"{NO_BREAK}(?=[0-9]{{4}}\\b)", " ", inlines(cell.children))
    return f"<{tag}{scope}{side}>{inside}</{tag}>"


def inlines(items: Iterable[Inline]) -> str:
    """Running text as HTML."""
    return "".join(map(_inline, items))


def _inline(item: Inline) -> str:
    match item.kind:
        case "text":
            return escape(held(item.text))
        case "code":
            return f"<code>{escape(item.text)}</code>"
        case "break":
            return "<br>"
        case "strong":
            return f"<strong>{inlines(item.children)}</strong>"
        case "emphasis":
            return f"<em>{inlines(item.children)}</em>"
        case "link":
            label = inlines(item.children) if plain(item.children).strip() else escape(item.target)
            return f'<a href="{escape(item.target)}">{label}</a>'
        case _:
            return _picture(item.picture, icon=item.icon) if item.picture else ""


def _picture(picture: Picture, *, icon: bool = False) -> str:
    high = f'class="icon" {ICON_HIGH} ' if icon else ""
    return f'<img alt="{escape(picture.alt)}" {high}src="{address_of(picture)}">'


def address_of(picture: Picture) -> str:
    """A picture as the address that it has in the page: its own bytes."""
    return f"data:{picture.mime};base64,{b64encode(picture.data).decode('ascii')}"
