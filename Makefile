# Rollbook: `make demo` to see it, `make test` to trust it. tools/setup.py does the setting up.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
NODE = $(shell $(BIN)/python -c 'import sys; sys.path.insert(0, "tools"); from build_pwa import find_node; print(find_node()[0])')
TSCONFIGS := core worker test
.PHONY: help setup demo test lint web unit browser bench soak screenshots format pins clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Everything the tests need: environment, Node, built pages, PostgreSQL, Chromium
	@$(PYTHON) tools/setup.py test

demo: ## Set up what is missing and start Rollbook with a believable school
	@$(PYTHON) tools/setup.py demo
	@exec $(BIN)/rollbook demo $(ARGS)

test: setup ## Set up what is missing, then lint and every test there is
	@$(MAKE) --no-print-directory lint web
	@$(BIN)/pytest -n 2 $(ARGS)

lint: dev ## ruff, mypy, import-linter, tsc, Biome, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m schemas --check
	cd pwa && $(NODE) node_modules/@biomejs/biome/bin/biome check .
	cd pwa && for part in tsconfig.json $(TSCONFIGS:%=tsconfig.%.json); do \
	  $(NODE) node_modules/typescript/bin/tsc -p $$part || exit 1; done

web: dev ## The unit tests of the pages (Vitest)
	cd pwa && $(NODE) node_modules/vitest/vitest.mjs run

unit: ## The fast tests of sync, schemas and server
	@$(PYTHON) tools/setup.py unit
	@$(BIN)/pytest -n 2 -m 'not browser and not package and not fleet' $(ARGS)

browser: setup ## The tests in a real Chromium
	@$(BIN)/pytest -m browser $(ARGS)

bench: setup ## Rolls a second beside Kinto, reminders of a district; BENCH_JSON=file keeps the tables
	@$(BIN)/python -m tests.bench $(ARGS)

soak: setup ## Hours of a school's life with faults
	@$(BIN)/python -m tests.soak $(ARGS)

screenshots: setup ## Pictures of every screen, for the README
	@$(BIN)/python -m tests.browser.screenshots $(ARGS)

format: dev ## Let ruff and Biome lay out the code
	@$(BIN)/ruff check --fix-only . && $(BIN)/ruff format .
	@cd pwa && $(NODE) node_modules/@biomejs/biome/bin/biome check --write .

pins: ## Work out requirements/*.txt anew from pyproject.toml
	@$(PYTHON) tools/pins.py $(ARGS)

clean: ## Remove what was set up and built
	rm -rf .venv .cache pwa/node_modules pwa/dist dist build
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.PHONY: dev
dev:
	@$(PYTHON) tools/setup.py dev
