#!/usr/bin/env bash
# Sends 100,000 generated malformed requests to all routes, and prints the responses by route and status:
#   bench/malformed.sh [COUNT [SEED]]
# on SQLite; with AUTH_TEST_ENGINE=Postgres on PostgreSQL. See docs/testing.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export AUTH_TEST_COUNT=${1:-100000}
if [ -n "${2:-}" ]; then export AUTH_TEST_SEED=$2; fi
exec dotnet test tests/Auth.IntegrationTests --configuration Release --filter MalformedRequestTests \
  --logger 'console;verbosity=detailed'
