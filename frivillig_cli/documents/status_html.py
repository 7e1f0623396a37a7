"""A page for the wall: how a call-out stands, in figures that are read across a room.

Self-contained. It loads itself again at short intervals, and says so in red when what it shows
has grown old: a page that stands still must not be taken for a call-out that stands still.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from frivillig_cli.core.i18n import in_language
from frivillig_cli.documents.html import page
from frivillig_cli.documents.sheets_html import escape

_STYLE = """
:root{color-scheme:light dark}*{box-sizing:border-box}
body{margin:0;padding:1.5vw 2vw;min-height:100vh;display:flex;flex-direction:column;gap:1.5vw;
font:2.1vw/1.25 "Source Sans 3","Segoe UI",system-ui,sans-serif}
main{display:grid;gap:1.8vw}h1,h2,p,ul{margin:0}h1{font-size:3.6vw;line-height:1.1}h2{font-size:2.1vw}
.frame{border:.4vw solid currentColor;text-align:center;font-weight:700;letter-spacing:.12em;
font-size:2.6vw;padding:.3vw}
header{display:flex;justify-content:space-between;gap:2vw;align-items:start}
.clock{text-align:right;white-space:nowrap}.clock b{font-size:3.6vw;line-height:1}
.needs{display:grid;grid-template-columns:repeat(auto-fit,minmax(24vw,1fr));gap:1.5vw}
.need{border:.3vw solid currentColor;padding:.8vw 1.2vw}
.need b{font-size:9vw;line-height:1;font-variant-numeric:tabular-nums}
.need progress{width:100%;height:1.6vw;accent-color:#1b6e3c}
.met{background:#1b6e3c;border-color:#1b6e3c;color:#fff}
.met progress{accent-color:#fff}
.counts{display:flex;flex-wrap:wrap;gap:1vw 3vw;list-style:none;padding:0}
.counts b{font-size:4.2vw;line-height:1;display:block;font-variant-numeric:tabular-nums}
.people{columns:3;column-gap:2vw;list-style:none;padding:0}.people li{break-inside:avoid}
footer{margin-top:auto;font-size:1.6vw}
#old{display:none;background:#b00020;color:#fff;padding:.6vw 1.2vw;font-weight:700}
@media(max-width:40rem){body{font-size:1rem}h1,.clock b{font-size:1.5rem}.need b{font-size:4rem}
.needs{grid-template-columns:1fr}.people{columns:1}h2,footer,.frame{font-size:1rem}
.counts b{font-size:2rem}}
"""
_SCRIPT = """
(function(){var made=%d,allowed=%d,old=document.getElementById("old");
function look(){if(Date.now()-made>allowed)old.style.display="block"}
look();setInterval(look,1000);setTimeout(function(){location.reload()},%d)})();
"""


@dataclass(frozen=True)
class Wall:
    """What the page shows, in words. `needs` are (name, words on it, confirmed, needed).

    `made` is when, in milliseconds since 1970; `old` is what to say once it is older than three
    times `every` seconds.
    """

    title: str
    subtitle: str
    mark: str
    clock: str
    clock_label: str
    needs: Sequence[tuple[str, str, int, int]]
    counts: Sequence[tuple[str, int]]
    lists: Sequence[tuple[str, Sequence[str]]]
    footer: str
    old: str
    made: int
    every: int


def wall_html(wall: Wall, language: str) -> str:
    """The page in `language` (nb, nn, en)."""
    with in_language(language):
        parts = []
        if wall.mark:
            parts.append(f'<p class="frame">{escape(wall.mark)}</p>')
        parts.append(f'<p id="old" role="alert">{escape(wall.old)}</p>')
        parts.append(
            f"<header><div><h1>{escape(wall.title)}</h1><p>{escape(wall.subtitle)}</p></div>"
            f'<p class="clock">{escape(wall.clock_label)}<br><b>{escape(wall.clock)}</b></p>'
            "</header><main>"
        )
        parts.append('<div class="needs">' + "".join(map(_need, wall.needs)) + "</div>")
        counts = "".join(f"<li><b>{n}</b>{escape(name)}</li>" for name, n in wall.counts)
        parts.append(f'<ul class="counts">{counts}</ul>')
        for name, people in wall.lists:
            lines = "".join(f"<li>{escape(one)}</li>" for one in people)
            parts.append(
                f'<section><h2>{escape(name)}</h2><ul class="people">{lines}</ul></section>'
            )
        parts.append(f"</main><footer><p>{escape(wall.footer)}</p></footer>")
        script = _SCRIPT % (wall.made, 3 * wall.every * 1000, wall.every * 1000)
        parts.append(f"<script>{script}</script>")
        digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
        policy = f"; script-src 'sha256-{digest}'"  # ours, by its hash; nothing else can run
        return page(wall.title, language, _STYLE, "\n".join(parts), policy)


def _need(need: tuple[str, str, int, int]) -> str:
    name, words, confirmed, needed = need
    met = ' class="need met"' if confirmed >= needed else ' class="need"'
    return (
        f"<section{met}><h2>{escape(name)}</h2><b>{escape(words)}</b>"
        f'<progress value="{min(confirmed, needed)}" max="{max(needed, 1)}"></progress></section>'
    )
