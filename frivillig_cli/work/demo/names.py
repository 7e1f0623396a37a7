"""Invented people and places. Common given names and farm names put together by chance;
the postcodes 9992-9999 and the municipality number 3399 belong to nobody.
"""

from __future__ import annotations

NUMBER = "3399"

GIVEN = """
Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne Randi Ida
Nina Maria Elisabeth Kristin Bente Heidi Silje Tone Linda Grete Turid Sissel Nora Sara Åse Unni
Gunn Ragnhild Gerd Mona Aud Camilla Wenche Julie Ole Jan Per Bjørn Lars Kjell Knut Svein Thomas
Arne Hans Geir Tor Morten Terje Odd Erik Martin Andreas John Anders Rune Trond Tore Daniel Jon
Håkon Øyvind Kristian Harald Olav Nils Magnus Stian Gunnar Einar Sverre Aksel Ådne Øystein Amina
Fatima Mohammed Yusuf Agnieszka Piotr Nguyet Dariusz Ásta Máret Elle Jovnna
""".split()

FAMILY = """
Bakken Berg Haugen Hagen Solberg Moen Strand Lunde Lien Dahl Bråten Myhre Sandvik Aas Nygård
Solli Fagerli Kittilsen Vik Sørlie Ruud Holm Engen Rønning Østby Åsheim Ødegård Tveit Løken
Granli Brekke Bjerke Nordli Sveen Hauge Fjeld Aune Skaug Midtbø Sætre Ektvedt Kvam Ørbeck
Espeland Tangen Furuset Gjerde Ask Bø Li Ali Hassan Nowak Kowalski Tran Sara Guttorm Ærø
""".split()

# Place, postcode, and whether its associations write nynorsk.
PLACES = (
    ("Elvdal", "9992", False),
    ("Nordbygda", "9993", False),
    ("Sollia", "9994", False),
    ("Strandvik", "9995", False),
    ("Åsgrend", "9996", False),
    ("Øvre Elvdal", "9997", True),
    ("Ærfjell", "9998", True),
)

STREETS = (
    "Bruveien", "Kirkeveien", "Stasjonsveien", "Elveveien", "Skoleveien", "Møllefaret",
    "Åsveien", "Lindealleen", "Grendevegen", "Øvrevegen", "Torget", "Bakkefaret",
)  # fmt: skip

SKILLS = (
    "omsorg", "sjåfør", "matlaging", "førstehjelp", "språk", "barnepass", "data", "håndverk",
)  # fmt: skip

AVAILABILITY = (
    "dagtid", "kveld", "helg", "kveld og helg", "fleksibel", "onsdager", "annenhver uke",
)  # fmt: skip
