"""bbws-gate: may this infrastructure be promoted?

The pipeline, one way, left to right (each package may import only what stands to its left)::

    errors, model -> repository -> terraform, spec -> evidence -> checks -> assess -> render -> publish -> cli, action

``docs/architecture.md`` draws it; import-linter enforces it.
"""

__version__ = "0.1.0"
