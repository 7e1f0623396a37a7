"""Sending a batch by e-mail, as a person follows it: what goes, what does not, what is in doubt."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from frivillig_cli.cli import ask, case_numbers, doubt, session
from frivillig_cli.cli.sending_checks import (
    Entered,
    badly_written,
    confirm,
    in_any_case,
    tell_attachments,
    tell_gone,
)
from frivillig_cli.cli.sending_lists import (
    gone_json,
    hint_refused,
    list_doubt,
    list_left_out,
    list_lines,
    list_recorded,
    listed,
    mail_json,
    pairs,
    skipped_json,
    tell_given_up,
    tell_not_tried,
)
from frivillig_cli.core import clock
from frivillig_cli.core.errors import RefusedError
from frivillig_cli.core.i18n import _, ngettext
from frivillig_cli.records import municipality
from frivillig_cli.records.letter import outbox_queries, queries
from frivillig_cli.records.letter.logged import LoggedLetter
from frivillig_cli.records.letter.model import in_doubt
from frivillig_cli.records.letter.outbox_queries import Mail
from frivillig_cli.settings import config, mail
from frivillig_cli.store import interrupt


def _own() -> Path:
    from frivillig_cli.settings.paths import template_folder

    return template_folder(session.current().path)


def _settings() -> mail.MailSettings:
    letterhead = municipality.get(session.current().register)
    return mail.settings(config.get, letterhead.get("letterhead.email"))


def _server(settings: mail.MailSettings) -> Any:
    from frivillig_cli.sources.smtp import Server

    password = ""
    if settings.user:
        password = mail.password() or ask.secret(
            _("Password of {user} at {host}:", user=settings.user, host=settings.host),
            mail.PASSWORD,
        )
    return Server(
        settings.host, settings.port, settings.security, settings.user, password, settings.ca
    )


def _settle_before(batch: int) -> list[LoggedLetter]:
    """Enter in the log what another run, killed or at it, has sent; returns whom it missed."""
    from frivillig_cli.work.letters import post

    run = session.current()
    queries.batch(run.register, batch)
    settled = post.settle(run.change, run.register, batch, now=run.now)
    if n := settled.letters:
        run.out.hint(
            ngettext("{n} letter that another run has sent is entered in the log.",
                     "{n} letters that another run has sent are entered in the log.", n)
        )  # fmt: skip
    return list(settled.missed)


def withdraw(batch: int, said: doubt.Said) -> None:
    """Take what waits out of the outbox; that an address was refused is still known.

    Those in doubt become as `said` decides, and nothing is sent.
    """
    from frivillig_cli.work.letters import compose

    run = session.current()
    queries.batch(run.register, batch)
    chosen = doubt.by_letter(batch, said)
    recorded = doubt.decide(
        [
            (one, doubt.BECOMES[chosen[one.letter_id]])
            for one in outbox_queries.mails(run.register, batch, "sending")
            if one.letter_id in chosen
        ]
    )
    missed = _settle_before(batch)
    mails = outbox_queries.mails(run.register, batch, "queued")
    with run.change() as register:
        n = outbox_queries.take_out(register, [one.id for one in mails])
    run.out.result(
        {
            "batch": batch, "withdrawn": n,
            "recorded": [{**mail_json(one), "sent": one.at} for one in recorded],
            "skipped": [skipped_json(row, why) for row, why in compose.not_reached(missed)],
        },
        ngettext("{n} letter is taken out of the outbox.",
                 "{n} letters are taken out of the outbox.", n),
    )  # fmt: skip
    list_recorded(recorded)
    list_left_out(batch, compose.not_reached(missed))
    if doubtful := outbox_queries.mails(run.register, batch, "sending"):
        run.out.hint(*in_doubt(batch, len(doubtful), beside="--withdraw "))


def preview(batch: int, said: doubt.Said, retry: bool, anyway: bool = False) -> None:
    """Who would get a letter, and who would not and why; with what would stop the sending.

    Those in doubt are as `said` decides, and listed as such without a decision.
    """
    from frivillig_cli.records.letter.double_queries import had
    from frivillig_cli.work.letters import compose, sharing, standing

    run = session.current()
    chosen = doubt.by_letter(batch, said)
    doubtful = outbox_queries.mails(run.register, batch, "sending")
    left = [one for one in doubtful if one.letter_id not in chosen]
    wanted = [(one, doubt.BECOMES[chosen[one.letter_id]]) for one in doubtful if one not in left]
    decided, dead = doubt.settled(batch, wanted)
    recorded = [one for one, state in decided if state == "sent"]
    waiting: list[Mail] = []
    gone = list(dead)
    with doubt.as_decided(decided):
        going = compose.outgoing(run.register, batch, _own(), retry=retry, in_doubt=bool(doubtful))
        already = had(run.register, going.batch)
        for held in _that_wait(batch, going):
            why = standing.why_not_now(run.register, going.batch, held.letter_id)
            why = why or already.get(held.letter_id)
            if why:
                gone.append((held, why))
            else:
                waiting.append(held)
        nobodys = {one.letter_id for one, _why in gone} - doubt.that_stay(dead)
        shares = sharing.sharing(queries.letters(run.register, batch), nobodys)
    ready, left_out = [], list(going.left_out)
    for one in going.ready:
        if compose.is_as_written(going, one):
            ready.append(one)
        else:
            left_out.append(compose.changed(going, one))
    left_out += compose.not_reached(shares)
    stops = _stops(batch, going, anyway) if ready or waiting else []
    run.out.json(
        {
            "batch": batch,
            "stopped_by": [error.message for error in stops],
            "would_send": [
                {**one.letter.key, "email": one.address, "number": one.letter.number}
                for one in ready
            ] + [{"name": one.recipient, "email": one.address} for one in waiting],
            "would_record": [mail_json(one) for one in recorded],
            "in_doubt": [mail_json(one) for one in left],
            "skipped": [skipped_json(row, why) for row, why in left_out]
            + [gone_json(one, why) for one, why in gone],
        }
    )  # fmt: skip
    tell_attachments(compose.named_attachments(going))
    tell_gone(going)
    n = len(ready) + len(waiting)
    run.out.lines(
        ngettext("{n} letter is ready, but would not be sent yet.",
                 "{n} letters are ready, but would not be sent yet.", n)
        if stops
        else ngettext("{n} letter would be sent. Nothing is sent.",
                      "{n} letters would be sent. Nothing is sent.", n)
    )  # fmt: skip
    for error in stops:
        run.incomplete()
        run.out.warn(error.message, *(f"  {row}" for row in error.rows), error.hint)
    list_lines([(one.recipient.name, one.address) for one in ready])
    list_lines([(one.recipient, one.address) for one in waiting])
    if recorded:
        run.out.lines("", _("Would be recorded as sent: {n}", n=len(recorded)))
        list_lines([(one.recipient, one.shown or "") for one in recorded])
    list_doubt(batch, [(one, "") for one in left])
    list_left_out(batch, left_out, gone)


def _stops(batch: int, going: Any, anyway: bool) -> list[RefusedError]:
    """What sending would refuse, each with the way out."""
    found = []
    try:
        _settings()
    except RefusedError as error:
        found.append(error)
    return found if anyway else [*found, *badly_written(batch, going)]


def test(batch: int, address: str) -> None:
    """Send all to one address, marked; nothing is recorded."""
    from frivillig_cli.core import checks
    from frivillig_cli.documents.mail import plain_address
    from frivillig_cli.sources.smtp import Post
    from frivillig_cli.work.letters import compose
    from frivillig_cli.work.letters import post as posting

    run = session.current()
    address = str(checks.email(address, "--test-to", "--test-to"))
    settings = _settings()
    going = compose.outgoing(run.register, batch, _own(), retry=True, as_test=True)
    if not (going.ready or going.left_out):
        raise RefusedError(
            _("No letter of batch {id} waits to be sent: there is nothing to try.", id=batch),
            _("See where each of them is: {command}", command=f"frivillig letter log {batch}"),
        )
    left_out, failed, sent, lost = list(going.left_out), [], 0, 0
    not_tried: list[str] = []
    tell_attachments(compose.named_attachments(going))
    confirm(len(going.ready), address)
    made = compose.messages(going, settings.sender, now=run.now, test_to=address)
    with Post(_server(settings)) as post, _progress(len(going.ready)) as advance:
        for n, message in enumerate(made):
            if message.data is None:
                left_out.append(compose.changed(going, message.ready))
                continue
            if n:
                time.sleep(60 / settings.per_minute)
            sender, to = plain_address(settings.sender), plain_address(address)
            outcome = post.deliver(message.data, sender, to, lambda: True)
            sent += outcome.kind == "sent"
            if outcome.kind != "sent":
                failed.append((message.ready.recipient.name, outcome.answer))
            advance(1)
            lost = posting.in_a_row(lost, outcome)
            if lost == posting.GIVE_UP:
                not_tried = [one.recipient.name for one in going.ready[n + 1 :]]
                break
    run.out.json(
        {
            "batch": batch, "test_to": address, "sent": sent,
            "failed": [{"name": name, "answer": answer} for name, answer in failed],
            "not_tried": not_tried,
            "skipped": [skipped_json(row, why) for row, why in left_out],
        }
    )  # fmt: skip
    run.out.lines(
        ngettext("{n} letter is sent to {address} as a test. Nothing is recorded.",
                 "{n} letters are sent to {address} as a test. Nothing is recorded.",
                 sent, address=address)
    )  # fmt: skip
    listed(_("Not sent: {n}", n=len(failed)), failed)
    tell_not_tried(not_tried)
    list_left_out(batch, left_out)


def send(batch: int, said: doubt.Said, retry: bool, anyway: bool = False) -> None:
    """Queue what can go, send it, and say what became of it."""
    entered = Entered()
    with in_any_case(entered):
        entered.missed += _settle_before(batch)
        done, left_out, stopped = _sent(batch, said, retry, anyway, entered)
    _show(batch, done, left_out, entered.recorded)
    case_numbers.tell_unnumbered(batch)
    if done.sent:
        case_numbers.tell_given(batch, (), by_post=False)
    if stopped:
        raise KeyboardInterrupt


def _sent(
    batch: int, said: doubt.Said, retry: bool, anyway: bool, entered: Entered
) -> tuple[Any, Sequence[Any], bool]:
    """What became of the messages, who was left out before, and whether somebody stopped it.

    `entered` is filled with what is entered as sent meanwhile.
    """
    from frivillig_cli.records.letter.double_queries import had
    from frivillig_cli.sources.smtp import Post
    from frivillig_cli.work.letters import compose, post, sharing

    run = session.current()
    settings = _settings()
    doubtful, decided = doubt.ask_about(batch, said)
    decided, dead = doubt.settled(batch, decided)
    doubtful += [one for one, _why in dead if one.letter_id in doubt.that_stay(dead)]
    unsettled = bool(doubtful or decided)
    with doubt.as_decided(decided):
        going = compose.outgoing(run.register, batch, _own(), retry=retry, in_doubt=unsettled)
        before = _that_wait(batch, going)
    if going.ready and not anyway:
        for error in badly_written(batch, going):
            raise error
    total = len(going.ready) + len(before)
    left_out = list(going.left_out)
    done, stopped = post.Sent(), False
    if total:
        tell_attachments(compose.named_attachments(going))
        tell_gone(going)
        confirm(total, None)
        connection = Post(_server(settings))
        sent = [(one, state) for one, state in decided if state == "sent"]
        entered.recorded += doubt.decide(sent)  # that it was sent needs no server
        if sent:
            entered.missed += post.settle(run.change, run.register, batch, now=run.now).missed
        connection.reach()  # where that is refused, the outbox is as it was
        doubt.decide([one for one in decided if one not in sent])
        with run.out.progress(_("Writing letters"), len(going.ready)) as advance:
            left_out += post.queue(run.change, going, settings.sender, advance, now=run.now)
        mails = outbox_queries.mails(run.register, batch, "queued")
        others = had(run.register, going.batch)  # of two to one, first that which fits them
        mails.sort(key=lambda one: one.letter_id in others)
        try:
            with connection, _progress(len(mails)) as advance:
                connection_run = post.Run(
                    run.change, connection, settings.sender, clock.now, time.sleep,
                    settings.per_minute,
                )  # fmt: skip
                post.deliver(connection_run, mails, done, advance)
        except KeyboardInterrupt:
            interrupt.forget()  # it is told, once what has gone out is recorded
            stopped = True
        finally:
            entered.missed += post.settle(run.change, run.register, batch, now=run.now).missed
    else:
        entered.recorded += doubt.decide(decided)
        if going.moved:  # none of them has an address now
            post.queue(run.change, going, settings.sender, lambda _n: None, now=run.now)
        entered.missed += post.settle(run.change, run.register, batch, now=run.now).missed
    if stopped:
        waiting, doubtful = (
            outbox_queries.mails(run.register, batch, state) for state in ("queued", "sending")
        )
        done.waiting, done.doubt = [(one, one.answer or "") for one in waiting], []
    # what another window was just sending when this one began has become sent by now
    still = {one.id for one in outbox_queries.mails(run.register, batch, "sending")}
    left = [(one, one.answer or "") for one in doubtful if one.id in still]
    done.doubt = [*left, *done.doubt]
    # who shares what has been taken out of the outbox gets nothing either
    taken_out = {one.letter_id for one, _why in done.skipped}
    taken_out |= {one.letter_id for one, state in decided if state == doubt.OUT}
    shares = sharing.sharing(queries.letters(run.register, batch), taken_out)
    told = {row.id for row, _why in left_out}
    missed = (row for row in (*entered.missed, *shares) if row.id not in told)
    left_out += compose.not_reached(missed)
    done.skipped += dead
    return done, left_out, stopped


def _that_wait(batch: int, going: Any) -> list[Mail]:
    """The messages of the outbox that still go to the right address."""
    mails = outbox_queries.mails(session.current().register, batch, "queued")
    return [one for one in mails if one.letter_id not in going.moved]


def _progress(n: int) -> Any:
    return session.current().out.progress(_("Sending letters"), n)


def _show(batch: int, done: Any, left_out: Sequence[Any], recorded: Sequence[Mail]) -> None:
    run = session.current()
    now = queries.batch(run.register, batch)
    run.out.json(
        {
            "batch": batch, "status": now.status,
            "sent": [mail_json(one) for one in done.sent],
            "recorded": [{**mail_json(one), "sent": one.at} for one in recorded],
            "waiting": [mail_json(one, answer) for one, answer in done.waiting],
            "refused": [mail_json(one, answer) for one, answer in done.refused],
            "in_doubt": [mail_json(one, answer) for one, answer in done.doubt],
            "skipped": [skipped_json(row, why) for row, why in left_out]
            + [gone_json(one, why) for one, why in done.skipped],
        }
    )  # fmt: skip
    n = len(done.sent)
    run.out.lines(
        ngettext("Batch {batch}: {n} letter is sent.", "Batch {batch}: {n} letters are sent.",
                 n, batch=batch)
    )  # fmt: skip
    list_recorded(recorded)
    again = f"frivillig letter send {batch}"
    waits = listed(_("Wait to be sent: {n}", n=len(done.waiting)), pairs(done.waiting))
    if waits and not done.given_up:
        run.out.hint(_("Send the rest later: {command}", command=again))
    if listed(_("Refused by the mail server: {n}", n=len(done.refused)), pairs(done.refused)):
        hint_refused(batch, [answer for _one, answer in done.refused], done.given_up)
    list_doubt(batch, done.doubt)
    tell_given_up(batch, done)
    list_left_out(batch, left_out, done.skipped)
    if not (
        n or recorded or done.waiting or done.refused or done.doubt or done.skipped or left_out
    ):
        run.out.hint(
            _("No letter of it waits to be sent."),
            _("See where each of them is: {command}", command=f"frivillig letter log {batch}"),
        )
