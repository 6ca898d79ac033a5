SHELL := /bin/bash
CONTEXTS := Sqlite SqlServer Postgres

.PHONY: help run test check format build bench migration

help: ## Shows this list.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: ## Starts the service on an embedded database, with Swagger UI.
	dotnet run --project src/Auth.Api

build: ## Builds everything; warnings are errors.
	dotnet build

test: ## Runs all tests.
	dotnet test

format: ## Formats the code.
	dotnet tool restore
	dotnet csharpier format .

check: ## Checks the format, builds, and runs all tests.
	dotnet tool restore
	dotnet csharpier check .
	dotnet build
	dotnet test --no-build

bench: ## Measures the service beside its peers, about 20 minutes; arguments="--quick" for a first look.
	@set -eo pipefail; if ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1; then \
	  export AUTH_POSTGRES_DATA=$${TMPDIR:-/tmp}/auth-bench-postgres AUTH_POSTGRES_PORT=54330; \
	  trap 'build/postgres.sh stop' EXIT; \
	  eval "$$(build/postgres.sh start)"; \
	fi; \
	dotnet run --configuration Release --project bench/Auth.Load -- \
	  $${AUTH_TEST_POSTGRES:+--postgres "$$AUTH_TEST_POSTGRES"} $(arguments) | tee bench/RESULTS.md

migration: ## Adds a migration for every database engine: make migration name=AddSomething
	@test -n "$(name)" || { echo "usage: make migration name=AddSomething"; exit 1; }
	dotnet tool restore
	dotnet build src/Auth.Infrastructure
	for engine in $(CONTEXTS); do \
	  dotnet ef migrations add $(name) --no-build --project src/Auth.Infrastructure \
	    --context $${engine}AppDbContext --output-dir Persistence/Migrations/$$engine || exit 1; \
	done
