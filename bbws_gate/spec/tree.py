"""Where the spec says what: lines for keys, and what stands there."""

from __future__ import annotations

from bbws_gate.model import Evidence, Place
from bbws_gate.notation import Mapping, Node, Scalar, Sequence

MAX_VALUE = 160
"""Characters of a value in evidence."""

_IDENTITIES = ("id", "role", "project", "path", "type", "finding", "label")


class SpecTree:
    """The spec's text as a tree."""

    def __init__(self, root: Node, path: str) -> None:
        self._path = path
        self._found: dict[tuple[str | int, ...], tuple[int, Node | None]] = {(): (0, root)}
        self._evidence: dict[tuple[str | int, ...], Evidence] = {}

    def place(self, *keys: str | int) -> Place:
        """The line of the key (or list item) at that position; of the nearest one around it that exists, else of the file as a whole.

        Items of a list are named by number, by their text, or by what identifies them: ``place("decisions", "missing-tables")``.
        """
        line, _ = self._find(keys)
        return Place(self._path, line, line)

    def evidence(self, *keys: str | int) -> Evidence:
        """The place with what is written there."""
        found = self._evidence.get(keys)
        if found is None:
            line, node = self._find(keys)
            found = self._evidence[keys] = Evidence(Place(self._path, line, line), _written(node, keys))
        return found

    def _find(self, keys: tuple[str | int, ...]) -> tuple[int, Node | None]:
        """The line and the node of the last key that exists; no node where one of them does not."""
        found = self._found.get(keys)
        if found is None:
            line, node = self._find(keys[:-1])
            found = self._found[keys] = (line, None) if node is None else _step(node, keys[-1]) or (line, None)
        return found


def _step(node: Node, key: str | int) -> tuple[int, Node] | None:
    if isinstance(node, Mapping):
        found = node.get(str(key))
        return None if found is None else (node.lines[str(key)], found)
    if isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            if key in (number, _identity(item, key)):
                return item.line, item
    return None


def _identity(item: Node, key: str | int) -> str | None:
    if isinstance(item, Scalar):
        return str(item.value)
    if isinstance(item, Mapping):
        for name in _IDENTITIES:
            value = item.get(name)
            if isinstance(value, Scalar) and value.value == key:
                return str(value.value)
    return None


def _written(node: Node | None, keys: tuple[str | int, ...]) -> str:
    if node is None:
        return ""
    text = _flow(node)
    if keys and isinstance(keys[-1], str) and text != keys[-1]:
        text = f"{keys[-1]}: {text}"
    return text if len(text) <= MAX_VALUE else f"{text[: MAX_VALUE - 1]}…"


def _flow(node: Node) -> str:
    if isinstance(node, Sequence):
        return f"[{', '.join(_flow(item) for item in node.items)}]"
    if isinstance(node, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(value)}' for key, value in node.items.items())}}}"
    return f'"{node.value}"' if node.style else node.text
