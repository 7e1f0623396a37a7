"""`frivillig letter`: from templates to documents. The commands stand in the modules beside this.

Each module is loaded when one of its commands is asked for: one letter in a process of its own is
a short run.
"""

from frivillig_cli.cli.lazy import Deferred
from frivillig_cli.cli.options import Change, List, Show, noun
from frivillig_cli.core.i18n import N_

app = noun(N_("Letters from templates, as PDF, Word, HTML and text."))

DEFERRED = (
    Deferred("new", "letter_new", "new", Change),
    Deferred("check", "letter_check", "check", Show),
    Deferred("templates", "letter_templates", "templates", List),
    Deferred("fields", "letter_templates", "fields", List),
    Deferred("preview", "letter_render", "preview", Show),
    Deferred("render", "letter_render", "render", Change),
    Deferred("sent", "letter_log", "sent", Change),
    Deferred("send", "letter_send", "send", Change),
    Deferred("log", "letter_log", "log", List),
    Deferred("show", "letter_log", "show", Show),
    Deferred("journal", "letter_log", "journal", List),
    Deferred("labels", "letter_lists", "labels", Show),
    Deferred("participants", "letter_lists", "participants", Show),
)
