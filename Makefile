# Two commands matter: `make run` starts everything, `make test` tests it. Both set up first; a second time that takes a moment.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: setup run test test-slow lint evals clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what is needed into $(VENV) (a few minutes, once) ..."
	@# torch first and pinned: where a CPU build is at hand it is taken, and nothing later replaces it.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[evals,dev]'
	@touch $(STAMP)

run: setup
	@exec $(BIN)/khartoum run

test: setup
	@$(BIN)/python -m pytest -m "not slow and not browser"

test-slow: setup
	@$(BIN)/python -m pytest -m "slow or browser"

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

evals: setup
	@$(BIN)/khartoum eval

clean:
	rm -rf $(VENV) .khartoum reports
