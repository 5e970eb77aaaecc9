# One command everywhere: laptop, hook and CI call these targets. Only Python, make and a package
# index are needed. All paths are relative, because make cannot quote a folder with spaces.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
WORLD ?= sample
UV := $(BIN)/python -m uv

# A warehouse holds one world: the demo of another one has a home of its own, for all targets.
ifneq ($(WORLD),sample)
export TIENGVANG_HOME ?= .$(WORLD)
endif

# uv must use the Python that is there, and nothing that runs here reports home.
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE ?= copy
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
export AIRFLOW__USAGE_DATA_COLLECTION__ENABLED := False

.PHONY: help demo test live up down status psql check dictionary bench clean lock env install

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: install ## Run everything on a bundled sample world (or WORLD=long), up to a published edition
	@$(BIN)/tiengvang demo --world $(WORLD)

test: install ## Run all tests
	@$(BIN)/python -m pytest

live: install ## Run everything once on the live sources, the last 24 hours
	@$(BIN)/tiengvang live

up: install ## Start Airflow (pages and scheduler) on the live sources
	@$(BIN)/tiengvang up

down: install ## Stop everything that runs; no process is left
	@$(BIN)/tiengvang down

status: install ## Show what the warehouse holds, and the last build and edition
	@$(BIN)/tiengvang status

psql: install ## Open psql on the public marts, read-only
	@$(BIN)/tiengvang psql

check: install ## Lint, types, SQL lint, dbt parse, dead links, compose file, YAML
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/tests plugins/tiengvang/warehouse
	$(BIN)/dbt --quiet --no-use-colors parse --project-dir dbt_project --profiles-dir dbt_project \
		--target-path ../$(VENV)/dbt-parse --log-path $(VENV)/dbt-parse
	$(BIN)/python docs/check_links.py
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	@find . -type d \( -name '.?*' -o -name target \) -prune -o \( -name '*.yml' -o -name '*.yaml' \) -print0 \
		| xargs -0 $(BIN)/python -c 'import sys, yaml; [list(yaml.safe_load_all(open(p, encoding="utf-8"))) for p in sys.argv[1:]]; print(len(sys.argv) - 1, "YAML files read")'

dictionary: install ## Write what follows from the dictionary of columns and the registry of metrics
	@$(BIN)/python -m tiengvang.dictionary

bench: install ## Measure speed, peers side by side, and what the analysis finds on planted worlds
	@$(BIN)/tiengvang bench

clean: ## Stop everything and delete all runtime files, data included
	@if [ -x $(BIN)/tiengvang ]; then $(BIN)/tiengvang clean; else rm -rf .local; fi
	@rm -rf dbt_project/target dbt_project/logs .pytest_cache .mypy_cache .ruff_cache .hypothesis

lock: install ## Resolve the dependencies anew and write requirements.lock
	$(UV) lock
	$(UV) export --quiet --all-groups --no-emit-project --no-header --no-annotate -o requirements.lock
	@if grep -nE '://|^-|^ *@' requirements.lock; then echo "requirements.lock names an address" >&2; exit 1; fi

env: ## Write .env with new secrets for docker-compose.yml, unless there is one
	@$(PYTHON) plugins/tiengvang/local/compose_env.py .env.example .env

# The stamp names what was installed, from what, and where: a moved folder needs new scripts.
install: ## Set up the environment (every target does, nothing is fetched when it is current)
	@want=$$({ cat requirements.lock pyproject.toml; pwd; } | cksum); \
	if [ -f $(STAMP) ] && [ "$$(cat $(STAMP))" = "$$want" ]; then exit 0; fi; \
	set -e; \
	"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
		echo "Python 3.11, 3.12 or 3.13 is needed; $(PYTHON) is $$("$(PYTHON)" -V 2>&1). Name one: make PYTHON=python3.12 ..." >&2; exit 1; }; \
	rm -f $(STAMP); \
	"$(PYTHON)" -m venv $(VENV) || { \
		echo "Python's venv module does not work; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
	$(BIN)/python -c 'import uv' 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'; \
	install() { $(UV) pip install --quiet --python $(BIN)/python --no-deps "$$@"; }; \
	echo "Setting up $(VENV) from requirements.lock ..."; \
	install --require-hashes --compile-bytecode -r requirements.lock || install --offline --require-hashes --compile-bytecode -r requirements.lock; \
	install --offline --no-build-isolation -e .; \
	echo "$$want" > $(STAMP)
