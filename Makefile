# Two commands for people: `make demo` and `make test`. Both do all set-up themselves.
SHELL := /bin/bash
PY := .venv/bin/python
OUT ?=

.PHONY: demo test setup setup-test check bench lock clean

demo: setup
	$(PY) -m compliance demo $(if $(OUT),--out "$(OUT)")

test: setup-test
	scripts/test

check: setup-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: setup-test
	$(PY) -m bench

setup:
	@scripts/setup requirements.lock

setup-test:
	@scripts/setup requirements-dev.lock

# Needs uv; writes both lock files without naming any package host.
lock:
	@for extra in "" "--extra dev"; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --custom-compile-command "make lock" --extra setup $$extra pyproject.toml \
	    -o requirements$$(test -n "$$extra" && echo -dev).lock; done

clean:
	rm -rf .venv
