# `make` lists the targets. Each target first sets up .venv if it is not complete (tools/environment.py).
PYTHON ?= python3
# Python reads these variables from the environment, so make and the shell do not interpret their values.
override REPO := $(value REPO)
override REF := $(value REF)
override NAME := $(value NAME)
override NOTEBOOK := $(value NOTEBOOK)
export REPO REF NAME NOTEBOOK
# If the user names a Python, .venv must have its version. Otherwise, any version from 3.11 works. -E ignores PYTHONHOME.
IN_VENV = $(PYTHON) -E tools/environment.py $(if $(filter file,$(origin PYTHON)),,--this-python)
# The tests start many processes. With stored bytecode, a process does not compile the same files again.
PYTEST = PYTHONDONTWRITEBYTECODE= $(IN_VENV) -m pytest

.DEFAULT_GOAL := help
.PHONY: help lab reset test test-browser test-all notebooks new-exercise new-notebook format lint bench site publish unpublish clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1@/' | awk -F@ '{ printf "make %-14s%s\n", $$1, $$2 }'

lab:  ## open your own copy of the first notebook in JupyterLab; OPTIONS=--no-browser only prints its address
	@$(IN_VENV) tools/lab.py $(OPTIONS)

reset:  ## make new copies in learn/; your own work is kept in a separate folder there
	@$(IN_VENV) tools/copies.py --reset

test:  ## run all tests, and compare every notebook with its stored outputs
	@$(PYTEST) -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder \
		--nbval --nbval-current-env notebooks tests tutorial_pkg $(OPTIONS)

test-browser:  ## run every notebook in JupyterLab, and open the site, in a real Chromium
	@$(IN_VENV) -I -m pip install --quiet --constraint tools/constraints.txt --no-build-isolation --editable ".[site]"
	@$(PYTEST) -rs tests/browser $(OPTIONS)

test-all:  ## run slow tests: notebooks separately, twice, in another order, with 1 and 2 threads, without a network
	@$(PYTEST) tests/robustness $(OPTIONS)

notebooks:  ## write the practice cells, run every notebook and store its outputs
	@$(IN_VENV) tools/notebooks.py

new-exercise:  ## write the files of a new exercise: NAME=my_name NOTEBOOK=02_embedding_lookup
	@$(IN_VENV) tools/new.py exercise "$$NAME" "$$NOTEBOOK"

new-notebook:  ## write the files of a new notebook: NAME=10_my_topic
	@$(IN_VENV) tools/new.py notebook "$$NAME"

format:  ## format the code and the notebooks, and fix what can be fixed
	@$(IN_VENV) -m ruff format .
	@$(IN_VENV) -m ruff check --fix .

lint:  ## show what `make format` would change, and misspelt words
	@$(IN_VENV) -m ruff format --check .
	@$(IN_VENV) -m ruff check .
	@$(IN_VENV) -m codespell_lib

bench:  ## measure lookup and training on this machine
	@$(IN_VENV) -I -m pip install --quiet --constraint tools/constraints.txt --no-build-isolation --editable ".[bench]"
	@$(IN_VENV) tools/bench/run.py $(OPTIONS)

site:  ## build the website from the notebooks into site/
	@$(IN_VENV) -I -m pip install --quiet --constraint tools/constraints.txt --no-build-isolation --editable ".[site]"
	@$(IN_VENV) tools/site/build.py

publish:  ## write where the course is published: REPO=owner/name REF=branch-or-tag
	@$(IN_VENV) tools/publish.py

unpublish:  ## undo `make publish`
	@$(IN_VENV) tools/publish.py --nowhere

clean:  ## remove .venv and temporary files
	rm -rf .venv build .pytest_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
