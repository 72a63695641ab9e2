# Every target sets up its own environment in .venv; uv is used where it is installed.
#   make build        the newest issue; ISSUE=652 names another
#   make test         all tests; ARGS="-k teaser" some
#   make check        the gates: style, types, rooms, theme
#   make golden       accept what the golden issues now become
#   make schemas      write the JSON Schemas anew
#   make clients      take the figures of mail clients anew out of npm's caniemail
#   make benchmark    how fast it is
#   make pictures     the pictures in the README
#   make lock         pin the newest versions (needs uv)
.DEFAULT_GOAL := build
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
UV := $(shell command -v uv 2>/dev/null)
INSTALL = $(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet)

.PHONY: build test check golden schemas clients benchmark pictures lock clean

build: .venv/ready
	$(BIN)/newsletter build $(ISSUE)

test: .venv/ready-dev
	$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/newsletter theme check bionews

golden: .venv/ready-dev
	$(BIN)/python -m pytest tests/test_golden.py --update-golden

schemas: .venv/ready
	$(BIN)/newsletter schema publication > issues/publication.schema.json
	$(BIN)/newsletter schema issue > issues/issue.schema.json

clients: .venv/ready-dev
	npm ci --prefix tests --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/python -m tests.client_support

benchmark: .venv/ready-dev
	$(BIN)/python -m tests.benchmark
	$(BIN)/python -m tests.benchmark_preview

pictures: .venv/ready-dev
	$(BIN)/python -m tests.pictures

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		--group build pyproject.toml --output-file requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		--group dev pyproject.toml --output-file requirements-dev.txt

clean:
	rm -rf .venv build

.venv/bin/python:
	$(if $(UV),uv venv --quiet --python $(PYTHON) .venv,$(PYTHON) -m venv .venv)

.venv/ready: requirements.txt pyproject.toml | .venv/bin/python
	$(INSTALL) --require-hashes --requirement requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	$(INSTALL) --require-hashes --requirement requirements-dev.txt
	@touch $@
