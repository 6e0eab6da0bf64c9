"""Which functions there are, and where: each family of them is imported when one of its functions is first called for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final

from bbws_gate.terraform.functions.base import Function

_FAMILIES: Final = {
    "cidr": "cidrhost cidrnetmask cidrsubnet cidrsubnets",
    "conversion": "list map tobool tolist tomap tonumber toset tostring type",
    "csv": "csvdecode",
    "dates": "formatdate plantimestamp timeadd timecmp timestamp",
    "encoding": "base64decode base64encode base64gzip jsondecode jsonencode textdecodebase64 textencodebase64 urlencode",
    "files": "file filebase64 fileexists fileset",
    "formatting": "format formatlist",
    "hashing": (
        "base64sha256 base64sha512 bcrypt filebase64sha256 filebase64sha512 filemd5 filesha1 filesha256 filesha512 md5 "
        "rsadecrypt sha1 sha256 sha512 uuid uuidv5"
    ),
    "lookups": "alltrue anytrue contains element index keys length lookup one values",
    "mappings": "merge transpose zipmap",
    "numeric": "abs ceil floor log max min parseint pow signum sum",
    "paths": "abspath basename dirname pathexpand",
    "provider": "provider::terraform::decode_tfvars provider::terraform::encode_expr provider::terraform::encode_tfvars",
    "regular": "regex regexall replace",
    "sensitivity": "ephemeralasnull issensitive nonsensitive sensitive",
    "sequences": "chunklist coalesce coalescelist compact concat distinct flatten matchkeys range reverse slice",
    "set_operations": "setintersection setproduct setsubtract setunion",
    "strings": (
        "chomp endswith indent join lower sort split startswith strcontains strrev substr title trim trimprefix trimspace trimsuffix upper"
    ),
    "templates": "templatefile templatestring",
    "yaml": "yamldecode yamlencode",
}
"""The functions of every module; the tests hold this beside the modules and beside Terraform's own list."""

_FAMILY_OF: Final = {name: family for family, names in _FAMILIES.items() for name in names.split()}


@cache
def _family(name: str) -> dict[str, Function]:
    functions: tuple[Function, ...] = import_module(f"{__package__}.{name}").FUNCTIONS
    return {function.name: function for function in functions}


class Library(Mapping[str, Function]):
    """The functions by name."""

    def __getitem__(self, name: str) -> Function:
        return _family(_FAMILY_OF[name])[name]

    def __contains__(self, name: object) -> bool:
        return name in _FAMILY_OF

    def __iter__(self) -> Iterator[str]:
        return iter(_FAMILY_OF)

    def __len__(self) -> int:
        return len(_FAMILY_OF)
