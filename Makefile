# For a newcomer: `make demo`, `make workbench` and `make test`. All set everything up first and are quick a second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RECORD := demo-record
JOBS ?= 2

.PHONY: demo workbench test docs setup setup-test check unit gate model requirements clean

demo: setup
	$(BIN)/dragoman code examples/dispatches --record $(RECORD)
	$(BIN)/dragoman brief PRK RUS --record $(RECORD) --html demo-brief.html
	$(BIN)/dragoman brief PRK RUS --record $(RECORD)
	@echo
	@echo "The brief with its chart is in demo-brief.html; open it in a browser."
	@echo "The record is in $(RECORD). To search, check and correct it in a browser: make workbench"

workbench: setup
	test -f $(RECORD)/record.json || $(BIN)/dragoman code examples/dispatches --record $(RECORD)
	$(BIN)/dragoman serve --record $(RECORD) --open

test: setup-test check unit gate

setup: $(VENV)/.runtime
setup-test: $(VENV)/.test

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit("Dragoman needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Use: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit:
	$(BIN)/python -m pytest -n $(JOBS)

gate:
	$(BIN)/python -m evaluation.gate

# The documentation as a site, from build/docs/index.html.
docs: setup-test
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs

# Train the relation model anew (training/README.md). About an hour, on one core: a second one gains little.
WEIGHTS := src/dragoman/coding/learned/weights
model: $(VENV)-training/.done
	$(VENV)-training/bin/python -m training.train --threads 1 --out build/sentences
	$(VENV)-training/bin/python -m training.train --threads 1 --begin build/sentences --articles training/articles_learned.jsonl --share 0.35 --epochs 2 --out build/relations
	$(VENV)-training/bin/python -m training.export --weights build/relations --to $(WEIGHTS)
	$(VENV)-training/bin/python -m training.judge training/articles.jsonl --model $(WEIGHTS) --to $(WEIGHTS)/judging.json

$(VENV)-training/.done: training/requirements.txt requirements/runtime.txt
	$(PYTHON) -m venv $(VENV)-training
	$(VENV)-training/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(VENV)-training/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(VENV)-training/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	@touch $@

# Compile the pinned, hashed requirements anew (needs uv); no addresses are written.
requirements:
	uv pip compile pyproject.toml --extra build --extra serve --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements/runtime.txt
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -c requirements/runtime.txt -o requirements/test.txt

clean:
	rm -rf $(VENV) $(RECORD) demo-brief.html
