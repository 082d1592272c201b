"""The ``annals`` command, as the wheel installs it."""

import signal
import sys


def main() -> int:
    """Runs the command with the arguments of this process; returns its exit code."""
    from . import _annals

    # Python's own handler only sets a flag, which nobody would look at until the command has ended.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Whatever the script is called, the command is called so.
    return _annals.main(["annals", *sys.argv[1:]])
