# make help lists the targets. Needs Python 3.11+ and make; everything else comes from the package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/bbws_dynamodb_schemas
REPORTS := reports/bbws_dynamodb_schemas-sit

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs bench faults fuzz audit clean

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
	$(BIN)/python -m bbws_gate.render.freeze --check
	$(BIN)/python -m tests.assess.mutations --check docs/mutations.md
	$(BIN)/python -m tests.security.table --check docs/security-tests.md
	$(BIN)/zizmor --offline --no-progress --quiet .github/workflows/*.yml examples/workflows/*.yml action.yml verify/action.yml examples/orders_ready examples/shop_buckets
	$(BIN)/python -m tests.security.actionlint

docs: $(VENV)/.run ## Write the generated documents and the templates' code anew
	$(BIN)/python -m bbws_gate.checks.pages --write docs
	$(BIN)/python -m bbws_gate.render.freeze --write
	$(BIN)/python -m tests.assess.mutations --write docs/mutations.md
	$(BIN)/python -m tests.security.table --write docs/security-tests.md

bench: $(VENV)/.dev ## Measure beside the peers and write docs/benchmarks.md (takes most of an hour; BENCH="--runs 1 --sizes 1000" for less)
	$(BIN)/python -m benchmarks $(BENCH) --write docs/benchmarks.md

RUNS ?= 5000
faults: $(VENV)/.dev ## Publish against a GitHub that fails, RUNS=5000 seeds, and write docs/reliability.md
	$(BIN)/python -m tests.campaigns --runs $(RUNS) --write docs/reliability.md

SECONDS ?= 120
fuzz: $(VENV)/.dev ## Broken input of every kind, for SECONDS=120
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

audit: $(VENV)/.dev ## Ask the advisory database about every locked dependency (needs the network)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	$(BIN)/pip-audit --strict --requirement requirements.lock --require-hashes --disable-pip

clean: ## Remove what the other targets made
	rm -rf $(VENV) .bench .build reports .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
