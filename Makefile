SHELL := /bin/bash
CONTEXTS := Sqlite SqlServer Postgres

.PHONY: help run test mutants check format build bench migration compiled-models migration-script

help: ## Shows this list.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 26

run: ## Starts the service on an embedded database, with Swagger UI and the account console.
	dotnet run --project src/Auth.Api

build: ## Builds everything; warnings are errors.
	dotnet build

test: ## Runs all tests.
	dotnet test

mutants: ## Runs mutation tests: hours. make mutants areas="domain roles"
	dotnet tool restore
	build/mutants.sh $(areas)

format: ## Formats the code.
	dotnet tool restore
	dotnet csharpier format .

check: ## Checks the format, builds, and runs all tests.
	dotnet tool restore
	dotnet csharpier check .
	dotnet build
	dotnet test --no-build

# Exit code 1 means that a target was missed: the results are kept.
bench: ## Compares the service with its peers, about 20 minutes; arguments="--quick" for rough figures.
	@set -eo pipefail; mkdir -p artifacts; if ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1; then \
	  export AUTH_POSTGRES_DATA=$${TMPDIR:-/tmp}/auth-bench-postgres AUTH_POSTGRES_PORT=54330; \
	  trap 'build/postgres.sh stop' EXIT; \
	  eval "$$(build/postgres.sh start)"; \
	fi; \
	status=0; dotnet run --configuration Release --project bench/Auth.Load -- \
	  $${AUTH_TEST_POSTGRES:+--postgres "$$AUTH_TEST_POSTGRES"} $(arguments) | tee artifacts/RESULTS.md || status=$$?; \
	if [ $$status -le 1 ]; then mv artifacts/RESULTS.md bench/RESULTS.md; fi; exit $$status

migration: ## Adds a migration for every database engine: make migration name=AddSomething
	@test -n "$(name)" || { echo "usage: make migration name=AddSomething"; exit 1; }
	dotnet tool restore
	dotnet build src/Auth.Infrastructure
	for engine in $(CONTEXTS); do \
	  dotnet ef migrations add $(name) --no-build --project src/Auth.Infrastructure \
	    --context $${engine}AppDbContext --output-dir Persistence/$$engine/Migrations || exit 1; \
	done

# Not for SQL Server: compiled models omit our own type mappings.
compiled-models: ## Generates the compiled models of SQLite and PostgreSQL, after each change to the model.
	dotnet tool restore
	dotnet build src/Auth.Infrastructure
	for engine in Sqlite Postgres; do \
	  rm -rf src/Auth.Infrastructure/Persistence/$$engine/CompiledModel; \
	  dotnet ef dbcontext optimize --no-build --project src/Auth.Infrastructure \
	    --context $${engine}AppDbContext --output-dir Persistence/$$engine/CompiledModel \
	    --namespace Auth.Infrastructure.Persistence.$$engine.CompiledModel || exit 1; \
	done

# EF Core has no idempotent script for SQLite: that one is for an empty file.
migration-script: ## Writes the SQL of all migrations, for each engine, to artifacts/migrations.
	dotnet tool restore
	dotnet build src/Auth.Infrastructure
	mkdir -p artifacts/migrations
	for engine in $(CONTEXTS); do \
	  idempotent=--idempotent; [ $$engine != Sqlite ] || idempotent=; \
	  dotnet ef migrations script $$idempotent --no-build --project src/Auth.Infrastructure \
	    --context $${engine}AppDbContext --output artifacts/migrations/$$engine.sql || exit 1; \
	done
