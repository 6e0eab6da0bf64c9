"""The promotion spec of a repository."""

from __future__ import annotations

from bbws_gate.errors import SpecError
from bbws_gate.repository import Refused, Repository, normalise
from bbws_gate.spec.load import LoadedSpec, load_spec

DEFAULT_SPEC = ".github/promotion.yml"


def read_spec(repository: Repository, path: str = DEFAULT_SPEC) -> LoadedSpec:
    """The promotion spec at ``path``.

    Raises:
        SpecError: there is none, it cannot be read, or it is invalid; the message names the line.
    """
    try:
        path = normalise(path)  # one name for one file: what a change touches is compared by it
        text = repository.read(path)
    except Refused as refused:
        raise SpecError(
            f"no promotion spec: {refused.why}",
            where=refused.path,
            mend="draft one with `bbws-gate init`, or name another file with --spec",
        ) from refused
    return load_spec(text, path)
