"""The command line: thin; every command calls the Python API behind it."""

from __future__ import annotations

import click

from onrecord.cli import (
    bundling,
    case,
    claims,
    documents,
    exporting,
    extracting,
    fetching,
    importing,
    judging,
    members,
    names,
    people,
    picturing,
    products,
    protecting,
    reviewing,
    serving,
    simulating,
    starting,
    submitting,
    why,
)
from onrecord.cli.shared import Door

EPILOG = """
\b
Examples:
  onrecord demo                                  a case of fictional reports, and a brief from it
  onrecord extract --jsonl report.txt            a record, no case needed
  onrecord init mycase && cd mycase              a case of your own
  onrecord add ~/reports                         acquire, preserve and read documents
  onrecord dossier "Jane Doe" --format html -o doe.html
  onrecord verify                                check every citation against the originals

\b
Exit codes: 0 done; 1 `verify` found something that does not hold; 2 something could not be
done (the message says what, why and what to do); 130 stopped by Ctrl-C.
"""


@click.group(cls=Door, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord")
def main() -> None:
    """Turn reports about alleged human-rights violations into a record that can be checked.

    Who alleges what, about whom, on whose word: every field is tied to the exact words of a
    preserved source. Nothing leaves this machine unasked.
    """


for command in (
    starting.demo,
    starting.init,
    serving.serve,
    members.members,
    documents.add,
    fetching.fetch,
    importing.import_,
    extracting.extract,
    documents.status,
    documents.search,
    documents.show,
    products.dossier,
    products.brief,
    products.chronology,
    products.demands,
    products.contradictions,
    picturing.timeline,
    picturing.map_,
    picturing.network,
    submitting.submission,
    submitting.elements,
    why.events,
    why.why,
    judging.resolve,
    reviewing.review,
    claims.claims,
    judging.judge,
    judging.undo,
    people.people,
    judging.grade,
    protecting.protect,
    protecting.consent,
    protecting.confidential,
    names.names,
    case.verify,
    case.log,
    judging.rebuild,
    simulating.simulate,
    exporting.export,
    exporting.restore,
    bundling.bundle,
):
    main.add_command(command)
