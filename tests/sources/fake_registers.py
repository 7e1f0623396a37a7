"""A server on this machine that answers as the two registers do, paging in their two ways."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

UNITS = "/enhetsregisteret/api/enheter"
UPDATES = "/enhetsregisteret/api/oppdateringer/enheter"
VOLUNTARY = "/frivillighetsregisteret/api/frivillige-organisasjoner"
GONE = {"respons_klasse": "FjernetEnhet", "slettedato": "2026-01-31"}


class FakeRegisters:
    """`units` by number (GONE: removed), `roles`, `voluntary`, `feed`; `asked` are the requests.

    `instead` answers in the place of all that: a function of the path to (status, headers, body).
    """

    def __init__(self) -> None:
        self.units: dict[str, dict] = {}
        self.roles: dict[str, dict] = {}
        self.voluntary: list[dict] = []
        self.feed: list[dict] = []
        self.asked: list[str] = []
        self.instead: Callable[[str], tuple[int, dict, bytes] | None] | None = None
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fake.asked.append(self.path)
                found = fake.instead(self.path) if fake.instead else None
                status, headers, body = found or fake.answer(self.path)
                try:
                    self.send_response(status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # whoever asked has gone

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def add(self, *units: dict) -> None:
        self.units |= {unit["organisasjonsnummer"]: unit for unit in units}

    def answer(self, asked: str) -> tuple[int, dict, bytes]:
        parts = urlsplit(asked)
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        status, body = self._route(parts.path, query)
        return status, {"Content-Type": "application/json"}, json.dumps(body).encode()

    def _route(self, path: str, query: dict[str, str]) -> tuple[int, dict]:
        if path == UNITS:
            return self._search(query)
        if path == UPDATES:
            return self._updates(query)
        if path == VOLUNTARY:
            return self._voluntary(query)
        number, _, rest = path.removeprefix(UNITS + "/").partition("/")
        if rest == "roller":
            return (200, self.roles[number]) if number in self.roles else (404, _error(404))
        found = self.units.get(number)
        if found is GONE:
            return 410, {"organisasjonsnummer": number, **GONE}
        return (200, found) if found else (404, _error(404))

    def _search(self, query: dict[str, str]) -> tuple[int, dict]:
        size, page = int(query.get("size", 20)), int(query.get("page", 0))
        if size * (page + 1) > 10_000:
            return 400, _error(400)
        found = [u for u in self.units.values() if u is not GONE and _matches(u, query)]
        shown = found[size * page : size * (page + 1)]
        body = {
            "_links": {"self": {"href": "https://data.brreg.no/x"}},
            "page": {
                "size": size,
                "totalElements": len(found),
                "totalPages": -(-len(found) // size),
                "number": page,
            },
        }
        return 200, {"_embedded": {"enheter": shown}, **body} if shown else body

    def _updates(self, query: dict[str, str]) -> tuple[int, dict]:
        size = int(query["size"])
        if "dato" in query:
            found = [u for u in self.feed if u["dato"] >= query["dato"]]
        else:
            found = [u for u in self.feed if u["oppdateringsid"] >= int(query["oppdateringsid"])]
        body = {"_links": {"self": {"href": f"https://data.brreg.no{UPDATES}?x"}}, "page": {}}
        shown = {"_embedded": {"oppdaterteEnheter": found[:size]}} if found else {}
        return 200, {**shown, **body}

    def _voluntary(self, query: dict[str, str]) -> tuple[int, dict]:
        size = int(query.get("size", 20))
        if "page" in query or size > 100:
            return 400, _error(400)
        ordered = sorted(self.voluntary, key=lambda entry: entry["organisasjonsnummer"])
        after = query.get("searchAfter", "")
        shown = [e for e in ordered if e["organisasjonsnummer"] > after][:size]
        links = {"self": {"href": f"https://data.brreg.no{VOLUNTARY}?size={size}"}}
        if not shown:  # the last page has no _embedded
            return 200, {"_links": links}
        last = shown[-1]["organisasjonsnummer"]
        href = f"https://data.brreg.no{VOLUNTARY}?size={size}&searchAfter={last}"
        links["next"] = {"href": href}
        return 200, {"_embedded": {"frivilligeOrganisasjoner": shown}, "_links": links}


def _error(status: int) -> dict:
    return {"status": status, "error": "x", "path": "/enhetsregisteret/api/enheter"}


def _matches(unit: dict, query: dict[str, str]) -> bool:
    wanted = {
        "kommunenummer": (unit.get("forretningsadresse") or {}).get("kommunenummer"),
        "postadresse.kommunenummer": (unit.get("postadresse") or {}).get("kommunenummer"),
        "organisasjonsform": unit["organisasjonsform"]["kode"],
        "registrertIFrivillighetsregisteret": str(
            unit.get("registrertIFrivillighetsregisteret", False)
        ).lower(),
        "organisasjonsnummer": unit["organisasjonsnummer"],
    }
    if unit.get("slettedato"):  # a search gives those that are alive
        return False
    return all(wanted[key] in value.split(",") for key, value in query.items() if key in wanted)


def update(number: int, orgnr: str, kind: str, day: str = "2026-11-22") -> dict:
    entry = {
        "oppdateringsid": number,
        "dato": f"{day}T04:05:11.193Z",
        "organisasjonsnummer": orgnr,
        "endringstype": kind,
    }
    return entry


def roles(*people: tuple[str, str], number: str = "", **person: object) -> dict:
    """(code, name) to the answer of /roller, with the birth dates that it has."""
    found = [
        {
            "type": {"kode": code, "beskrivelse": "x"},
            "person": {
                "fodselsdato": "1970-03-04",
                "navn": {"fornavn": name.split()[0], "etternavn": name.split()[-1]},
                "erDoed": False,
                **person,
            },
            "fratraadt": False,
        }
        for code, name in people
    ]
    links = {"self": {"href": f"https://data.brreg.no{UNITS}/{number}/roller"}}
    return {"rollegrupper": [{"type": {"kode": "STYR"}, "roller": found}], "_links": links}
