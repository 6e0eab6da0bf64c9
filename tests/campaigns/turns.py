"""Threads that take turns at every request, in an order that a seed decides."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping


class Turns:
    """Lets one thread run at a time."""

    def __init__(self, choose: random.Random, names: list[str]) -> None:
        self._choose = choose
        self._alive = list(names)
        self._turn: str | None = choose.choice(names)
        self._changed = threading.Condition()

    def step(self, name: str) -> None:
        """Give the turn away, and wait until it comes back."""
        with self._changed:
            if self._turn == name:
                self._pass_on()
            self._changed.wait_for(lambda: self._turn == name)

    def run(self, tasks: Mapping[str, Callable[[], None]]) -> None:
        """Run all to their ends; what one raises is raised here."""
        raised: list[BaseException] = []

        def one(name: str, task: Callable[[], None]) -> None:
            self.step(name)
            try:
                task()
            except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
                raised.append(error)
            finally:
                with self._changed:
                    self._alive.remove(name)
                    self._pass_on()

        threads = [threading.Thread(target=one, args=each) for each in tasks.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if raised:
            raise raised[0]

    def _pass_on(self) -> None:
        self._turn = self._choose.choice(self._alive) if self._alive else None
        self._changed.notify_all()
