# Two commands do everything on a fresh machine with Python 3.11+ and make: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: setup demo test check quality bench lock clean

setup: $(READY)

# What is installed is what the lock file says, hash by hash; our own rooms are installed in place.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Sectorscope needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)
	$(BIN)/sectorscope demo

# Three at a time on two cores: tests of flows and schedules mostly wait for a server.
test: $(READY)
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

quality: $(READY)
	$(BIN)/python -m benchmarks.quality

# Peers that we measure against live in an environment of their own: nothing here may come to depend on them.
bench: $(READY)
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r benchmarks/requirements.lock

# Needs uv. The lock names no package index, so that it works with any.
LOCK := uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-strip-extras --no-header --no-annotate
lock:
	$(LOCK) --extra test --extra check --extra dask -o requirements.lock
	$(LOCK) --extra test --extra bench -c requirements.lock -o benchmarks/requirements.lock

clean:
	rm -rf $(VENV) .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis demo-workspace
