SHELL := /bin/bash
CONTEXTS := Sqlite SqlServer Postgres

.PHONY: help run test mutants check format build migration

help: ## Shows this list.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: ## Starts the service on an embedded database, with Swagger UI.
	dotnet run --project src/Auth.Api

build: ## Builds everything; warnings are errors.
	dotnet build

test: ## Runs all tests.
	dotnet test

mutants: ## Changes the code on purpose and looks whether a test notices: hours. make mutants areas="domain roles"
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

migration: ## Adds a migration for every database engine: make migration name=AddSomething
	@test -n "$(name)" || { echo "usage: make migration name=AddSomething"; exit 1; }
	dotnet tool restore
	dotnet build src/Auth.Infrastructure
	for engine in $(CONTEXTS); do \
	  dotnet ef migrations add $(name) --no-build --project src/Auth.Infrastructure \
	    --context $${engine}AppDbContext --output-dir Persistence/Migrations/$$engine || exit 1; \
	done
