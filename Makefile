# Waymeet's everyday commands. `make help` lists them.

# The first Python here that is new enough; another one: make PYTHON=/path/to/python3.12 …
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; \
	done || true)
# Without a new one an old one says so itself.
FOUND_PYTHON := $(or $(PYTHON),$(shell command -v python3 || command -v python))
PORT ?= 8000
BROWSER ?=
TEST_WORKERS ?= auto
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help demo test check bench lock vendor messages

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

demo: .venv/ready ## Run the site with invented groups at http://localhost:8000 (PORT=8001 changes it)
	@$(BIN)/python deploy/catalogues.py compile
	@STOP_WITH_PARENT=$$PPID PORT=$(PORT) exec $(MANAGE) demo

test: .venv/ready ## Run all tests (BROWSER=skip: without those in a browser)
	@$(BIN)/python deploy/catalogues.py compile
	@BROWSER=$(BROWSER) $(BIN)/python -m tests.browser.chromium
	@BROWSER=$(BROWSER) $(BIN)/python -m pytest -n $(TEST_WORKERS)

check: .venv/ready ## Look at format, lint, types, layers, templates, migrations, languages, locks
	@sh .ci/check

bench: .venv/ready ## Measure, print a table and write var/bench.json (N=1000000: also with so many groups)
	@$(BIN)/python deploy/catalogues.py compile
	@N=$(N) ONLY=$(ONLY) PLANS=$(PLANS) $(BIN)/python -m tests.bench

lock: .venv/ready ## Lock the newest requirements that pyproject.toml allows
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
LOCK := --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

vendor: .venv/ready ## Fetch Bootstrap, htmx, Leaflet and the world's outline anew (needs npm)
	$(BIN)/python deploy/vendor.py

messages: .venv/ready ## Bring the catalogues in locale/ up to the sentences in the source
	$(BIN)/python deploy/catalogues.py update

.venv/ready: requirements-dev.txt deploy/prepare.py
	@test -n "$(FOUND_PYTHON)" || { echo "waymeet: Python 3.11 or newer is missing: install it first." >&2; exit 1; }
	@$(FOUND_PYTHON) deploy/prepare.py
	@touch $@
