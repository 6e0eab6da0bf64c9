"""The command line: words in, an exit code out. Each command imports what it needs when it is called."""

from bbws_gate.cli.main import main

__all__ = ["main"]
