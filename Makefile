# Weibao. `make demo` shows the whole thing; `make help` lists the rest.
#
# Every path below is relative and every tool is run as a module of .venv's own Python, so that the
# folder may have any name and may be moved.

PYTHON ?=
PORT   ?= 8000

DEMO := build/demo
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY     := "$(BIN)/python"
PIP    := $(PY) -m pip --disable-pip-version-check --quiet --quiet
WEIBAO := $(PY) -m weibao
MKDOCS := $(PY) -m mkdocs

# What the caller's shell or a git hook has set must not reach into this project's environment.
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export PIP_ROOT_USER_ACTION := ignore
# Material for MkDocs prints an advertisement for its successor unless it is told not to.
export NO_MKDOCS_2_WARNING := 1

# Tests of what is not on this machine; `make test` says so.
LEFT_OUT = $$(command -v chromium >/dev/null 2>&1 || echo --ignore=tests/browser) \
           $$([ -e .venv/neighbours.stamp ] || echo --ignore=tests/neighbours)

.DELETE_ON_ERROR:
.PHONY: help demo test pictures serve site check lint format coverage hooks bench dist clean

help:
	@echo 'make demo      a year of an example contract with its history, its figures and its site'
	@echo 'make serve     read the example site at http://127.0.0.1:$(PORT)/ (PORT=… for another)'
	@echo 'make test      every test'
	@echo 'make pictures  the papers of the tests, page by page as pictures to look at, into build/pictures/'
	@echo 'make lint      style, types, layers, catalogues'
	@echo 'make format    write the code as make lint wants it, as far as that needs no judgement'
	@echo 'make check     judge the records of this repository'
	@echo 'make site      build the site of this repository, strictly, into site/'
	@echo 'make coverage  every test, and which lines and branches none of them took, into build/coverage/'
	@echo 'make hooks     let git ask before each commit and push what can be asked quickly'
	@echo 'make bench     measure, and write benchmarks/RESULTS.md'
	@echo 'make dist      the archive of the sources and the wheel, into dist/, and whether they are whole'
	@echo 'make clean     remove everything that was made, .venv included'

demo: .venv/catalogues.stamp
	@rm -rf $(DEMO)
	@$(WEIBAO) demo $(DEMO)
	@echo && echo '== weibao check' && $(WEIBAO) -C $(DEMO) check
	@echo && echo '== weibao status' && $(WEIBAO) -C $(DEMO) status
	@echo && echo '== weibao sla (its last lines)' && $(WEIBAO) -C $(DEMO) sla > build/sla.txt && tail -n 6 build/sla.txt
	@echo && echo '== mkdocs build' && $(MKDOCS) --quiet build -f $(DEMO)/mkdocs.yml
	@echo
	@echo 'The example contract is in $(DEMO): a git repository like any other.'
	@echo '  its site             make serve, then http://127.0.0.1:$(PORT)/  (or open $(DEMO)/site/index.html)'
	@echo '  its tickets          $(BIN)/weibao -C $(DEMO) ticket list'
	@echo '  every verdict        $(BIN)/weibao -C $(DEMO) sla'
	@echo '  why a verdict is so  $(BIN)/weibao -C $(DEMO) explain TICKET'
	@echo '  is it sound?         $(BIN)/weibao -C $(DEMO) audit'
	@echo '  without this tool    git -C $(DEMO) log --numstat -- records/tickets'

$(DEMO)/mkdocs.yml:
	@$(MAKE) --no-print-directory demo

serve: $(DEMO)/mkdocs.yml .venv/catalogues.stamp
	@$(MKDOCS) serve -f $(DEMO)/mkdocs.yml -a 127.0.0.1:$(PORT)

test: .venv/dev.stamp .venv/catalogues.stamp
	@for shell in bash zsh fish; do command -v $$shell >/dev/null 2>&1 || \
	echo "There is no $$shell here: its completion is not tried (apt install $$shell brings it; .ci/run does so)"; done
	@command -v chromium >/dev/null 2>&1 || \
	echo 'There is no chromium here: leaving out tests/browser (apt install chromium brings it; .ci/run does so)'
	@$(MAKE) --no-print-directory .venv/neighbours.stamp || \
	echo 'The packages of npm cannot be had here: leaving out tests/neighbours (make .venv/neighbours.stamp tries again)'
	@$(PY) -m pytest $(LEFT_OUT)

pictures: .venv/dev.stamp .venv/catalogues.stamp
	@PICTURES=build/pictures $(PY) -m pytest -n0 -q tests/render/papers/test_pdf.py -k every_page
	@ls build/pictures

lint: .venv/dev.stamp .venv/catalogues.stamp
	@$(PY) -m ruff check --no-cache .
	@$(PY) -m ruff format --no-cache --check .
	@$(PY) -m mypy
	@"$(BIN)/lint-imports" --no-cache
	@$(PY) -m pytest -n0 -q tests/test_catalogues.py

format: .venv/dev.stamp
	@$(PY) -m ruff check --no-cache --fix-only .
	@$(PY) -m ruff format --no-cache .

# Coverage starts in each process by itself, so what the tests run as commands is counted as well.
coverage: .venv/dev.stamp .venv/catalogues.stamp
	@rm -rf build/coverage
	@$(PY) -m coverage run -m pytest $(LEFT_OUT)
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage html --quiet
	@$(PY) -m coverage report

hooks: .venv/dev.stamp .venv/catalogues.stamp
	@$(PY) -m pre_commit install

check: .venv/catalogues.stamp
	@$(WEIBAO) check

site: .venv/catalogues.stamp
	@$(MKDOCS) build --strict

bench: .venv/dev.stamp .venv/catalogues.stamp
	@$(PY) -m benchmarks

# The wheel is made from the archive, so that who has the archive alone can make the same wheel.
dist: .venv/catalogues.stamp
	@rm -rf dist
	@$(PY) -m hatchling build --target sdist --directory dist >/dev/null
	@$(PIP) wheel --no-index --no-deps --no-build-isolation --wheel-dir dist dist/*.tar.gz
	@$(PY) tools/check_distribution.py dist

clean:
	rm -rf .venv build dist site .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find tools -name '*.mo' -exec rm -f {} +

# --- what the targets above need; each is made once and again when what it is made from changes ---

# Finds a Python that can make an environment, or says in one line what to install.
.venv/pyvenv.cfg:
	@command -v git >/dev/null 2>&1 || { \
	  echo 'Weibao needs git 2.31 or newer: apt install git (Debian), brew install git (macOS), winget install Git.Git (Windows).' >&2; exit 1; }
	@found=; bare=; \
	for one in "$(PYTHON)" python3.13 python3.12 python3.11 python3 python; do \
	  [ -n "$$one" ] || continue; \
	  if "$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    if "$$one" -c 'import ensurepip, venv' >/dev/null 2>&1; then found=$$one; break; fi; \
	    bare=$$one; \
	  fi; \
	  [ -z "$(PYTHON)" ] || break; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
	  echo "Weibao needs the venv module of $$bare: apt install $$("$$bare" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])') (Debian); the installers for macOS and Windows bring it." >&2; exit 1; \
	elif [ -z "$$found" ]; then \
	  echo 'Weibao needs Python 3.11, 3.12 or 3.13: apt install python3 python3-venv (Debian), brew install python@3.13 (macOS), winget install Python.Python.3.13 (Windows); or name one: make PYTHON=/path/to/python …' >&2; exit 1; \
	fi; \
	echo "Making .venv with $$("$$found" -V) (once)"; \
	"$$found" -m venv --clear .venv

# An environment that was moved along with its folder still points to the old place.
ifneq ($(shell cat .venv/where 2>/dev/null),$(CURDIR))
.PHONY: .venv/run.stamp
endif

.venv/run.stamp: .venv/pyvenv.cfg requirements/run.lock pyproject.toml tools/compile_catalogues.py
	@echo 'Installing the locked packages into .venv (once, and when requirements/run.lock changes)'
	@$(PIP) install --require-hashes -r requirements/run.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@printf '%s' '$(subst ','\'',$(CURDIR))' > .venv/where
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.lock
	@echo 'Installing the locked tools for development into .venv (once, and when requirements/dev.lock changes)'
	@$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

# Programs of npm that read this project's files, run by the Node that requirements/dev.lock brings.
.venv/neighbours.stamp: .venv/dev.stamp tests/neighbours/package-lock.json
	@echo 'Installing the locked packages of npm into .venv (once, and when tests/neighbours/package-lock.json changes)'
	@rm -rf $@ .venv/neighbours && mkdir -p .venv/neighbours
	@cp tests/neighbours/package.json tests/neighbours/package-lock.json .venv/neighbours
	@"$(BIN)/npm" ci --prefix .venv/neighbours --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.venv/catalogues.stamp: .venv/run.stamp $(wildcard tools/weibao/locale/*/LC_MESSAGES/*.po)
	@$(PY) tools/compile_catalogues.py > $@
