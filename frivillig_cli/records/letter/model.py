"""One letter of a batch, and the words for where it is and why there is none."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from frivillig_cli.core.i18n import N_, _, ngettext

# Why somebody got no letter, as scripts see it, and in words.
SKIP_REASONS: Mapping[str, str] = {
    "missing_field": N_("a value that the template needs is missing"),
    "no_address": N_("neither postal address nor e-mail"),
    "protected": N_("protected"),
    "of_protected": N_("its address or e-mail is a protected person’s"),
    "already_sent": N_("has got this letter"),
    "in_doubt": N_("may have got this letter"),
    "twice": N_("is in this batch twice, and gets it once"),
    "answered": N_("has answered the survey"),
    "not_asked": N_("has not been sent the survey"),
    "survey_closed": N_("the survey is closed"),
    "recently_reminded": N_("a reminder was written a short while ago"),
    "archived": N_("archived"),
    "opted_out": N_("wants no mailings"),
    "same_address": N_("somebody at the same address gets it"),
    "not_reached": N_("shares a letter that does not reach them"),
    "no_contact": N_("no contact person"),
    "other_contact": N_("another is the contact person now"),
    "no_email": N_("no e-mail address"),
    "changed": N_("the letter would be another one now"),
    "refused": N_("the mail server has refused it"),
    "no_member": N_("is in no group"),
    "left_group": N_("is not in the group any more"),
    "expired": N_("the agreement has run out"),
    "ended": N_("the agreement is ended"),
    "not_begun": N_("the agreement has not begun"),
    "other_kind": N_("another kind of agreement"),
    "unknown": N_("nobody is called that"),
    "ambiguous": N_("fits more than one"),
    "moved": N_("the e-mail address has been changed"),
}
# Of these, that they have had the letter before, or may have.
HAD_BEFORE = frozenset(("already_sent", "in_doubt"))
REMINDER = "sporreskjema-purring"  # the template of those who have not answered a survey
ASKING = (REMINDER, "sporreskjema-folgebrev")  # the templates that ask for an answer
STATUSES = ("draft", "partly", "sent")
STATUS_WORDS: Mapping[str, str] = {
    "draft": N_("draft"),
    "partly": N_("partly sent"),
    "sent": N_("sent"),
}
# Where one letter is; `queued`, `sending` and `refused` are those that lie in the outbox.
STATES: Mapping[str, str] = {
    "draft": N_("draft"),
    "queued": N_("waits to be sent"),
    "sending": N_("in doubt: sent or not"),
    "refused": N_("refused"),
    "sent": N_("sent"),
}
WAYS: Mapping[str, str] = {"post": N_("by post"), "email": N_("by e-mail")}


class LetterRow(NamedTuple):
    """One recipient of a batch: the file that was written, or why none was.

    `language` is the one that the letter is written in. `address` is what was printed, lines
    joined by newline. Of one whose address is `shared_with` somebody who gets the letter, `host` is
    their id. Of a `missing_field` its name, and in `missing_in` where the template prints it:
    `name.nb.md:12`. `told_seats` are, as a JSON list, the groups in which it tells somebody
    their role, each with that role: `2:leader`. `opted_out`: of one who wants no mailings and gets
    it all the same, since when they had said so.
    """

    recipient: str
    language: str
    org_id: int | None = None
    person_id: int | None = None
    agreement_id: int | None = None
    address: str | None = None
    file: str | None = None
    sha256: str | None = None
    title: str | None = None
    case_number: str | None = None
    exempt: str | None = None
    skipped: str | None = None
    shared_with: str | None = None
    host: int | None = None
    missing_field: str | None = None
    missing_in: str | None = None
    told_seats: str | None = None
    opted_out: str | None = None

    @property
    def key(self) -> dict[str, Any]:
        """Who the recipient is, as scripts see it."""
        return {
            "org_id": self.org_id,
            "person_id": self.person_id,
            "agreement_id": self.agreement_id,
            "name": self.recipient,
        }

    def left_out(self) -> dict[str, Any]:
        """Why there is no letter, as scripts see it."""
        return {
            **self.key,
            "why": self.skipped,
            "field": self.missing_field,
            "with": self.shared_with,
        }


def has_opted_out(since: str | None, known: str | None) -> bool:
    """Whether one who wants no mailings `since` a day is left out of a letter that is written.

    Those are not who had said so already, and were to get it all the same (`known`: since when).
    """
    return since is not None and (known is None or since > known)


def in_outbox(batch: int, n: int) -> tuple[str, str]:
    """That letters of a batch lie in the outbox, and the two ways out of it."""
    send = f"frivillig letter send {batch}"
    return (
        ngettext("{n} letter of batch {id} lies in the outbox.",
                 "{n} letters of batch {id} lie in the outbox.", n, id=batch),
        _("Send them: {send}. Or take them out of it: {withdraw}",
          send=send, withdraw=f"{send} --withdraw"),
    )  # fmt: skip


def in_doubt(batch: int, n: int, beside: str = "") -> tuple[str, str]:
    """That it is not known of letters of a batch whether they were sent, and how it is settled;
    `beside` are other options of the command that does."""
    send = f"frivillig letter send {batch} {beside}--in-doubt sent"
    return (
        ngettext("It is not known whether {n} letter of batch {id} was sent by e-mail.",
                 "It is not known whether {n} letters of batch {id} were sent by e-mail.",
                 n, id=batch),
        _("Ask them, then say: {command} (or again)", command=send),
    )  # fmt: skip
