"""What the worker never does: connect, execute anything but git, write or remove a file.

An audit hook sees these before they happen, whoever asks for them, and cannot be taken off again (PEP 578). It is the second line: the
readers have no code that does any of it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable

_REFUSED = frozenset(
    """
    socket.__new__ socket.bind socket.connect socket.getaddrinfo socket.gethostbyaddr socket.gethostbyname socket.sendto socket.sendmsg
    os.exec os.fork os.forkpty os.posix_spawn os.spawn os.system os.startfile pty.spawn ctypes.dlopen ctypes.dlsym
    os.chmod os.chown os.link os.mkdir os.putenv os.remove os.rename os.rmdir os.symlink os.truncate os.utime os.kill
    shutil.rmtree shutil.move shutil.copyfile smtplib.connect urllib.Request
    """.split()  # noqa: SIM905 - a table of names
)
"""Names of events: https://docs.python.org/3/library/audit_events.html"""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def guard(refuse: Callable[[str], None]) -> None:
    """Watch this process from now on.

    Args:
        refuse: called with what was tried; must end the process.
    """
    programs = {os.fspath(found) for found in (shutil.which("git"),) if found is not None}

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in _REFUSED:
            refuse(event)
        elif event == "open":
            path, _, flags = arguments
            is_named = not isinstance(path, int) and path != os.devnull  # a number is open already: the pipe to git
            if is_named and isinstance(flags, int) and flags & _WRITING:
                refuse(f"writing {path!r}")
        elif event == "subprocess.Popen":
            words = arguments[1]
            if not isinstance(words, list) or words[0] not in programs:
                refuse("starting a program")

    sys.addaudithook(watch)
