"""What makes a page of sheets one to tap the answers on, without a network.

The script is ours and trusted; what the register holds reaches it as JSON only. The page's policy
names the script by its hash, so that nothing else can run.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from frivillig_cli.core.i18n import _

STYLE = """
td.taps{display:none}.tapping td.taps{display:table-cell}
.tapping td.b,.tapping th.b{display:none}
.done{opacity:.62}
button{font:inherit;min-height:2.75rem;min-width:2.75rem;padding:.25rem .75rem;border-radius:.5rem;
border:2px solid currentColor;background:Canvas;color:CanvasText}
button.open,button.yes{font-weight:700;background:CanvasText;color:Canvas}
button.none{border-style:dashed}button.plain{border-color:transparent;text-decoration:underline}
.choices{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;padding:.5rem 0}
.taps input,.bar input{font:inherit;width:auto;height:2.75rem;min-width:7rem}
.bar{position:sticky;bottom:0;background:Canvas;border-top:3px solid currentColor;padding:.5rem 0;
display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;justify-content:space-between;
max-height:100vh;overflow:auto}.back{flex-basis:100%}
.bar textarea{width:100%;font:.875rem/1.3 monospace;margin:.5rem 0}
.back button{margin:0 .5rem .5rem 0}.warn{font-weight:700;margin:.25rem 0}
@media(max-width:45rem){.tapping td.taps{display:block;padding:.375rem 0}}
@media print{.bar,td.taps{display:none!important}}
"""


@dataclass(frozen=True)
class Taps:
    """What the page tells the script.

    `activation` (its id; of a later episode, that after a dot) and `number` name the call-out,
    `part` whose share of the list it is ("" for all), `outcomes` are the words that are stored,
    with what stands on their buttons, and `answers` those of them that a person gave. `file` is
    the name of what is given back.
    """

    activation: str
    number: str
    part: str
    outcomes: Mapping[str, str]
    answers: tuple[str, ...]
    file: str


@cache
def script() -> str:
    """The script of the page."""
    path = Path(__file__).resolve().parent / "pages" / "taps.js"
    return path.read_text("utf-8").strip()


def policy() -> str:
    """What the page's policy must allow: this script, by its hash."""
    digest = b64encode(sha256(script().encode("utf-8")).digest()).decode("ascii")
    return f"; script-src 'sha256-{digest}'"


def embedded(taps: Taps) -> str:
    """The script with its data, as HTML at the end of the page's body."""
    words = {
        "answer": _("Answer"),
        "again": _("Another answer"),
        "undo": _("Undo"),
        "cancel": _("Cancel"),
        "there": _("There at"),
        "from": _("From"),
        "ok": _("Save the answer"),
        "passed": _("That time has passed. Write one that is to come."),
        "by": _("Your name"),
        "back": _("Give the answers back"),
        "how": _(
            "Send the file or the text to whoever runs the call-out. Sending it twice does no harm."
        ),
        "copy": _("Copy the text"),
        "save": _("Save the file"),
        "share": _("Send"),
        "given": _("Given. You may go on, and give all of it again later."),
        "forgets": _(
            "This phone forgets the answers when the page is closed: give them back first."
        ),
        "tally": _("called {rung} · yes {yes} · no {no}", rung="{rung}", yes="{yes}", no="{no}"),
    }
    data = {
        "activation": taps.activation,
        "number": taps.number,
        "part": taps.part,
        "outcomes": dict(taps.outcomes),
        "answers": list(taps.answers),
        "file": taps.file,
        "words": words,
    }
    # As JSON within HTML: no text of the register can end the element or begin another.
    text = json.dumps(data, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/json" id="taps">{text}</script>\n<script>{script()}</script>'
