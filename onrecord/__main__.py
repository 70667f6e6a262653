"""`python -m onrecord`: the same as `onrecord`."""

from onrecord.cli import main

main(prog_name="onrecord")
