# Every target sets up its own environment in .venv; uv is used where it is installed.
#   make build             the newest issue; ISSUE=652 names another
#   make test              the tests, on all processors; ARGS="-k teaser" some, on one
#   make test-everything   with every fault, kill and race at each mailing service
#   make coverage          the tests, and how much of the program they run
#   make check             the gates: style, types, rooms, theme
#   make golden            accept what the golden issues now become
#   make schemas           write the JSON Schemas anew
#   make clients           take the figures of mail clients anew out of npm's caniemail
#   make benchmark         how fast it is; beside other programs too, once these are installed
#   make benchmark-peers   install these programs over the network (npm, 300 MB), and measure beside them
#   make benchmark-archive install Hugo, Eleventy and Pelican, and measure the archive of 1,300 issues beside them; ISSUES=130
#                          is a tenth of it
#   make benchmark-search  the search of the archive, beside Pagefind once the other programs are installed; ISSUES=1300
#   make pictures          the pictures in the README
#   make thunderbird       what a real Thunderbird shows of an issue, into build/thunderbird/; ISSUE=652 names it
#   make lock              pin the newest versions (needs uv)
.DEFAULT_GOAL := build
PYTHON ?= python3
VENV ?= .venv
PEERS := build/peers
ARCHIVE_PEERS := build/archive-peers
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
UV := $(shell command -v uv 2>/dev/null)
PIP = $(if $(UV),$(UV) pip $(1) --quiet --python $(BIN)/python,$(BIN)/python -m pip $(1) --quiet)
INSTALL = $(call PIP,install)
CHECK = $(call PIP,check)
PARALLEL := --numprocesses auto --dist worksteal

.PHONY: build test test-everything coverage check golden schemas clients benchmark benchmark-peers benchmark-archive benchmark-search pictures thunderbird lock clean

build: $(VENV)/ready
	@$(BIN)/newsletter build $(ISSUE)

test: $(VENV)/ready-dev
	$(if $(ARGS),,@echo "Running the tests on all processors. With two, they take about twenty minutes.")
	$(BIN)/python -m pytest $(or $(ARGS),$(PARALLEL))

test-everything: $(VENV)/ready-dev
	@echo "Running the tests with all that can go wrong at a mailing service. With two processors, they take about an hour."
	$(BIN)/python -m pytest $(PARALLEL) --everything

coverage: $(VENV)/ready-dev
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term $(ARGS)

check: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/newsletter theme check bionews

golden: $(VENV)/ready-dev
	$(BIN)/python -m pytest tests/test_golden.py tests/archive/test_golden_site.py --update-golden

schemas: $(VENV)/ready
	$(BIN)/newsletter schema publication > issues/publication.schema.json
	$(BIN)/newsletter schema issue > issues/issue.schema.json

clients: $(VENV)/ready-dev
	npm ci --prefix tests --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/python -m tests.client_support

benchmark: $(VENV)/ready-dev
	$(BIN)/python -m tests.benchmarks.email
	$(BIN)/python -m tests.benchmarks.preview
	$(BIN)/python -m tests.benchmarks.compare $(PEERS)

benchmark-peers: $(VENV)/ready-dev $(PEERS)/ready
	$(BIN)/python -m tests.benchmarks.compare $(PEERS)

benchmark-archive: $(VENV)/ready-dev $(ARCHIVE_PEERS)/ready
	$(BIN)/python -m tests.benchmarks.archive.compare $(ARCHIVE_PEERS) --issues $(or $(ISSUES),1300)

benchmark-search: $(VENV)/ready-dev
	$(BIN)/python -m tests.benchmarks.archive.search $(PEERS) --issues $(or $(ISSUES),300)

pictures: $(VENV)/ready-dev
	$(BIN)/python -m tests.screenshots

thunderbird: $(VENV)/ready-dev
	$(BIN)/python -m tests.thunderbird issues/$(or $(ISSUE),652) build/thunderbird

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		--group build pyproject.toml --output-file requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		--group dev pyproject.toml --output-file requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		tests/benchmarks/peers/requirements.in --output-file tests/benchmarks/peers/requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		tests/benchmarks/archive/peers/requirements.in --output-file tests/benchmarks/archive/peers/requirements.txt

clean:
	rm -rf $(VENV) build

$(VENV)/bin/python:
	@echo "Making an environment of its own in $(VENV)."
	@$(if $(UV),$(UV) venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))

# A lock is complete, so nothing is resolved: no release of any package can change what is installed. The check that
# follows proves that it is complete.
$(VENV)/ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the packages that newsletter needs into $(VENV). On a slow line this takes some minutes, once only."
	@$(INSTALL) --no-deps --require-hashes --requirement requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(CHECK)
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	@echo "Installing the packages that the tests need. On a slow line this takes some minutes, once only."
	@$(INSTALL) --no-deps --require-hashes --requirement requirements-dev.txt
	@$(CHECK)
	@touch $@

# The programs that the benchmark measures beside ours have an environment and a folder of npm's of their own.
$(PEERS)/ready: BIN := $(PEERS)/python/bin
$(PEERS)/ready: tests/benchmarks/peers/requirements.txt tests/benchmarks/peers/package-lock.json
	@echo "Installing the programs to measure beside ours into $(PEERS)."
	@rm -rf $(PEERS) && mkdir -p $(PEERS)
	@$(if $(UV),$(UV) venv --quiet --python $(PYTHON) $(PEERS)/python,$(PYTHON) -m venv $(PEERS)/python)
	@$(INSTALL) --no-deps --require-hashes --requirement tests/benchmarks/peers/requirements.txt
	@cp tests/benchmarks/peers/package.json tests/benchmarks/peers/package-lock.json $(PEERS)
	@npm ci --prefix $(PEERS) --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(ARCHIVE_PEERS)/ready: BIN := $(ARCHIVE_PEERS)/python/bin
$(ARCHIVE_PEERS)/ready: tests/benchmarks/archive/peers/requirements.txt tests/benchmarks/archive/peers/package-lock.json
	@echo "Installing the programs to measure beside our archive into $(ARCHIVE_PEERS)."
	@rm -rf $(ARCHIVE_PEERS) && mkdir -p $(ARCHIVE_PEERS)
	@$(if $(UV),$(UV) venv --quiet --python $(PYTHON) $(ARCHIVE_PEERS)/python,$(PYTHON) -m venv $(ARCHIVE_PEERS)/python)
	@$(INSTALL) --no-deps --require-hashes --requirement tests/benchmarks/archive/peers/requirements.txt
	@cp tests/benchmarks/archive/peers/package.json tests/benchmarks/archive/peers/package-lock.json $(ARCHIVE_PEERS)
	@npm ci --prefix $(ARCHIVE_PEERS) --ignore-scripts --no-audit --no-fund --silent
	@touch $@
