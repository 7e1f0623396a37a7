"""Nynorsk is nynorsk: no word of bokmål alone stands in what goes out in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import frivillig_cli
from frivillig_cli.documents.template import SHIPPED, STARTERS

LOCALE = Path(frivillig_cli.__file__).resolve().parent / "locale" / "nn"
# Forms that nynorsk does not have (Nynorskordboka), of the words that letters are made of.
BOKMAL = frozenset(
    """
annerledes ansatt avtalene bare bestemmer bilder blitt deltar dere deres derfor derimot dersom
etterpaa eventuelt forening foreningen foreningene foreninger forteller fortsatt fra frivillighet
frivilligheten følger gjelder gjør gjøre gruppen haper hun hva hvem hver hverandre hvert hvilke
hvilken hvis hvor hvordan hvorfor høre ikke innen jeg kaller kommer kommunens lagene leder ledere
lenker lokaler mangler mer mere minutter møter noe noen også omtrent ordfører ordføreren ordninger
oversikt partene penger ringer sammen se selv sendes senere si sier skjemaene skrevet skriver
slipper snakker spørreskjema spørreskjemaet sted stoler svarer søke søker taushetsplikt
telefonnumre telefonnumrene tilskudd tilskuddet trenger uke uker underskriver vennlig vet videre
være åpen åpne åpner øvelse øvelser
""".split()
)
TEXTS = [
    *sorted(SHIPPED.glob("*.nn.md")),
    *sorted(STARTERS.glob("*.nn.md")),
    *sorted(LOCALE.glob("*.po")),
]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_word_of_bokmal_stands_in_nynorsk(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.suffix == ".po":
        text = "\n".join(re.findall(r'^msgstr "(.*)"$', text, re.MULTILINE)[1:])
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|https?://\S+|^\w+:", " ", text, flags=re.MULTILINE)
    found = {word for word in re.findall(r"[\wæøå]+", text.lower()) if word in BOKMAL}
    assert not found
