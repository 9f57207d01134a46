# make run | test | check. A fresh machine needs Python 3.11+ with venv, and make; the rest is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_LOCK := requirements.lock
DEV_LOCK := requirements-dev.lock
INSTALL := $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes --compile-bytecode
PIP_INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes

.PHONY: run demo test recorded check lint types contracts browser-tests benchmarks lock clean

run: $(VENV)/installed static/vendor/installed
	$(BIN)/hoclieu demo

test: $(VENV)/installed-dev static/vendor/installed
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# The bytes and numbers that a seed gave once: they must come out of every supported Python.
RECORDED = $(shell grep -rl --include='*.py' mark.recorded tests)
recorded: $(VENV)/installed-dev
	$(BIN)/python -m pytest -m recorded $(RECORDED)
	.ci/other_pythons -m recorded $(RECORDED)

check: lint types contracts test

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

contracts: $(VENV)/installed-dev
	$(BIN)/lint-imports

benchmarks: $(VENV)/installed-dev static/vendor/installed
	$(BIN)/python -m tests.benchmarks

# The locks hold the hash of every package for every supported Python; `make lock` renews them.
lock: $(VENV)/installed-dev
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group build -o $(RUN_LOCK)
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group build --group dev -o $(DEV_LOCK)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

# uv installs what the lock names in a third of pip's time; where it cannot (an index only pip knows), pip does.
$(VENV)/installed: $(VENV)/bin/python $(RUN_LOCK) pyproject.toml
	grep -A 99 '^uv==' $(RUN_LOCK) | sed '/[^\\]$$/q' > $(VENV)/uv.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock
	$(INSTALL) -r $(RUN_LOCK) || $(PIP_INSTALL) -r $(RUN_LOCK)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	-$(BIN)/python -m compileall -q -j 0 repository quizbank >/dev/null 2>&1
	touch $@

$(VENV)/installed-dev: $(VENV)/installed $(DEV_LOCK)
	$(INSTALL) -r $(DEV_LOCK) || $(PIP_INSTALL) -r $(DEV_LOCK)
	touch $@

static/vendor/installed: $(VENV)/installed static/package-lock.json static/install_assets.py
	$(BIN)/python static/install_assets.py
	touch $@

clean:
	rm -rf $(VENV) static/vendor static/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
