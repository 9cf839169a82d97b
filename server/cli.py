"""The `rollbook` command: gathers the commands, says in plain words why one cannot be done."""

from __future__ import annotations

from typing import Any

import click

from server.commands import (
    accounts,
    backups,
    check,
    clock,
    console,
    demo,
    devices,
    imports,
    init,
    jobs,
    mail,
    pack,
    push,
    rehear,
    serve,
    slips,
)
from server.db import Unavailable
from server.services.migrate import NewerDatabase
from server.settings import BadSettings
from server.version import VERSION


class Rollbook(click.Group):
    """Turns what any command may meet into sentences and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except BadSettings as bad:
            raise console.BadInput(*bad.faults) from bad
        except NewerDatabase as newer:
            sentence = "A newer Rollbook made this database. Install that version, or restore."
            raise console.NotNow(sentence) from newer
        except Unavailable as away:
            sentence = f"The database cannot be asked now ({away}). Is it up, and is there room?"
            raise console.NotNow(sentence) from away


@click.group(
    cls=Rollbook,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"{console.EXITS}\n\n{console.settings_help()}",
)
@click.version_option(VERSION, prog_name="rollbook")
def cli() -> None:
    """Roll-taking for schools that goes on working when the network does not.

    \b
    To look at it:           rollbook demo
    For a school:            rollbook init
                             rollbook import roster roster.zip
                             rollbook import schedule schedule/
                             rollbook accounts issue --all
                             rollbook serve      and beside it: rollbook jobs
    """  # noqa: D301 - \b is Click's


for command in (
    init.init,
    serve.serve,
    jobs.jobs,
    mail.mail,
    imports.import_,
    check.check,
    rehear.rehear,
    clock.clock,
    backups.backup,
    backups.restore,
    backups.new_epoch,
    accounts.accounts,
    devices.devices,
    push.push,
    slips.slips,
    pack.pack,
    demo.demo,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    cli(prog_name="rollbook")


if __name__ == "__main__":
    main()
