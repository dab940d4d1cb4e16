# Needs Python 3.11 with pip, and make. Everything else lands in .venv, from lock files with hashes.
SHELL  := /bin/bash
PYTHON ?= $(firstword $(shell command -v python3.11 python3 python))
VENV   := .venv
BIN    := $(VENV)/bin
HASHED := --no-deps --require-hashes
LOCK   := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
CORPUS ?= ../shared/corpus

.DEFAULT_GOAL := help
.PHONY: help setup demo test check corpus bench lock clean

help:  ## what can be made
	@awk -F ':.*##' '/^[a-z]+:.*##/ { printf "make %-8s%s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/installed  ## install what tallywire needs into .venv

demo: $(VENV)/installed  ## run the pipeline over the bundled newsroom, into ./tallywire-demo/
	$(BIN)/tallywire demo

test: $(VENV)/installed-dev  ## run the tests but those that need a browser, Debian's packages or the corpus
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not browser and not debian and not corpus" $(ARGS)

check: $(VENV)/installed-dev  ## formatting, lint, types, and which package may import which
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

corpus: $(VENV)/installed-dev  ## score against the labelled corpus in CORPUS (default ../shared/corpus)
	$(BIN)/python .ci/corpus.py $(CORPUS)

bench: $(VENV)/installed-dev  ## run all benchmarks and print one table of ratios; wants an idle machine and an hour, FULL=1 three
	@rows=$$(mktemp); failed=0; for bench in tests/benchmarks/bench_*.py; do \
		echo "== $$bench"; $(if $(FULL),BENCH_FULL=1) BENCH_ROWS=$$rows $(BIN)/python $$bench || failed=1; done; \
	$(BIN)/python tests/benchmarks/ratios.py $$rows; rm -f $$rows; exit $$failed

lock: $(VENV)/installed-dev  ## renew the lock files; UPGRADE=1 takes newer versions
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group build --constraint requirements-dev.lock --output-file requirements-build.lock

clean:  ## remove what make and the tools wrote, the demo's output with it
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tallywire-demo .ci/artifacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip alone takes 74 s for the same files, uv 6 s; pip stays the way out where uv finds no index. Compiled here once, each of
# many processes starts seconds sooner, also where Python may not write beside its libraries.
define install
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python $(HASHED) -r $(1) || $(BIN)/python -m pip install --quiet $(HASHED) -r $(1)
endef

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11) and "tallywire needs Python 3.11 or later: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }

$(VENV)/installed: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(HASHED) -r requirements-build.lock
	$(call install,requirements.lock)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(call install,requirements-dev.lock)
	@touch $@
