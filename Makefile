# make alone lists the targets. Every one sets up .venv first if that is needed (tools/environment.py).
PYTHON ?= python3
# These two reach Python by the environment, as they were given: neither make nor the shell reads what is in them.
override REPO := $(value REPO)
override REF := $(value REF)
export REPO REF
# A Python that was named must be the one that .venv has; otherwise any that works will do. (-E: whatever PYTHONHOME says)
IN_VENV = $(PYTHON) -E tools/environment.py $(if $(filter file,$(origin PYTHON)),,--this-python)
PYTEST = $(IN_VENV) -m pytest

.DEFAULT_GOAL := help
.PHONY: help lab reset test test-browser test-all notebooks format lint bench publish unpublish clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1@/' | awk -F@ '{ printf "make %-14s%s\n", $$1, $$2 }'

lab:  ## open JupyterLab on your own copy of the first notebook (in learn/); OPTIONS=--no-browser prints its address
	@$(IN_VENV) tools/copies.py
	@$(IN_VENV) -m jupyterlab --allow-root learn/00_in_ten_minutes.ipynb $(OPTIONS)

reset:  ## start afresh with new copies in learn/; what you wrote is kept beside them
	@$(IN_VENV) tools/copies.py --reset

test:  ## all tests, and every notebook against its stored outputs, on all cores
	@$(PYTEST) -n auto --maxprocesses 4 --dist loadfile --nbval --nbval-current-env tests tutorial_pkg notebooks $(OPTIONS)

test-browser:  ## every notebook in JupyterLab in a real Chromium
	@$(PYTEST) -rs tests/browser $(OPTIONS)

test-all:  ## slower: each notebook alone, again, in another order, with 1 and 2 threads, without a network
	@$(PYTEST) tests/robustness $(OPTIONS)

notebooks:  ## fill in the practice cells, run every notebook and store its outputs
	@$(IN_VENV) tools/notebooks.py

format:  ## format and fix what can be fixed, notebooks too
	@$(IN_VENV) -m ruff format .
	@$(IN_VENV) -m ruff check --fix .

lint:  ## say what make format would change
	@$(IN_VENV) -m ruff format --check .
	@$(IN_VENV) -m ruff check .

bench:  ## measure lookup and training on this machine
	@$(IN_VENV) -I -m pip install --quiet --constraint tools/constraints.txt --no-build-isolation --editable ".[bench]"
	@$(IN_VENV) tools/bench/run.py $(OPTIONS)

publish:  ## stamp the notebooks and README for make publish REPO=owner/name [REF=branch or tag]
	@$(IN_VENV) tools/publish.py

unpublish:  ## take that back: published nowhere
	@$(IN_VENV) tools/publish.py --nowhere

clean:  ## remove .venv and what the tools left behind
	rm -rf .venv build .pytest_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
