#!/usr/bin/env bash
# Mutation testing by area: build/mutants.sh [area ...]; all areas without arguments. See docs/testing.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

all=(domain tokens passwords bcrypt authentication users roles keys pipeline)
output=$PWD/StrykerOutput

# Arguments: area, test project, its tests (only these are built), configuration in build/stryker, and the mutated files
# if they are only a part of the configuration's.
mutate() {
  local area=$1 project=$2 tests=$3 configuration=$4
  shift 4
  (
    cd "tests/$project"
    MutationTests=$tests dotnet stryker --config-file "../../build/stryker/$configuration.json" \
      --output "$output/$area" --skip-version-check "${@/#/--mutate=}"
  )
}

run() {
  local told='Audit/Recording_each_deed.cs;Problems/Naming_the_broken_rule.cs'
  case $1 in
    domain) mutate "$1" Auth.UnitTests \
      'Audit/*.cs;Common/*.cs;Keys/*.cs;Lockout/*.cs;Roles/*.cs;Sessions/*.cs;Users/*.cs' domain ;;
    tokens) mutate "$1" Auth.UnitTests \
      'Security/*.cs;Security/Keys/*.cs;Security/Lockout/*.cs;Security/Tokens/*.cs' tokens ;;
    passwords) mutate "$1" Auth.UnitTests 'Security/Passwords/*.cs' passwords ;;
    bcrypt) mutate "$1" Auth.UnitTests \
      'Security/Passwords/Hashing_with_bcrypt.cs;Security/Passwords/BcryptVectors.cs;Security/Passwords/SystemCrypt.cs' bcrypt ;;
    authentication) mutate "$1" Auth.IntegrationTests \
      "Authentication/*.cs;Lockout/*.cs;Observability/Measuring*.cs;Sessions/*replays.cs;Sessions/Replaying*.cs;Sessions/Own_sessions.cs;Users/Importing*.cs;$told" \
      application '**/Authentication/*.cs' ;;
    users) mutate "$1" Auth.IntegrationTests \
      "Users/*.cs;CommandLine/Creating*.cs;Roles/Fitting*.cs;Sessions/Ending_all*.cs;Startup/Starting_the_process.cs;$told" \
      application '**/Users/*.cs' ;;
    roles) mutate "$1" Auth.IntegrationTests "Roles/*.cs;Users/Granting_roles.cs;$told" application '**/Roles/*.cs' ;;
    keys) mutate "$1" Auth.IntegrationTests 'Keys/KeyRequests.cs;Keys/Forged*.cs;Keys/Rotating_keys.cs;Keys/Changing*.cs;Keys/Agreeing*.cs' \
      application '**/Keys/*.cs' ;;
    pipeline) mutate "$1" Auth.IntegrationTests \
      "Authentication/Choosing*.cs;Authentication/Registering.cs;Audit/Reading_the_log.cs;Lockout/*.cs;Observability/Measuring*.cs;Users/Listing_users.cs;Roles/Managing_roles.cs;Problems/Unusual*.cs;$told" \
      application '**/Abstractions/*.cs' '**/Audit/*.cs' '**/Pipeline/*.cs' ;;
    *)
      echo "Unknown area '$1'. Areas: ${all[*]}" >&2
      return 2
      ;;
  esac
}

(($#)) || set -- "${all[@]}"
failed=()
for area in "$@"; do
  run "$area" || failed+=("$area")
done

if ((${#failed[@]})); then
  echo "Below the threshold, or not run: ${failed[*]}" >&2
  exit 1
fi
