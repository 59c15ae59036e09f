# Needs Python 3.11+, make and a package registry; everything else comes into .venv.

PYTHON ?= python3
PORT ?= 8000

LOCK := requirements-dev.lock
INSTALLED := .venv/installed-$(shell cksum < $(LOCK) | cut -d ' ' -f 1)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check format migrate bench

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(INSTALLED) ## The whole service on this machine, with a fictional hospital (PORT=8000)
	@exec $(BIN)/python -m tumorboard demo --port $(PORT)

demo-reset: $(INSTALLED) ## Forget all that the demo kept
	@exec $(BIN)/python -m tumorboard demo-reset

test: $(INSTALLED) ## The test suite, in parallel, against real servers (ONLY=tests/domain for a part)
	@exec $(BIN)/python -m pytest $(ONLY)

check: $(INSTALLED) ## Format, lint, types, imports, templates; changes nothing
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-timing 2>&1 | grep -vE '^$$' || true
	@$(BIN)/djlint templates --lint --quiet

format: $(INSTALLED) ## Write the code as `make check` wants it
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

migrate: $(INSTALLED) ## Bring the tables of TUMORBOARD_DATABASE_URL up to date
	@exec $(BIN)/python -m tumorboard migrate

bench: $(INSTALLED) ## The figures of benchmarks/, as ratios
	@exec $(BIN)/python -m benchmarks

# The file's name holds the lock's checksum and it is written last: a half-made or outdated environment is made anew.
$(INSTALLED): $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Tumorboard needs Python 3.11 or later; install it, or say where it is: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making the environment in .venv; this takes about a minute, once …"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || \
	  { echo "Python cannot make an environment here; on Debian or Ubuntu run: apt install python3-venv" >&2; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $(LOCK) >.venv/pip.log 2>&1 || \
	  { echo "The packages could not be installed; see .venv/pip.log, check the way to the package registry, and try again." >&2; exit 1; }
	@touch $@
