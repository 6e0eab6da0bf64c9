"""Holds requests against GitHub's own OpenAPI description: path, query and body."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

Json = dict[str, Any]

_UNCONSTRAINING = {
    "description",
    "example",
    "examples",
    "title",
    "externalDocs",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
    "nullable",
}


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    id: str
    pattern: re.Pattern[str]
    literal: int
    raw: Json
    parameters: tuple[Json, ...]


class Description:
    """The operations of a description, found by method and path."""

    def __init__(self, document: Json) -> None:
        self._document = document
        self._operations: dict[str, list[Operation]] = {}
        self._validators: dict[str, Any] = {}
        for template, item in document["paths"].items():
            for method in {"get", "post", "patch", "put", "delete"} & item.keys():
                raw = item[method]
                parameters = tuple(self._resolved(entry) for entry in (*item.get("parameters", ()), *raw.get("parameters", ())))
                pattern = re.compile("".join(_part(part) for part in re.split(r"(\{[^}]+\})", template)))
                literal = len(re.sub(r"\{[^}]+\}", "", template))
                self._operations.setdefault(method, []).append(Operation(raw["operationId"], pattern, literal, raw, parameters))

    def problems(self, method: str, path: str, query: str, body: object) -> list[str]:
        """What GitHub's description says against a request; empty when nothing."""
        fitting = [one for one in self._operations.get(method.lower(), ()) if one.pattern.fullmatch(path)]
        if not fitting:
            return [f"{method} {path}: no such operation"]
        operation = max(fitting, key=lambda one: one.literal)
        found = [*self._query(operation, query), *self._body(operation, body)]
        return [f"{method} {path} ({operation.id}): {problem}" for problem in found]

    def _query(self, operation: Operation, query: str) -> Iterator[str]:
        described = {entry["name"]: entry for entry in operation.parameters if entry["in"] == "query"}
        given = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        for name, value in given.items():
            if name not in described:
                yield f"query {name} is not described"
                continue
            schema = self._resolved(described[name].get("schema", {}))
            typed = int(value) if schema.get("type") == "integer" and value.isdecimal() else value
            yield from self._check(f"{operation.id}?{name}", schema, typed, f"query {name}")
        for name, entry in described.items():
            if entry.get("required") and name not in given:
                yield f"query {name} is missing"

    def _body(self, operation: Operation, body: object) -> Iterator[str]:
        described = self._resolved(operation.raw.get("requestBody", {}))
        schema = described.get("content", {}).get("application/json", {}).get("schema")
        if body is None:
            if described.get("required"):
                yield "the body is missing"
            return
        if schema is None:
            yield "a body is not described"
            return
        yield from self._check(operation.id, schema, body, "body")
        names = self._property_names(self._resolved(schema))
        if isinstance(body, dict) and names is not None:
            yield from (f"body /{key} is not described" for key in body.keys() - names)

    def _check(self, key: str, schema: Json, value: object, where: str) -> Iterator[str]:
        if key not in self._validators:
            definitions: Json = {}
            translated = self._translated(schema, definitions)
            self._validators[key] = jsonschema_rs.validator_for({"allOf": [translated], "$defs": definitions}, validate_formats=True)
        for error in self._validators[key].iter_errors(value):
            yield f"{where} /{'/'.join(map(str, error.instance_path))}: {error.message[:200]}"

    def _translated(self, node: Any, definitions: Json) -> Any:
        """An OpenAPI 3.0 schema as JSON Schema: references become definitions, ``nullable`` a type."""
        if isinstance(node, list):
            return [self._translated(entry, definitions) for entry in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            if name not in definitions:
                definitions[name] = {}
                definitions[name] = self._translated(self._resolved(node), definitions)
            return {"$ref": f"#/$defs/{name}"}
        kept = {key: value for key, value in node.items() if key not in _UNCONSTRAINING and not key.startswith("x-")}
        if "properties" in kept:
            kept["properties"] = {name: self._translated(value, definitions) for name, value in kept["properties"].items()}
        translated = {key: value if key in {"enum", "properties"} else self._translated(value, definitions) for key, value in kept.items()}
        return {"anyOf": [translated, {"type": "null"}]} if node.get("nullable") else translated

    def _property_names(self, schema: Json) -> set[str] | None:
        """Names that any branch allows; None when the schema is open."""
        if schema.get("additionalProperties"):
            return None
        names = set(schema.get("properties", ()))
        for branch in (self._resolved(entry) for key in ("oneOf", "anyOf", "allOf") for entry in schema.get(key, ())):
            more = self._property_names(branch)
            if more is None:
                return None
            names |= more
        return names or None

    def _resolved(self, node: Json) -> Json:
        while "$ref" in node:
            target: Any = self._document
            for part in node["$ref"].lstrip("#/").split("/"):
                target = target[part]
            node = target
        return node


def _part(part: str) -> str:
    if not part.startswith("{"):
        return re.escape(part)
    return ".+" if part.strip("{}") in {"path", "ref", "basehead"} else "[^/]+"
