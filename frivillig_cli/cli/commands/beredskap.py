"""`frivillig beredskap`: the call-out. The commands stand in the modules beside this one.

Each module is loaded when one of its commands is asked for: at three in the morning `next` waits
for nothing that it does not use.
"""

from frivillig_cli.cli.lazy import Deferred
from frivillig_cli.cli.options import Change, List, ListOrChange, Show, noun
from frivillig_cli.core.i18n import N_

app = noun(N_("The call-out: groups, call lists, answers, log."))

DEFERRED = (
    Deferred("activate", "beredskap_activate", "activate", Change),
    Deferred("next", "beredskap_call", "next_", Change),
    Deferred("call", "beredskap_call", "call", Change),
    Deferred("status", "beredskap_status", "status", Show),
    Deferred("log", "beredskap_log", "log", ListOrChange),
    Deferred("arrive", "beredskap_people", "arrive", Change),
    Deferred("leave", "beredskap_people", "leave", Change),
    Deferred("exclude", "beredskap_people", "exclude", Change),
    Deferred("include", "beredskap_people", "include", Change),
    Deferred("need", "beredskap_changes", "need", Change),
    Deferred("note", "beredskap_changes", "note", Change),
    Deferred("expense", "beredskap_changes", "expense", ListOrChange),
    Deferred("handover", "beredskap_changes", "handover", Change),
    Deferred("retitle", "beredskap_changes", "retitle", Change),
    Deferred("print", "beredskap_paper", "print_", Show),
    Deferred("collect", "beredskap_paper", "collect", Change),
    Deferred("paper", "beredskap_paper", "paper", Change),
    Deferred("end", "beredskap_run", "end", Change),
    Deferred("cancel", "beredskap_run", "cancel", Change),
    Deferred("reopen", "beredskap_run", "reopen", Change),
    Deferred("list", "beredskap_status", "list_", List),
    Deferred("check", "beredskap_drawer", "check", Show),
    Deferred("revised", "beredskap_drawer", "revised", Change),
    Deferred("plan", "beredskap_drawer", "plan", Change),
    Deferred("pack", "beredskap_drawer", "pack", Change),
    Deferred("verify", "beredskap_ready", "verify", Change),
    Deferred("told", "beredskap_ready", "told", Change),
    Deferred("report", "beredskap_report", "report", Show),
    Deferred("costs", "beredskap_report", "costs", Show),
    Deferred("export", "beredskap_report", "export", Show),
    Deferred("evaluate", "beredskap_report", "evaluate", Change),
    Deferred("action", "beredskap_report", "action"),
    Deferred("exercise", "beredskap_exercise", "exercise"),
    Deferred("group", "beredskap_groups", "group"),
    Deferred("member", "beredskap_groups", "member"),
    Deferred("resource", "beredskap_resources", "resource"),
    Deferred("absence", "beredskap_ready", "absence"),
    Deferred("opt-out", "beredskap_ready", "opt_out"),
    Deferred("duty", "beredskap_ready", "duty"),
)
