# make help lists the targets. Needs Python 3.11+ and make; everything else comes from the package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/bbws_dynamodb_schemas
REPORTS := reports/bbws_dynamodb_schemas-sit

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs bench clean

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "bbws-gate needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another one: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run ## Assess the bundled example for SIT and write its reports
	@$(BIN)/bbws-gate check $(EXAMPLE) --env sit --out $(REPORTS) || [ $$? -eq 1 ]

test: $(VENV)/.dev ## Run every test that this machine can run
	$(BIN)/python -m pytest

lint: $(VENV)/.dev ## Lint, format check, types, import rules, generated documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bbws_gate.checks.pages --check docs
	$(BIN)/python -m tests.assess.mutations --check docs/mutations.md

docs: $(VENV)/.run ## Write the generated documents anew
	$(BIN)/python -m bbws_gate.checks.pages --write docs
	$(BIN)/python -m tests.assess.mutations --write docs/mutations.md

bench: $(VENV)/.dev ## Measure beside the peers and write docs/benchmarks.md (takes most of an hour; BENCH="--runs 1 --sizes 1000" for less)
	$(BIN)/python -m benchmarks $(BENCH) --write docs/benchmarks.md

clean: ## Remove what the other targets made
	rm -rf $(VENV) .bench .build reports .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
