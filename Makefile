# Every target makes .venv for itself, from $(PYTHON), with the versions in constraints.txt.
PYTHON ?= python3
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
HTML := _build/html
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --dist loadfile

# Processes share the cores here: threads of BLAS would only wait for each other.
export OPENBLAS_NUM_THREADS ?= 1

.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help book test check slow lint replay notebooks bench data clean distclean

help:
	@echo 'make book       build the book, executed and strict: $(HTML)/index.html'
	@echo 'make test       check, slow tests, replay every notebook, build the book, test the built pages in a browser'
	@echo 'make check      lint, types, import contracts, unit tests (3 minutes; 90 seconds once kernels are compiled)'
	@echo 'make bench      print the benchmark ratios'
	@echo 'make notebooks  run the notebooks and record the .ipynb that `make test` replays'
	@echo 'make data       compute what is stored in crustlib/data, draw the pictures in book/images (hours)'
	@echo 'make clean      remove what was built (make distclean: and .venv)'

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.version_info >= (3, 11, 5) or sys.exit("Crustlib needs Python 3.11.5 or later; $(PYTHON) is " + v + ". Try: make PYTHON=python3.12 ...")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo 'This Python has no venv (on Debian: apt-get install python3-venv)'; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[book,md,test]'
	@touch $@

# -W fails the build on a warning, after all pages were tried. What a failed build read is forgotten,
# since a page read once does not warn again.
book: $(READY)
	@$(BIN)/jupyter-book build -W -n --keep-going . || { rm -rf _build/.doctrees; exit 1; }

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The longest chains of kernels compile while the source is checked: once, and not in each of the workers.
COMPILE := import gc; gc.disable(); from crustlib import crusts; crusts

check: $(READY)
	@$(BIN)/python -c '$(COMPILE).accreted("AME2016+FRDM95", pressure_max=1e-6)' & network=$$!; \
	$(BIN)/python -c '$(COMPILE).nse(0.01, 0.4)' & equilibrium=$$!; \
	$(MAKE) --no-print-directory lint && wait $$network && $(PYTEST) -m 'not book and not slow' && wait $$equilibrium

replay: $(READY)
	$(PYTEST) --nbval notebooks --nbval-sanitize-with tests/nbval_sanitize.cfg

slow: $(READY)
	$(PYTEST) -m slow tests

test: check slow replay book
	$(PYTEST) --dist worksteal -m book tests

notebooks: $(READY)
	$(BIN)/python notebooks/record.py

bench: $(READY)
	$(BIN)/python -m benchmarks

data: $(READY)
	$(BIN)/python book/make_data.py
	$(BIN)/python book/make_images.py
	$(BIN)/python book/make_bands.py
	$(BIN)/python book/make_simulations.py

clean:
	rm -rf _build build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find crustlib book tests benchmarks notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)
