# Needs Python 3.11+, make and a package registry; everything else comes into .venv.

PYTHON ?= python3
PORT ?= 8000

BIN := .venv/bin
checksum = $(shell cksum < $(1) | cut -d ' ' -f 1)

# Each file's name holds its lock's checksum and it is written last: what is half made or outdated is made anew.
# The demo starts without the test tools, which take twice as long to install as all the rest.
DEMO_TOOLS := .venv/demo-$(call checksum,requirements-demo.lock)
TEST_TOOLS := .venv/test-$(call checksum,requirements-dev.lock)
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-input --no-compile --no-deps --require-hashes

# Half a dozen processes import the same packages: without their bytecode each would compile them all again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check format migrate bench judge lock

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(DEMO_TOOLS) ## The whole service on this machine, with a fictional hospital (PORT=8000)
	@exec $(BIN)/python -m tumorboard.demo run --port "$(PORT)"

demo-reset: $(DEMO_TOOLS) ## Forget all that the demo kept
	@exec $(BIN)/python -m tumorboard.demo reset

test: $(TEST_TOOLS) ## The tests, in parallel, against real servers (ONLY=tests/domain for some)
	@exec $(BIN)/python -m pytest $(ONLY)

check: $(TEST_TOOLS) ## Format, lint, types, imports, templates; changes nothing
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@found=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$found"; exit 1; }
	@$(BIN)/djlint templates --lint --quiet

format: $(TEST_TOOLS) ## Write the code as `make check` wants it
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

migrate: $(DEMO_TOOLS) ## Bring the tables of TUMORBOARD_DATABASE_URL up to date
	@exec $(BIN)/python -m tumorboard migrate

bench: $(TEST_TOOLS) ## The figures of benchmarks/, as ratios
	@exec $(BIN)/python -m benchmarks

LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
  --no-annotate --no-header --no-emit-index-url --no-emit-find-links

judge: $(TEST_TOOLS) ## A half-year of calendars before judges that nobody here wrote (JUDGES=their folder)
	@exec $(BIN)/python -m tests.judge "$(JUDGES)"

lock: $(TEST_TOOLS) ## Write the three locks after a change in pyproject.toml
	@$(LOCK) --output-file requirements.lock >/dev/null
	@$(LOCK) --extra demo --output-file requirements-demo.lock >/dev/null
	@$(LOCK) --extra demo --extra test --output-file requirements-dev.lock >/dev/null

define why_not
{ echo "The packages could not be installed: see .venv/pip.log, mend the way to the package registry, try again." >&2; exit 1; }
endef

$(DEMO_TOOLS):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Tumorboard needs Python 3.11 or later; install it, or say where it is: make demo PYTHON=/path/to/it" >&2; exit 1; }
	@echo "Making the environment in .venv; this takes about a minute, once …"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || \
	  { echo "Python cannot make an environment here; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(INSTALL) -r requirements-demo.lock >.venv/pip.log 2>&1 || $(why_not)
	@touch $@

$(TEST_TOOLS): $(DEMO_TOOLS)
	@echo "Adding the test tools to .venv; this takes about a minute, once …"
	@$(INSTALL) -r requirements-dev.lock >.venv/pip.log 2>&1 || $(why_not)
	@touch $@
