"""Where files that usually hold keys really hold one: lines are told, values never."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from bbws_gate.deferred import regex
from bbws_gate.evidence.fact import Fact
from bbws_gate.model import Place

SECRET_FILE = regex(r"(^|/)(\.env(\.[\w-]+)*|id_rsa|id_ed25519|[^/]*\.pem|[^/]*\.key|credentials(\.csv)?|[^/]*\.tfvars(\.json)?)$")
"""Paths that are looked into."""
PLAN_FILE = regex(r"(^|/)(tfplan([._-][\w.-]*)?|plan\.out|[^/]*\.(plan|tfplan))$")
"""Paths where ``terraform plan -out`` usually puts a plan; what is inside decides."""
PRIVATE_KEY, ACCESS_KEY = "private key", "access key"

_TEMPLATE = regex(r"(?i)(^|[._-])(example|sample|template|tmpl|tpl|dist|skel|placeholder|demo)([._-]|$)")
"""Words in the names of files that people copy and fill in: what they assign is made up."""
_PRIVATE = regex(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----")
_ACCESS_KEY = regex(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")
_MADE_UP_KEY = regex(r"EXAMPLE|X{4}|0{4}|1234567|ABCDEFGH")
_ASSIGNED = regex(r"""\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*["']?([^"'#\s]*)""")
_SECRET_NAME = regex(r"(?i)(passw(or)?d|secret|token|api_?key|access_?key|private_?key|credential)")
_PLACEHOLDER = regex(
    r"(?i)\$.*|<.*|\{\{.*|.*(your|change.?me|replace|example|placeholder|xxx|todo|dummy|sample|\*\*\*).*|arn:.*|https?://[^:@]*"
)

_TFVARS = regex(r'(?<![\w-])"?([A-Za-z_][\w-]*)"?\s*[=:]\s*"((?:[^"\\]|\\.)*)"')
"""An assignment of a text, at the top or inside an object; JSON, too."""
_TFVARS_COMMENT = regex(r"\s*(#|//)")
_CREDENTIAL = regex(r"(?i)(^|[_-])(password|passwd|passphrase|pwd|secret|token|(api|access|secret|private|auth)_?key)$")
"""What a variable is called that is a credential itself: not its name, length, path or owner."""
_PLAIN_DATA = regex(
    r"(?i)(user|login|e?mail|account|arn|_?id|endpoint|host|url|uri|region|name|domain|cidr|ips?|port|path|file|date|version)s?$"
)
"""What teams declare sensitive although it opens nothing."""
_ELSEWHERE = regex(r"[A-Za-z][\w+.-]*:.*|[/~.].*|[\w-]+(/[\w-]+)+|ENC\[.*|AQ[EI]CA.*|[^@\s]+@[^@\s]+\.[a-z]+|.*\s.*")
"""A path, an address, a sentence, or the text of an encrypted value (SOPS, KMS)."""
_KEY_OF_AWS = regex(r"[A-Za-z0-9/+]{40}")
_CALLED = regex(r"[a-z0-9]+([-_.][a-z0-9]+)+|[^0-9]*|(?i:.*(secret|token|key).*)")
"""What a secret is called, or where it is kept: ``orders-db-v2``, ``ProdDatabase``."""
_PASSWORDS = ("password", "passwd", "passphrase", "pwd")
_UUID = regex(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_KINDS = tuple(regex(kind) for kind in ("[a-z]", "[A-Z]", "[0-9]", r"[^A-Za-z0-9_.\s-]"))
_ENOUGH = 8
"""Characters of the shortest text that is taken for a secret."""


def secrets_in(text: bytes, path: str, sensitive: frozenset[str] = frozenset()) -> tuple[Fact[str], ...]:
    """What a file holds that must not be known: ``private key``, ``access key``, ``DB_PASSWORD``; each with its line, never its value.

    Args:
        text: the file.
        path: what it is called, which decides how it is read.
        sensitive: variables of a tfvars file that their module declares sensitive.
    """
    name = posixpath.basename(path)
    is_template = _TEMPLATE.search(name) is not None
    is_dotenv, is_tfvars = name.startswith((".env", "credentials")), name.endswith((".tfvars", ".tfvars.json"))
    found = []
    for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
        what = _key(line)
        if not what and not is_template:
            assigned = _in_dotenv(line) if is_dotenv else _in_tfvars(line, sensitive) if is_tfvars else iter(())
            what = next(assigned, "")
        if what:
            found.append(Fact(what, Place(path, number, number)))
    return tuple(found)


def is_plan(content: bytes, _path: str) -> bool:
    """Whether a file is what ``terraform plan -out`` saves: a ZIP archive
    (https://developer.hashicorp.com/terraform/internals/json-format). Anything may be called ``tfplan``.
    """
    return content.startswith(b"PK\x03\x04")


def _key(line: str) -> str:
    """A key that is told by its own shape."""
    if _PRIVATE.search(line):
        return PRIVATE_KEY
    return ACCESS_KEY if any(_MADE_UP_KEY.search(key[0]) is None for key in _ACCESS_KEY.finditer(line)) else ""


def _in_dotenv(line: str) -> Iterator[str]:
    assigned = _ASSIGNED.match(line)
    if assigned is not None and _SECRET_NAME.search(assigned[1]) and _is_value(assigned[2]):
        yield assigned[1]


def _in_tfvars(line: str, sensitive: frozenset[str]) -> Iterator[str]:
    """Variables and attributes whose names are a credential's, or that are declared sensitive, with a text that looks like one."""
    for assigned in _TFVARS.finditer(line) if _TFVARS_COMMENT.match(line) is None else ():
        name, value = assigned[1], assigned[2]
        is_meant = _CREDENTIAL.search(name) or (name in sensitive and not _PLAIN_DATA.search(name))
        if is_meant and _is_value(value) and _looks_random(name, value):
            yield name


def _is_value(text: str) -> bool:
    """Whether a text may be a secret: long enough, and no name to fill in."""
    return len(text) >= _ENOUGH and _PLACEHOLDER.fullmatch(text) is None


def _looks_random(name: str, value: str) -> bool:
    """Whether a text is a secret rather than what a secret is called."""
    if _KEY_OF_AWS.fullmatch(value) or _UUID.fullmatch(value):
        return True
    if _ELSEWHERE.fullmatch(value) or (not name.lower().endswith(_PASSWORDS) and _CALLED.fullmatch(value)):
        return False
    return sum(kind.search(value) is not None for kind in _KINDS) > 1
