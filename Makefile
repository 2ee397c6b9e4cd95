# make run · make test · make check · make help
PYTHON ?= python3
PORT ?= 8000
export PORT
VENV_PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test test-next check bench screenshots format lock prepare-run prepare-test

help: ## say what there is
	@echo "AlluraDerm"
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 18

run: prepare-run ## serve the site with its sample clinic (PORT=8000)
	@exec $(VENV_PYTHON) manage.py run_demo

test: prepare-test ## run every test this machine can run
	@exec $(VENV_PYTHON) tests/run.py

check: prepare-test ## formatting, lint, types, layers, templates, migrations
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m djlint templates --check --quiet
	$(VENV_PYTHON) -m mypy
	PYTHONPATH=site:. .venv/bin/lint-imports --no-cache
	$(VENV_PYTHON) manage.py makemigrations --check --dry-run

bench: prepare-test ## measure pages, growth, sealing, photos, many posts, kills; with BENCH_DATABASE_URL a million requests
	PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.test $(VENV_PYTHON) -m tests.bench.web
	$(VENV_PYTHON) -m tests.bench.growth
	$(VENV_PYTHON) tests/bench/costs.py
	$(VENV_PYTHON) tests/system/storm.py $(if $(BENCH_DATABASE_URL),--database $(BENCH_DATABASE_URL))
	@if [ -n "$(BENCH_DATABASE_URL)" ]; then $(VENV_PYTHON) tests/bench/inbox.py "$(BENCH_DATABASE_URL)"; \
	else echo "left out: a million requests in the inbox. Set BENCH_DATABASE_URL to an empty PostgreSQL database."; fi

screenshots: prepare-test ## take pictures of every kind of page, phone and desktop, light and dark (ONLY="home form")
	$(VENV_PYTHON) -m tests.browser.screenshots $(ONLY)

format: prepare-test ## put code and templates into shape
	$(VENV_PYTHON) -m ruff format .
	$(VENV_PYTHON) -m ruff check --fix .
	-$(VENV_PYTHON) -m djlint templates --reformat --quiet

COMPILE := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --quiet --custom-compile-command "make lock"

lock: prepare-test ## compile the requirements, and those of the next Wagtail
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	grep -hv '^-c' requirements.in requirements-dev.in | sed 's/^wagtail[>=].*/wagtail>=8.0,<8.1/' | $(COMPILE) - -o requirements-next.txt

# Percent of lines and branches that the tests of this round must run.
COVERAGE_FLOOR := 94
COVERAGE := --cov --cov-report=term:skip-covered --cov-fail-under=$(COVERAGE_FLOOR)

test-next: ## run the tests on the next Wagtail, on SQLite; with CI=true also measure coverage
	@$(PYTHON) deploy/local/bootstrap.py next
	@exec .venv-next/bin/python -m pytest -n auto -q -m "not browser" $(if $(CI),$(COVERAGE))

prepare-run:
	@$(PYTHON) deploy/local/bootstrap.py run

prepare-test:
	@$(PYTHON) deploy/local/bootstrap.py test
