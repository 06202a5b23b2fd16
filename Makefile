# Every command of the project. `make` alone lists them.

# Any Python starts the installer; without one uv brings its own.
PYTHON ?= $(if $(shell command -v python3),python3,uv run --no-project python)
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help install run account demo chat train check test test-unit test-stories test-nlu test-scenarios test-web load learn report accept score bench lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## make both .venv from the lock files, unless they are up to date
	@$(PYTHON) -m service.install

run: install ## install, train when needed, start assistant and website, print where they are
	@$(VENV) -m service.run

account: install ## make an account of the staff console; asks for its name, role and password
	@cd web && .venv/bin/python manage.py migrate --verbosity 0 && .venv/bin/python manage.py add_account $(ARGS)

demo: install ## add made-up conversations, so that every page of the staff console shows something
	@cd web && .venv/bin/python manage.py migrate --verbosity 0 && .venv/bin/python manage.py make_demo && .venv/bin/python manage.py count_days

chat: install ## talk to the assistant in the terminal; starts one when none runs
	@$(VENV) -m service.chat

train: install ## train the model, unless it is up to date
	@$(VENV) -m service.training

check: install ## lint, types, guide, fixed texts, data with warnings as failures, rules, website
	@$(VENV) -m service.check

test: ## install, train, check and run every test; stops at the first failure
	@$(PYTHON) -m service.testing

test-unit: install ## unit tests
	@$(VENV) -m pytest

test-stories: train ## Rasa story tests
	@$(VENV) -m tests.stories

test-nlu: train ## held-out questions: figures against their gates and the accepted run
	@$(VENV) -m tests.nlu

test-scenarios: train ## conversations over HTTP, against ASSISTANT_URL when it is set
	@$(VENV) -m tests.scenarios

test-web: train ## the website's tests, in a real browser with the real assistant
	@$(VENV) -m tests.web

load: train ## fifty visitors at a human pace; KILL=1 kills the assistant in the middle
	@$(VENV) -m tests.load $(if $(KILL),--kill)

learn: install ## FILE=lessons-1.yml: take in what the console exported, train, figures before and after
	@$(VENV) -m service.learning $(FILE) $(if $(UNDO),--undo)

report: train ## the tester's page: var/report/report.html
	@$(VENV) -m tests.report

accept: train ## keep the figures and outcomes of now as those to compare with
	@$(VENV) -m tests.accepted

score: train ## ask a running assistant all held-out questions, print how it did
	@$(VENV) -m tests.score

bench: install ## measure this assistant and its peers in one run
	@$(VENV) -m bench $(BENCH)

lock: ## write the lock files from requirements*.in; newest versions with UPGRADE=1
	@$(PYTHON) -m service.lock $(if $(UPGRADE),--upgrade)

clean: ## remove what was made; conversations, .venv and .tools stay
	rm -rf models results .rasa $(foreach in,. web,$(addprefix $(in)/,.mypy_cache .ruff_cache .pytest_cache .hypothesis)) var/language* var/cache var/log var/score var/report
	find . -name __pycache__ -not -path '*/.venv/*' -not -path '*/.tools/*' -prune -exec rm -rf {} +
