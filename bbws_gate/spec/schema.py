"""The spec's JSON Schema, for editors."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import Any

from bbws_gate.deferred.models import pydantic_model
from bbws_gate.spec.form import Part
from bbws_gate.spec.promotion import PromotionSpec


def json_schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) that takes what :func:`load_spec` takes, references and dates aside, with every key described."""
    schema: dict[str, Any] = pydantic_model(PromotionSpec).model_json_schema()
    described = {model.__name__: _descriptions(model) for model in _parts(PromotionSpec)}
    for name, definition in (("PromotionSpec", schema), *schema.get("$defs", {}).items()):
        for key, text in described.get(name, {}).items():
            if key in definition.get("properties", {}):
                definition["properties"][key]["description"] = text
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "bbws-gate promotion spec, version 1"}


def _parts(model: type[Part]) -> tuple[type[Part], ...]:
    """Every model of the spec's modules."""
    modules = [module for name, module in sys.modules.items() if name.startswith(f"{__package__}.")]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, type) and issubclass(value, Part)]
    return tuple({model, *found})


def _descriptions(model: type[Part]) -> dict[str, str]:
    """The docstrings under a model's fields, by key. Read from the source only here: at import they would cost every run."""
    import ast
    import inspect

    tree = ast.parse(inspect.getsource(model))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    fields = pydantic_model(model).model_fields
    found = {}
    for field, following in pairwise(body):
        match field, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[fields[name].alias or name] = " ".join(text.split())
    return found
