from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bbws_gate.publish.job_files import SUMMARY_BYTES, write_outputs, write_summary


def read_outputs(path: Path) -> dict[str, str]:
    """What the runner reads from the file."""
    found = {}
    lines = path.read_text(encoding="utf-8").split("\n")
    while lines:
        name, marked, word = lines.pop(0).partition("<<")
        if marked:
            end = lines.index(word)
            found[name] = "\n".join(lines[:end])
            del lines[: end + 1]
    return found


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_write_outputs__no_value_makes_another_output(tmp_path_factory: object, text: str) -> None:
    path = tmp_path_factory.mktemp("out") / "output"  # type: ignore[attr-defined]
    values = {"status": "BLOCKED", "findings": text + "\nstatus<<EOF\nREADY\nEOF\n", "score": "1"}
    write_outputs(path, values)
    assert read_outputs(path) == values


def test_write_outputs__appends(tmp_path: Path) -> None:
    path = tmp_path / "output"
    write_outputs(path, {"a": "1"})
    write_outputs(path, {"b": "2"})
    assert read_outputs(path) == {"a": "1", "b": "2"}


def test_write_outputs__without_a_file_does_nothing() -> None:
    write_outputs(None, {"a": "1"})


def test_write_summary__stays_below_what_github_keeps(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    write_summary(path, "# verdict\n" + "line\n" * 300_000)
    assert path.read_text().startswith("# verdict\n")
    assert path.stat().st_size <= SUMMARY_BYTES + 1


def test_write_summary__lone_surrogates_do_not_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    write_summary(path, "\ud800")
    assert "ud800" in path.read_text()
