"""`frivillig beredskap`: the call-out. The commands stand in the modules beside this one."""

from frivillig_cli.cli.commands import beredskap_call as call
from frivillig_cli.cli.commands import beredskap_changes as changes
from frivillig_cli.cli.commands import beredskap_drawer as drawer
from frivillig_cli.cli.commands import beredskap_exercise as exercise
from frivillig_cli.cli.commands import beredskap_groups as groups
from frivillig_cli.cli.commands import beredskap_log as log
from frivillig_cli.cli.commands import beredskap_paper as paper
from frivillig_cli.cli.commands import beredskap_people as people
from frivillig_cli.cli.commands import beredskap_ready as ready
from frivillig_cli.cli.commands import beredskap_report as report
from frivillig_cli.cli.commands import beredskap_resources as resources
from frivillig_cli.cli.commands import beredskap_run as run
from frivillig_cli.cli.commands import beredskap_status as status
from frivillig_cli.cli.options import Change, List, Show, noun
from frivillig_cli.core.i18n import N_

app = noun(N_("The call-out: groups, call lists, answers, log."))

app.command("activate", cls=Change)(run.activate)
app.command("next", cls=Change)(call.next_)
app.command("call", cls=Change)(call.call)
app.command("status", cls=Show)(status.status)
app.command("log", cls=log.ListOrChange)(log.log)
app.command("arrive", cls=Change)(people.arrive)
app.command("leave", cls=Change)(people.leave)
app.command("exclude", cls=Change)(people.exclude)
app.command("include", cls=Change)(people.include)
app.command("need", cls=Change)(changes.need)
app.command("note", cls=Change)(changes.note)
app.command("expense", cls=log.ListOrChange)(changes.expense)
app.command("handover", cls=Change)(changes.handover)
app.command("print", cls=Show)(paper.print_)
app.command("collect", cls=Change)(paper.collect)
app.command("paper", cls=Change)(paper.paper)
app.command("end", cls=Change)(run.end)
app.command("cancel", cls=Change)(run.cancel)
app.command("reopen", cls=Change)(run.reopen)
app.command("list", cls=List)(status.list_)
app.command("check", cls=Show)(drawer.check)
app.command("revised", cls=Change)(drawer.revised)
app.command("plan", cls=Change)(drawer.plan)
app.command("pack", cls=Change)(drawer.pack)
app.command("verify", cls=Change)(ready.verify)
app.command("told", cls=Change)(ready.told)
app.command("report", cls=Show)(report.report)
app.command("costs", cls=Show)(report.costs)
app.command("export", cls=Show)(report.export)
app.command("evaluate", cls=Change)(report.evaluate)
app.add_typer(report.action, name="action")
app.add_typer(exercise.exercise, name="exercise")
app.add_typer(groups.group, name="group")
app.add_typer(groups.member, name="member")
app.add_typer(resources.resource, name="resource")
app.add_typer(ready.absence, name="absence")
app.add_typer(ready.opt_out, name="opt-out")
app.add_typer(ready.duty, name="duty")
