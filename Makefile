# The table's commands. `make run` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
READY := $(PYTHON) cms_table/bootstrap.py
TOOL := .venv/bin/python -m
MANAGE := .venv/bin/python manage.py

.PHONY: help run stop test exhaustive fuzz faults everyone read-aloud check audit fix bench practice database lock python ready tools

help:
	@echo "make run       open the table at http://localhost:8000 (PORT=8001 for another port)"
	@echo "make stop      close it, with everything that it started"
	@echo "make test      run every test, the browser's included"
	@echo "make exhaustive  the visibility matrix for the whole cast, twins included"
	@echo "make fuzz      anything to every form and address, by everyone, at every stage; and what time tells (FUZZ_SEED=… again)"
	@echo "make faults    plant ten faults, one after the other, and see each caught"
	@echo "make everyone  each page in each state, by axe and by eye, in every window, medium and seat"
	@echo "make read-aloud  write anew what a screen reader says of the main states, to be read and kept"
	@echo "make check     format, lint, types, migrations, deployment, translations"
	@echo "make audit     ask for known weaknesses of the packages, where they can be reached"
	@echo "make fix       format, and mend what can be mended by itself"
	@echo "make bench     measure the busiest pages, the two commands and the coach"
	@echo "make practice  play a fresh practice season"
	@echo "make database  prepare the Postgres server of DATABASE_URL"
	@echo "make lock      compile requirements.in and requirements-dev.in"

python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11 or newer, or name one with PYTHON=." >&2; exit 1; }

ready: python
	@$(READY) ready

tools: python
	@$(READY) tools

run: python
	@$(READY) run

stop:
	@if [ -x .venv/bin/python ]; then $(MANAGE) stop; else echo "The table was not open."; fi

test: python
	@$(READY) test

exhaustive: python
	@EXHAUSTIVE=1 $(READY) test tests/test_visibility_matrix.py tests/test_no_page_leaks.py -n 2

fuzz: python
	@FUZZ_SEED=$${FUZZ_SEED:-$$($(PYTHON) -c 'import secrets; print(secrets.randbelow(10**9))')}; export FUZZ_SEED; echo "FUZZ_SEED=$$FUZZ_SEED"; \
		$(READY) test -p tests.told_at_the_end tests/test_fuzz.py tests/test_oracles.py -n 2

faults: python
	@$(READY) tools
	$(TOOL) tests.planted_faults

everyone: python
	@EVERYONE=1 $(READY) test tests/browser/everyone -n 2

read-aloud: python
	@READ_ALOUD=approve $(READY) test tests/browser/everyone/test_read_aloud.py
	@git diff --stat tests/browser/everyone/read_aloud

# Production's own settings are examined, with keys made for the occasion; no database is needed.
check: tools
	$(TOOL) ruff format --check .
	$(TOOL) ruff check .
	$(TOOL) djlint templates --lint --quiet
	$(TOOL) mypy .
	TABLE_VAR=var/check $(MANAGE) makemigrations --check --dry-run; said=$$?; TABLE_VAR=var/check $(MANAGE) stop >/dev/null; exit $$said
	PRODUCTION=1 PRACTICE=0 ALLOWED_HOSTS=table.example SITE_ADDRESS=https://table.example DATABASE_URL=postgres://cms_web@localhost/table \
		EMAIL_URL=smtp+tls://mail.example:587 MAIL_FROM=table@table.example \
		SECRET_KEY="$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		RELEASE_SECRET="$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) check_translations
	$(MANAGE) plain_language

audit: tools
	@$(MANAGE) audit

fix: tools
	$(TOOL) ruff check --fix .
	$(TOOL) ruff format .
	$(TOOL) djlint templates --reformat --quiet

bench: tools
	@$(MANAGE) bench

practice: ready
	@$(MANAGE) practice --fresh

database: ready
	@$(MANAGE) prepare_database

lock: tools
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url requirements.in -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url requirements-dev.in -o requirements-dev.txt
