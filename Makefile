# Prongsai: `make run` and `make test` set up all they need in .venv and then do their work.
# Once set up, both do without the network. uv is used where it works, venv and pip otherwise.

# Set on the command line, as in `make run RAW=my/reports`; the environment does not reach these.
PYTHON = python3
RAW = data/raw
OUT = data/processed
PYTEST_ARGS = -n 2 --dist loadgroup

# System packages that run and test want, each as package or package:program (a program that is
# already on the PATH counts, wherever it came from).
SYSTEM_PACKAGES = tesseract-ocr:tesseract tesseract-ocr-tha tesseract-ocr-eng
# What the tests want besides: the browser that the dashboard is tested in.
TEST_PACKAGES = chromium:chromium
# Needed only by the benchmarks; `make bench` says which are missing.
BENCH_PACKAGES = chromium:chromium libreoffice-writer-nogui:soffice libreoffice-calc-nogui \
	fonts-thai-tlwg fonts-dejavu-core npm:npm default-jre-headless:java
# The seed of the reported corpus (10 and above did not serve to develop), and its place.
SEED = 3000
CORPUS = build/corpus-$(SEED)
SCANS = build/scans-$(SEED)
# Needed only to make the sample reports again; `make samples` says which are missing.
SAMPLE_PACKAGES = chromium:chromium libreoffice-writer-nogui:soffice fonts-thai-tlwg poppler-utils:pdftoppm

VENV := .venv
VENV_PYTHON := $(VENV)/bin/python
BENCH_VENV := .venv-bench
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)

ifdef UV
MAKE_VENV = uv venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV)
PIP_INSTALL = uv pip install --quiet --python $(VENV_PYTHON)
else
MAKE_VENV = $(PYTHON) -m venv $(VENV)
PIP_INSTALL = $(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check
endif

LOCK = uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test samples bench system test-system sample-system bench-system lock audit clean
# The steps of a target are in order, also under make -j.
.NOTPARALLEL:

help:  ## say what each command does
	@echo "Prongsai: make COMMAND"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: system $(VENV)/.run-ready  ## set up, then turn the reports of data/raw into data/processed (RAW=, OUT=)
	$(VENV_PYTHON) -m prongsai run "$(RAW)" --out "$(OUT)"

test: system test-system $(VENV)/.test-ready  ## set up, then check format, lint, types and run the tests (PYTEST_ARGS=)
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m mypy --strict
	$(VENV_PYTHON) -m pytest $(PYTEST_ARGS)

samples: sample-system $(VENV)/.test-ready  ## make the fictitious sample reports of data/raw again
	$(VENV_PYTHON) data/make_samples

bench: system bench-system $(VENV)/.run-ready $(BENCH_VENV)/.ready  ## typeset a corpus and read it beside other tools (SEED=; takes an hour)
	$(BENCH_VENV)/bin/python -m benchmarks.corpus $(CORPUS) --seed $(SEED)
	$(BENCH_VENV)/bin/python -m benchmarks.pdf_bench $(CORPUS)
	$(BENCH_VENV)/bin/python -m benchmarks.pdf_bench $(CORPUS) --long
	$(BENCH_VENV)/bin/python -m benchmarks.scan_corpus $(SCANS) --seed $(SEED) --from $(CORPUS)
	$(BENCH_VENV)/bin/python -m benchmarks.scan_bench $(SCANS)
	@for folder in icdar2013-us:icdar_bench pdf:real_bench; do \
		if [ -d "../shared/$${folder%%:*}" ]; then \
			$(BENCH_VENV)/bin/python -m "benchmarks.$${folder#*:}" "../shared/$${folder%%:*}"; \
		else echo "no ../shared/$${folder%%:*}: $${folder#*:} is left out" >&2; fi; \
	done

lock:  ## write the lock files from pyproject.toml (UPGRADE=1: newest versions); needs uv
	@uv --version >/dev/null 2>&1 || { echo "make lock needs uv: https://docs.astral.sh/uv" >&2; exit 1; }
	$(LOCK) --extra dev --extra cluster --extra parquet -o requirements-dev.lock pyproject.toml
	$(LOCK) -c requirements-dev.lock -o requirements.lock pyproject.toml
	$(LOCK) -c requirements-dev.lock --extra bench -o requirements-bench.lock pyproject.toml
	$(PYTHON) -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" \
		| $(LOCK) -c requirements-dev.lock -o requirements-build.lock -

audit:  ## look for known weaknesses of the locked dependencies; needs uv and the network
	@uv --version >/dev/null 2>&1 || { echo "make audit needs uv: https://docs.astral.sh/uv" >&2; exit 1; }
	uvx pip-audit --strict --disable-pip --require-hashes -r requirements-dev.lock

clean:  ## remove .venv, caches and what a run wrote
	rm -rf $(VENV) $(BENCH_VENV) dist build analyze/dashboard/built .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -f *__mypyc.*.so *__mypyc.*.pyd extract/*.so extract/*.pyd extract/pdf/*.so extract/pdf/*.pyd
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find data/processed -mindepth 1 ! -name .gitkeep -delete

# --- setting up -------------------------------------------------------------------------------

# Each stamp stands for a finished step and lies in .venv, so it goes when .venv goes.
# A .venv whose Python is gone, or that was made in another folder, is made anew.
ifneq ($(wildcard $(VENV)/.made),)
ifneq ($(shell $(VENV_PYTHON) -c 'print(open("$(VENV)/.made").read())' 2>/dev/null),$(CURDIR))
$(shell rm -rf $(VENV))
endif
endif

$(VENV)/.made:
	@$(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		echo "Prongsai needs Python 3.11 or later; $(PYTHON) is $$(command -v $(PYTHON) >/dev/null && $(PYTHON) --version 2>&1 || echo not there)." >&2; \
		echo "Install a newer one, or name one that is there: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
		exit 1; }
	@$(if $(UV),true,$(PYTHON) -c 'import ensurepip, venv') 2>/dev/null || { \
		echo "$(PYTHON) has no venv module, and uv is not installed." >&2; \
		echo "On Debian and Ubuntu: sudo apt-get install python3-venv. Or install uv: https://docs.astral.sh/uv" >&2; \
		exit 1; }
	@if $(VENV_PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null; then \
		echo "Setting up in the $(VENV) that is there, with $(if $(UV),uv,pip)" >&2; \
	else \
		echo "Setting up $(VENV) with $$($(PYTHON) --version) and $(if $(UV),uv,pip)" >&2; \
		rm -rf $(VENV) && $(MAKE_VENV); \
	fi
	@printf '%s' '$(CURDIR)' > $@

# A .venv that uv made has no pip of its own; without uv it gets Python's bundled one.
define install
	@$(if $(UV),true,$(VENV_PYTHON) -m pip --version >/dev/null 2>&1 || $(VENV_PYTHON) -m ensurepip >/dev/null)
	@echo "Installing $(1)" >&2
	@$(PIP_INSTALL) --require-hashes $(foreach lock,$(1),-r $(lock))
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
endef

# The package, and what of it is built.
PACKAGE = pyproject.toml hatch_build.py analyze/dashboard/vega.py extract/pdf/_each.c \
	$(wildcard extract/*.py extract/pdf/*.py)

$(VENV)/.run-ready: requirements.lock requirements-build.lock $(PACKAGE) $(VENV)/.made
	$(call install,requirements.lock requirements-build.lock)

$(VENV)/.test-ready: requirements-dev.lock $(PACKAGE) $(VENV)/.made
	$(call install,requirements-dev.lock)

$(BENCH_VENV)/.ready: requirements-bench.lock pyproject.toml
	$(subst $(VENV),$(BENCH_VENV),$(MAKE_VENV))
	$(subst $(VENV_PYTHON),$(BENCH_VENV)/bin/python,$(PIP_INSTALL)) --require-hashes -r requirements-bench.lock
	@touch $@

# --- system packages --------------------------------------------------------------------------

# Installs what is missing where apt-get and the rights are there. Elsewhere it says what is
# missing and how to get it, and goes on: what needs them is then skipped, visibly.
define install_system
	@missing=""; \
	for entry in $(1); do \
		package=$${entry%%:*}; program=$${entry#"$$package"}; program=$${program#:}; \
		if [ -n "$$program" ] && command -v "$$program" >/dev/null 2>&1; then continue; fi; \
		if dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q ' installed$$'; then continue; fi; \
		missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	as_root=""; \
	if [ "$$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi; \
	if command -v apt-get >/dev/null 2>&1 && $$as_root true 2>/dev/null; then \
		echo "Installing system packages:$$missing" >&2; \
		get="$$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq"; \
		if { $$get install -y --no-install-recommends $$missing \
			|| { $$get update && $$get install -y --no-install-recommends $$missing; }; } >/dev/null 2>&1; \
		then exit 0; fi; \
	fi; \
	echo "Missing system packages:$$missing" >&2; \
	echo "  Debian and Ubuntu: sudo apt-get install$$missing" >&2; \
	echo "  Elsewhere: the packages of the same programs. What needs them is skipped until then." >&2
endef

system:  ## install the system packages that run and test want, where the rights are there
	$(call install_system,$(SYSTEM_PACKAGES))

test-system:
	$(call install_system,$(TEST_PACKAGES))

sample-system:
	$(call install_system,$(SAMPLE_PACKAGES))

bench-system:
	$(call install_system,$(BENCH_PACKAGES))
