"""Four hundred texts that would be markup somewhere, if they were let."""

from __future__ import annotations

_BITS = [
    "[bold red]x[/]", "[link=https://evil.example]x[/link]", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "</title><b>", "&lt;b&gt; &amp; &#60;", "Ærfugl & Sønner <AS>",
    "#import \"x.typ\"", "#read(\"/etc/passwd\")", "= Overskrift", "$x^2$", "@label <label>",
    "*fet* _kursiv_", "**fet** __fet__", "# Overskrift", "## Under", "- punkt", "1. punkt",
    "| a | b |", "|---|---|", "> sitat", "---", "===", "```kode```", "    innrykk", "![x](y.png)",
    "[x](javascript:alert(1))", "<https://evil.example>", "https://evil.example", "[x][y]",
    "[x]: y",
    "{{ 7*7 }}", "{% for x in y %}", "{# borte #}", "{{ ''.__class__ }}", "\x1b[31mrød\x1b[0m",
    "\x1b]0;tittel\x07", "linje\nlinje", "\r\n\r\n# x", "\t\ttab", "a\x00b", "\u202egnal\u202c",
    "\u200f\u200e\u2066x\u2069", "\ue0000\ue001", "\ue000\ue010\ue001", "\ue002\ue010\ue001",
    "\U000f0000", "\\", "\\\\", "\"", "'", "`", "~~x~~", "=HYPERLINK(\"https://evil.example\")",
    "+1", "-1+1", "@SUM(A1)", "../../x", "C:\\x", "%s %d {0}", "${x}", "\u2028\u2029", "é\u0301",
    "\ufeff", "\u00ad\u200b", "👩‍👩‍👧 🎉", "漢字", "שלום", "مرحبا", "ﷺ", "\\u0022);", "\")) #x",
    "\\\")) #panic()", "/* x", "// x", "\ud800", "x" * 10_000, "x " * 5_000, "]]>", "<!--", "-->",
]  # fmt: skip
_AROUND = ["{}", "a {} b", "{0}{0}", "**{}", "{}\n\n# y"]

HOSTILE = [around.format(bit) if "{0}" in around else around.replace("{}", bit)
           for around in _AROUND for bit in _BITS]  # fmt: skip
