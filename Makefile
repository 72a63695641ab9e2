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
PIP = $(if $(UV),$(UV) pip $(1) --quiet --python $(BIN)/python,$(BIN)/python -m pip $(1) --quiet)
INSTALL = $(call PIP,install)
CHECK = $(call PIP,check)

.PHONY: build test check golden schemas clients benchmark pictures lock clean

build: .venv/ready
	@$(BIN)/newsletter build $(ISSUE)

test: .venv/ready-dev
	@echo "Running the tests. All of them take about ten minutes."
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
	$(BIN)/python -m tests.benchmarks.email
	$(BIN)/python -m tests.benchmarks.preview

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
	@echo "Making an environment of its own in .venv."
	@$(if $(UV),$(UV) venv --quiet --python $(PYTHON) .venv,$(PYTHON) -m venv .venv)

# A lock is complete, so nothing is resolved: no release of any package can change what is installed. The check that
# follows proves that it is complete.
.venv/ready: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing the packages that newsletter needs into .venv. On a slow line this takes some minutes, once only."
	@$(INSTALL) --no-deps --require-hashes --requirement requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(CHECK)
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	@echo "Installing the packages that the tests need. On a slow line this takes some minutes, once only."
	@$(INSTALL) --no-deps --require-hashes --requirement requirements-dev.txt
	@$(CHECK)
	@touch $@
