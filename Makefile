# `make run` and `make test` need Python 3.11 or later and nothing else. Every path is relative:
# the tracker may live in a folder whose name holds spaces.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test bench soak lint audit pictures places password backup restore doctor

PYTHON := .venv/bin/python
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(PYTHON) -m pip

help:
	@echo "make run       serve the tracker at http://127.0.0.1:8000/ (another port: make run PORT=8001)"
	@echo "make test      run the tests (some of them: make test ARGS='-k merge')"
	@echo "make bench     measure how long searching and serving take"
	@echo "make soak      run the long tests: restores, kills, power cuts, full disks, abuse"
	@echo "make lint      check style, types, layers, migrations and the API's description"
	@echo "make audit     ask what is known against the versions of what the tracker needs"
	@echo "make pictures  take the pictures of the README and the documentation anew"
	@echo "make places    load gazetteers and boundaries: make places FILES='SY.txt boundaries.geojson'"
	@echo "make password  give the user admin a new password and show it"
	@echo "make backup    write the database and its evidence into one file: make backup FILE=..."
	@echo "make restore   put such a file back: make restore FILE=... (ARGS=--replace over what is there)"
	@echo "make doctor    say what is wrong with this installation, and what to look at"

run: .venv/requirements.stamp
	@exec $(PYTHON) manage.py start

# On all cores; on one, as a debugger needs it, with ARGS=-n0.
test: .venv/requirements-dev.stamp
	@$(PYTHON) -m pytest -n auto --dist loadfile $(ARGS)

bench: .venv/requirements-dev.stamp
	@$(PYTHON) -m pytest -m benchmark -rP tests/benchmarks $(ARGS)

soak: .venv/requirements-dev.stamp
	@$(PYTHON) -m pytest -m soak -rP $(ARGS)

# Each command is shown, so that the one that fails is known. No database is touched.
lint: export DJANGO_SETTINGS_MODULE := tests.settings
lint: export DATABASE_URL := sqlite://:memory:
lint: .venv/requirements-dev.stamp
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	find templates tracker -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	$(PYTHON) -m mypy
	$(PYTHON) -c 'from importlinter.cli import lint_imports_command as check; check()'
	$(PYTHON) manage.py check --fail-level WARNING
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) manage.py spectacular --validate --fail-on-warn --file /dev/null

# In an environment of its own, for what it needs is no part of the tracker. It asks the package index
# what is known against each pinned version, and fails where it is not answered.
audit: $(PYTHON)
	@$(PYTHON) -m venv var/audit
	@var/audit/bin/python -m pip install -qq pip-audit
	@var/audit/bin/pip-audit --strict --no-deps --disable-pip -r requirements.txt

pictures: .venv/requirements-dev.stamp
	@$(PYTHON) -m tests.browser.pictures

places: .venv/requirements.stamp
	@$(PYTHON) manage.py load_places $(FILES)

password: .venv/requirements.stamp
	@$(PYTHON) manage.py admin_password

backup: .venv/requirements.stamp
	@$(PYTHON) manage.py backup $(if $(FILE),"$(FILE)") $(ARGS)

restore: .venv/requirements.stamp
	@$(PYTHON) manage.py restore $(if $(FILE),"$(FILE)") $(ARGS)

doctor: .venv/requirements.stamp
	@$(PYTHON) manage.py doctor

ifeq ($(value SECRET_KEY)$(value SECRET_KEY_FILE),)
run pictures places password backup restore doctor: export SECRET_KEY_FILE := var/secret_key
run pictures places password backup restore doctor: var/secret_key
endif

ifeq ($(value FIELD_KEY)$(value FIELD_KEY_FILE),)
run pictures places password backup restore doctor: export FIELD_KEY_FILE := var/field_key
run pictures places password backup restore doctor: var/field_key
endif

var/secret_key var/field_key: | $(PYTHON)
	@umask 077; mkdir -p var && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(48))' > $@

.venv/requirements.stamp: requirements.txt $(PYTHON)
	@echo "Installing what the tracker needs into .venv (requirements.txt)."
	@$(PIP) install -qq -r requirements.txt
	@touch $@

# The file for developers includes the other one, so both are fresh after it.
.venv/requirements-dev.stamp: requirements-dev.txt requirements.txt $(PYTHON)
	@echo "Installing what the tests need into .venv (requirements-dev.txt)."
	@$(PIP) install -qq -r requirements-dev.txt
	@touch .venv/requirements.stamp $@

# Some machines have a `python3.13` that only says it is not installed, so each is asked.
$(PYTHON):
	@for python in python3.13 python3.12 python3.11 python3; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making .venv with $$python."; \
			"$$python" -m venv --clear .venv || { rm -rf .venv; exit 1; }; \
			exit 0; \
		fi; \
	done; \
	echo "The tracker needs Python 3.11 or later: none of python3.13, python3.12, python3.11 and python3 is." >&2; \
	exit 1
