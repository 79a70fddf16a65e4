# The verbs of this project. `make run` and `make test` are all one needs; DATA_DIR and PORT move `make run`.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
STAMPS := $(VENV)/stamps
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
STATIC := $(shell find static config/static.py -type f 2>/dev/null)

.PHONY: help setup setup-test run run-services test test-sqlite test-postgres lint format bench prove faults requirements clean

help:
	@echo "make run           start everything (DATA_DIR=./var PORT=8000)"
	@echo "make test          set up, lint, and every test"
	@echo "make setup         prepare .venv, translations and static files without starting"
	@echo "make run-services  as run, on the PostgreSQL and Redis named by DATABASE_URL and REDIS_URL"
	@echo "make lint | format | prove | bench | faults | requirements"

# --- Set-up: each stamp is as new as what it was made from, so a second run has nothing to do -------------------------

setup: $(STAMPS)/run $(STAMPS)/translations $(STAMPS)/static
	@:

setup-test: setup $(STAMPS)/test

$(STAMPS)/venv: requirements/setup.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Juece needs Python 3.11 or later; say which one with: make PYTHON=python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt || \
		echo "uv is not to be had; going on with pip, which is slower"
	@touch $@

# uv first, pip when there is no uv for this machine or it cannot reach what pip can.
define install
	{ test -x $(BIN)/uv && $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); } || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
endef

$(STAMPS)/run: requirements/run.txt $(STAMPS)/venv
	$(call install,requirements/run.txt)
	@touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/run
	$(call install,requirements/test.txt)
	@touch $@

$(STAMPS)/translations: $(STAMPS)/run $(CATALOGUES)
	@if [ -n "$(CATALOGUES)" ]; then $(BIN)/pybabel --quiet compile --directory locale --domain django; fi
	@touch $@

$(STAMPS)/static: $(STAMPS)/run $(STATIC)
	$(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@

# --- Running ----------------------------------------------------------------------------------------------------------

# Migrates and, into an empty database only, loads the demo town; a second run finds its own data.
run: setup
	$(MANAGE) up --prepare

run-services: setup
	@test -n "$$DATABASE_URL$$PGDATABASE" && test -n "$$REDIS_URL" || \
		{ echo "Set DATABASE_URL (or PGDATABASE …) and REDIS_URL, or use: make run" >&2; exit 1; }
	$(MANAGE) up --prepare

prove: setup
	$(MANAGE) prove

# --- Checking ---------------------------------------------------------------------------------------------------------

test: setup-test
	$(MAKE) --no-print-directory lint
	$(MAKE) --no-print-directory test-sqlite test-postgres

test-sqlite: setup-test
	$(BIN)/python -m pytest -n 2 --dist worksteal

test-postgres: setup-test
	$(BIN)/python -m tests.postgres_server $(BIN)/python -m pytest -n 2 --dist worksteal -m postgres

lint: setup-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(MANAGE) makemigrations --check --dry-run

format: setup-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup-test
	$(BIN)/python -m tests.postgres_server --durable $(BIN)/python -m bench

faults: setup-test
	$(BIN)/python -m tests.postgres_server --durable $(BIN)/python -m bench.faults

# Compiles requirements/*.in into hashed lists that name no registry.
requirements: $(STAMPS)/venv
	for name in setup run test; do \
		$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
			requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

clean:
	rm -rf $(VENV) staticfiles build .mypy_cache .ruff_cache .pytest_cache .hypothesis
