"""`frivillig search`: everything, best match first."""

from typing import Annotated, Any

import typer

from frivillig_cli.cli import session
from frivillig_cli.cli.arrange import arranged
from frivillig_cli.cli.lines import Column
from frivillig_cli.cli.options import List, noun
from frivillig_cli.core.i18n import N_, _
from frivillig_cli.work.search.model import Hit

app = noun(N_("Search everything, best match first."))

KIND_WORDS = {
    "org": N_("association"),
    "person": N_("person"),
    "agreement": N_("agreement"),
    "survey": N_("survey"),
    "activation": N_("call-out"),
}
SORT_WORDS = {"real": N_("real"), "exercise": N_("exercise"), "contact_test": N_("contact test")}


def _detail(hit: Hit) -> str | None:
    from frivillig_cli.cli.views import phone, role_words, short_day

    facts, parts = hit.facts, []
    if hit.kind == "org":
        parts = [facts["city"], phone(facts["phone"])]
    elif hit.kind == "person":
        serving = {"active": _("volunteer"), "archived": _("volunteer, archived")}
        number = _("protected") if facts["protected"] else phone(facts["phone"])
        parts = [number, serving.get(facts["volunteer"]), role_words(facts["roles"])]
    elif hit.kind == "agreement":
        until = _("until {date}", date=short_day(facts["to_date"])) if facts["to_date"] else None
        parts = [facts["org"], until]
    elif hit.kind == "survey":
        parts = [_("due {date}", date=short_day(facts["due"])) if facts["due"] else None]
    else:
        sort = SORT_WORDS[facts["sort"]]
        parts = [facts["number"], _(sort), short_day(facts["started"])]
    if hit.archived:
        parts.append(_("closed") if hit.kind in ("survey", "activation") else _("archived"))
    return ", ".join(part for part in parts if part) or None


@app.command(cls=List)
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="All of them must fit; parts of words do.")
    ],
) -> None:
    """Search everything, best match first.

    Associations, people, agreements, surveys and call-outs.
    """
    from frivillig_cli.core.echo import echo
    from frivillig_cli.work.search import queries

    run = session.current()
    found = queries.search(run.register, words, limit=run.page())
    ranked = list(enumerate(found.hits, start=1))

    def to_json(item: tuple[int, Hit]) -> dict[str, Any]:
        rank, hit = item
        data = {"kind": hit.kind, "id": hit.id, "name": hit.name, "detail": _detail(hit)}
        return {**data, "rank": rank, "fit": hit.fit, "archived": hit.archived}

    def cells(item: tuple[int, Hit]) -> tuple[str | None, ...]:
        hit = item[1]
        return str(hit.id), hit.name, _(KIND_WORDS[hit.kind]), _detail(hit)

    if not ranked and run.out.mode == "text":
        near = ", ".join(found.near)
        nothing = _("Nothing fits “{words}”.", words=echo(" ".join(words)))
        run.out.hint(nothing, *([_("Did you mean {names}?", names=near)] if near else ()))
        return
    columns = [Column(_("No."), right=True), Column(_("Name")), Column(_("What")), Column("")]
    run.out.listing(arranged(ranked, to_json), to_json, columns, cells)
    if len(ranked) < found.total:
        run.out.hint(_("{n} of {total}. All: --limit 0", n=len(ranked), total=found.total))
