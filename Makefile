# What one does here. `make run` and `make test` do all their own set-up.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check lint format types contracts lock bench-addresses bench-collect bench-nap bench-parse fuzz bench-replies eval-replies screens bench-kill bench-ingest bench-inbox clean

help:  ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

run: $(VENV)/.runtime  ## Start Goodword on http://127.0.0.1:8000 (Ctrl-C stops it)
	@$(BIN)/goodword run

test: $(VENV)/.development  ## Run the whole suite
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

check: format-check lint types contracts test  ## Format, lint, types, import contracts, tests

format: $(VENV)/.development  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

format-check: $(VENV)/.development
	$(BIN)/ruff format --check .

lint: $(VENV)/.development  ## Lint
	$(BIN)/ruff check .

types: $(VENV)/.development  ## Check the types
	$(BIN)/basedpyright

contracts: $(VENV)/.development  ## Check which way the imports point
	$(BIN)/lint-imports

bench-parse: $(VENV)/.development  ## Reading a page: ours beside extruct
	@$(BIN)/python -m bench.parse

fuzz: $(VENV)/.fuzz  ## A million inputs through everything that reads foreign text
	PYTHONPATH=.:$(VENV)/fuzz $(BIN)/python -m tests.fuzz.run --inputs 1000000 --guided var/fuzz

lock:  ## Resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml $(LOCK) -o requirements.txt
	uv pip compile pyproject.toml --extra dev -c requirements.txt $(LOCK) -o requirements-dev.txt

LOCK = -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header

bench-collect: $(VENV)/.runtime $(VENV)/bench/.peer  ## Measure collecting beside raw requests and Scrapy
	@BENCH_PEER_PYTHON=$(VENV)/bench/bin/python $(BIN)/python -m bench.collect

bench-nap: $(VENV)/.runtime  ## Speed of the comparer, its growth, and F1 where the data is at hand
	@$(BIN)/python -m bench.nap
	@$(BIN)/python -m bench.phone_variants
	@$(BIN)/python -m bench.matching

bench-addresses: $(VENV)/.runtime  ## Share of addresses parsed exactly; false alarms and misses
	@$(BIN)/python -m bench.addresses

bench-replies: $(VENV)/.runtime  ## Speed and memory of suggestions beside bare templates
	@$(BIN)/python -m bench.replies

eval-replies: $(VENV)/.runtime  ## Naive templates, hand-written replies and the engine by one measure
	@$(BIN)/python -m bench.replies_eval
	@$(BIN)/python -m bench.replies_eval.queue50

screens: $(VENV)/.development  ## Pictures of every room, into build/screens; the README takes one of them
	@$(BIN)/python -m bench.screens build/screens
	@cp build/screens/inbox-desk-light.png docs/inbox.png

bench-kill: $(VENV)/.development  ## kill -9 while collecting and sending, ten times each
	@$(BIN)/python -m bench.kill

bench-ingest: $(VENV)/.development  ## Measure storing reviews beside raw sqlite3, COPY and the ORM
	@$(BIN)/python -m bench.ingest

bench-inbox: $(VENV)/.development  ## Measure the inbox over a million reviews
	@$(BIN)/python -m bench.inbox

clean:  ## Remove the environment and what tools left behind; keeps your data (var/)
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis build dist *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Goodword needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Goodword needs (about a minute, once)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.development: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what the tests need (about a minute, once)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# The peers that benchmarks compare with never enter Goodword's own environment.
$(VENV)/bench/.peer: bench/requirements.txt | $(VENV)/bin/python
	@echo "Installing what Goodword is measured against (once)"
	@$(BIN)/python -m venv $(VENV)/bench
	@$(VENV)/bench/bin/pip install -q --disable-pip-version-check --require-hashes \
	  -r bench/requirements.txt && touch $@ || rm -rf $(VENV)/bench

$(VENV)/.fuzz: $(VENV)/.development
	@$(BIN)/pip install -q --disable-pip-version-check --target $(VENV)/fuzz "atheris==3.0.0"
	@touch $@
