"""Makes ``bbws_gate/render/compiled`` of the bundled templates.

``python -m bbws_gate.render.freeze --write`` does it, ``--check`` says which modules are stale.
"""

from __future__ import annotations

import sys

from bbws_gate.render import precompiled
from bbws_gate.render.bundled import BundledEnvironment, bundled_folder, bundled_names
from bbws_gate.render.templates import bundled_environment

_MADE = '"""Made by `make docs` of templates/{name}: change that, not this."""\n'


def modules(environment: BundledEnvironment) -> dict[str, str]:
    """Every module's text by its file name."""
    found = {}
    digests = []
    for name in bundled_names():
        source = (bundled_folder() / name).read_text(encoding="utf-8")
        code = environment.compile(source, name, name, raw=True, defer_init=True)
        found[f"{precompiled.module(name)}.py"] = f"{_MADE.format(name=name)}\n{code.rstrip()}\n"
        digests.append(f'    "{name}": "{precompiled.digest(source)}",\n')
    head = '"""The bundled templates as Python. Made by `make docs`; what each module was made of."""\n\n'
    return {"__init__.py": f"{head}DIGESTS: dict[str, str] = {{\n{''.join(digests)}}}\n", **found}


def main(words: list[str]) -> int:
    """Write the modules, or compare them with what they should be; 1 when one is stale."""
    wanted = modules(bundled_environment())
    strangers = sorted({path.name for path in precompiled.FOLDER.glob("*.py")} - set(wanted))
    match words:
        case ["--write"]:
            for name, text in wanted.items():
                (precompiled.FOLDER / name).write_text(text, encoding="utf-8")
            for name in strangers:
                (precompiled.FOLDER / name).unlink()
            return 0
        case ["--check"]:
            paths = {name: precompiled.FOLDER / name for name in wanted}
            stale = [name for name, path in paths.items() if not path.is_file() or path.read_text(encoding="utf-8") != wanted[name]]
            for name in (*stale, *strangers):
                sys.stderr.write(f"{precompiled.FOLDER / name} is stale: run `make docs`\n")
            return 1 if stale or strangers else 0
        case _:
            sys.stderr.write("usage: python -m bbws_gate.render.freeze --write | --check\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
