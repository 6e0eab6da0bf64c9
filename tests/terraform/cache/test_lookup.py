"""A tree is found by what the file says, never by where it lies; what is missing lands on the tray."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from bbws_gate.terraform.cache import Kept, Syntax, Text, Tray, key, key_of, lookup, parse, parsed, using
from bbws_gate.terraform.cache.encode import encode

TEXT = b'a = "b"\n'
OTHER = b'a = "c"\n'


def kept(*texts: Text) -> dict[bytes, bytes]:
    return {key_of(*text): encode(parse(text.data, "", text.syntax)) for text in texts}


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The texts that were parsed."""
    seen: list[bytes] = []

    def counted(data: bytes, path: str, kind: Syntax) -> object:
        seen.append(data)
        return parse(data, path, kind)

    monkeypatch.setattr(lookup, "parse", counted)
    return seen


def test_parsed__a_kept_tree_is_not_parsed_again(parses: list[bytes]) -> None:
    with using(Kept(kept(Text(TEXT, Syntax.NATIVE)))):
        found = parsed(TEXT, "here.tf", Syntax.NATIVE)
    assert not parses
    assert found == parse(TEXT, "here.tf", Syntax.NATIVE)
    assert found.body is not None
    assert found.body.span.path == "here.tf"


@pytest.mark.parametrize(
    ("data", "kind"), [(OTHER, Syntax.NATIVE), (TEXT + b"\n", Syntax.NATIVE), (TEXT, Syntax.JSON), (b"", Syntax.NATIVE)]
)
def test_parsed__another_text_or_way_of_reading_is_parsed_and_put_on_the_tray(data: bytes, kind: Syntax, parses: list[bytes]) -> None:
    tray = Tray()
    with using(Kept(kept(Text(TEXT, Syntax.NATIVE)), tray)):
        parsed(data, "x.tf", kind)
    assert parses == [data]
    assert tray.take() == [Text(data, kind)]


@pytest.mark.parametrize("entries", [{}, {key_of(TEXT, Syntax.NATIVE): b"not an entry"}])
def test_parsed__without_a_sound_entry_it_is_parsed(entries: Mapping[bytes, bytes], parses: list[bytes]) -> None:
    tray = Tray()
    with using(Kept(entries, tray)):
        assert parsed(TEXT, "x.tf", Syntax.NATIVE) == parse(TEXT, "x.tf", Syntax.NATIVE)
    assert parses == [TEXT]
    assert tray.take() == [Text(TEXT, Syntax.NATIVE)]


def test_using__ends_with_its_block(parses: list[bytes]) -> None:
    with using(Kept(kept(Text(TEXT, Syntax.NATIVE)))):
        pass
    parsed(TEXT, "x.tf", Syntax.NATIVE)
    assert parses == [TEXT]


def test_key__depends_on_text_syntax_and_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {key_of(data, kind) for data in (TEXT, OTHER, b"") for kind in Syntax}
    assert len(keys) == 9
    monkeypatch.setattr(key, "parser_digest", lambda: b"another parser")
    assert key_of(TEXT, Syntax.NATIVE) not in keys


def test_parser_files__are_all_that_the_parser_is_made_of() -> None:
    """Whatever the parser imports of this package, at whatever remove, is part of the key."""
    package = Path(key.__file__).resolve().parents[3]
    reached: set[Path] = set()
    waiting = [package / "bbws_gate/terraform/parse/__init__.py"]
    while waiting:
        path = waiting.pop()
        if path in reached or not path.exists():
            continue
        reached.add(path)
        for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            waiting += [package.joinpath(*name.split(".")).with_suffix(".py") for name in _imported(statement)]
    assert len(reached) > 15
    missing = reached - set(key.parser_files())
    assert {path.relative_to(package).as_posix() for path in missing if package / "bbws_gate/deferred" not in path.parents} == set()


def _imported(statement: ast.AST) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    if isinstance(statement, ast.ImportFrom) and statement.module is not None and statement.module.startswith("bbws_gate"):
        return [statement.module, *(f"{statement.module}.{alias.name}" for alias in statement.names)]
    return []
