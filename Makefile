# Each target sets up what it needs. `make site` and `make test` are the two to know.
.POSIX:
.SUFFIXES:
.PHONY: help site serve test check docs lock dist soak fuzz bench bench-large audit mutants clean

PYTHON = python3
RUN = .venv/bin/
INSTALL = $(RUN)pip install --quiet --disable-pip-version-check
LINT = $(RUN)ruff check . && $(RUN)ruff format --check . && $(RUN)codespell && $(RUN)mypy
READY = .venv/.ready
NODE_READY = tests/node/node_modules/.ready
AUDIT_READY = tests/audit/node_modules/.ready

help:
	@echo 'make site    set up, ingest the listings, check the content, build the website into site/'
	@echo 'make serve   show the website live at http://127.0.0.1:8000/ while you edit'
	@echo 'make test    run all tests (those of Chromium and Node if these are installed)'
	@echo 'make check   lint, check types, run the quick tests'
	@echo 'make soak    run what takes hours: fuzzing, kills, long scripts of edits, load'
	@echo 'make fuzz    damage examples of each format for ten minutes; or MINUTES=1 FORMATS=ris'
	@echo 'make bench   build 10,000 papers with Broadsheet, Hugo and Zola in turn, and print the ratios'
	@echo 'make bench-large   100,000 papers, and 1,000,000 with Broadsheet; takes hours and some 20 GB of memory'
	@echo 'make audit   run Lighthouse on a page of each kind, as a phone shows it'
	@echo 'make mutants make 200 small faults, one at a time, and print those that no test notices; takes an hour or more'
	@echo 'make docs    write the reference in docs/ again, from types and docstrings, and build docs/site/'
	@echo 'make lock    write requirements.lock again, with the newest versions that pyproject.toml allows'
	@echo 'make dist    build the wheel and the sdist into dist/, and try both on each Python found'
	@echo 'make clean   remove the website and the environment'

site: $(READY)
	@echo '== Ingest: content/listings/ into content/papers/'
	@$(RUN)broadsheet ingest
	@echo '== Check: content and templates'
	@$(RUN)broadsheet check
	@echo '== Build: the website'
	@$(RUN)broadsheet build
	@echo 'The website is in site/. `make serve` shows it at http://127.0.0.1:8000/.'
	@echo 'The command is $(RUN)broadsheet; `uv tool install .` or `pipx install .` puts it on your PATH.'

serve: $(READY)
	@$(RUN)broadsheet serve

test: $(READY) node
	@echo '== Lint and types'
	@$(LINT)
	@echo '== Tests'
	@$(RUN)pytest -n auto --dist worksteal -m 'not soak'

check: $(READY)
	@echo '== Lint and types'
	@$(LINT)
	@echo '== Quick tests'
	@$(RUN)pytest -n auto --dist worksteal -m 'not slow and not browser and not node and not soak'

soak: $(READY)
	@echo '== Fuzzing: fifty times the examples of each property'
	@SOAK=1 $(RUN)pytest -n auto -m 'not soak' tests/listings/test_properties.py tests/listings/test_fuzzed.py tests/listings/pages/test_laws.py tests/listings/pages/test_invented_headings.py tests/text tests/ingest tests/library tests/records tests/related
	@echo '== Kills, long edit scripts'
	@$(RUN)pytest -n auto -m soak -rA --ignore tests/serve tests
	@echo '== Load'
	@$(RUN)pytest -m soak -rA tests/serve

MINUTES = 10
fuzz: $(READY)
	@$(RUN)python -m tests.listings.fuzz $(MINUTES) $(FORMATS)

bench: $(READY)
	@$(RUN)python -m tests.bench.run

bench-large: $(READY)
	@$(RUN)python -m tests.bench.run large

audit: $(READY) $(AUDIT_READY)
	@$(RUN)python -m tests.audit.run

mutants: $(READY)
	@$(RUN)python -m tests.mutants.run

docs: $(READY)
	@$(RUN)python -m docs.reference
	@$(RUN)python -m docs.pages

clean:
	rm -rf .venv tests/node/node_modules tests/audit/node_modules docs/site docs/.broadsheet
	test ! -d .broadsheet || find .broadsheet -mindepth 1 -maxdepth 1 ! -name mail -exec rm -r {} + # mail/ tells who has an issue
	find site -mindepth 1 ! -name .gitkeep -delete

$(READY): pyproject.toml requirements.lock
	@echo '== Set up: a Python environment in .venv'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory venv
	@$(PYTHON) -m venv .venv
	@$(INSTALL) --use-pep517 --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $(READY)

# The exact versions of all that is installed, with digests, for every Python and system it runs on.
lock: $(READY)
	@$(INSTALL) uv
	@$(RUN)uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links --extra dev --output-file requirements.lock pyproject.toml

dist: $(READY)
	@echo '== Build: the wheel and the sdist into dist/'
	@rm -rf dist
	@$(RUN)hatchling build
	@.ci/try-dist

# Debian has the module that makes environments in a package of its own.
.PHONY: venv
venv:
	@echo '== Set up: python3-venv, which Python needs here to make an environment'
	@test "$$(id -u)" = 0 || { echo 'Run as root: apt install python3-venv'; exit 1; }
	@apt-get update -qq && apt-get install -qq -y --no-install-recommends python3-venv >/dev/null

# The validators that come from npm. Without npm their tests are skipped, unless CI=true.
.PHONY: node
node:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(NODE_READY); fi

$(NODE_READY): tests/node/package-lock.json
	@echo '== Set up: validators from npm in tests/node'
	@cd tests/node && npm ci --silent --no-audit --no-fund
	@touch $(NODE_READY)

$(AUDIT_READY): tests/audit/package-lock.json
	@echo '== Set up: Lighthouse from npm in tests/audit'
	@cd tests/audit && npm ci --silent --no-audit --no-fund
	@touch $(AUDIT_READY)
