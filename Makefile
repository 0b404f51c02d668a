# make report: set up, run the main job on data/raw.   make test: set up, check everything that CI checks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: report test slow lint types contracts notebooks-clean tests clean

report: $(VENV)/.installed
	$(BIN)/kodukant run

test: lint types contracts notebooks-clean tests

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

notebooks-clean: $(VENV)/.installed-dev
	$(BIN)/nbstripout --verify notebooks/*.ipynb

tests: $(VENV)/.installed-dev
	$(BIN)/pytest -n 2 -m "not slow"

slow: $(VENV)/.installed-dev
	$(BIN)/pytest -m slow

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) reports data/processed/*.parquet data/processed/manifest.json
