"""Files for ``terraform init -backend-config``, and which state they name.

https://developer.hashicorp.com/terraform/language/backend#file
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from bbws_gate.deferred import regex
from bbws_gate.evidence.expression import Resolved
from bbws_gate.evidence.marks import STATE
from bbws_gate.terraform.cache.key import Syntax
from bbws_gate.terraform.cache.lookup import parsed
from bbws_gate.terraform.configuration.literal import argument, literal_string

MAX_FILES = 100

_BACKEND_FILE = regex(r"\.(?:tfbackend|hcl|backend|conf|config)$|backend[^/]*\.(?:tfvars|tf|txt)$")
_OTHERS = frozenset({".terraform.lock.hcl", "terragrunt.hcl", ".tflint.hcl", "root.hcl"})


def backend_files(files: Iterable[str]) -> list[str]:
    """The files that are called as such files usually are."""
    return sorted(path for path in files if _BACKEND_FILE.search(path) and posixpath.basename(path) not in _OTHERS)[:MAX_FILES]


def state_in(text: bytes, path: str) -> Mapping[str, Resolved]:
    """The arguments of the backend that tell states apart, as a file sets them; those that it leaves alone are not there.

    What is no plain text, and every argument of a file that cannot be read, is unknown with the reason.
    """
    body = parsed(text, path, Syntax.NATIVE).body
    if body is None:
        return dict.fromkeys(STATE, Resolved(None, f"{path} cannot be read"))
    found = {}
    for name in STATE:
        written = argument(body, name)
        if written is not None:
            value = literal_string(written)
            found[name] = Resolved(value, "" if value is not None else f"{name} in {path} is no plain text")
    return found
