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
  local errors='Audit/AuditRecordTests.cs;Problems/ValidationErrorTests.cs'
  case $1 in
    domain) mutate "$1" Auth.UnitTests \
      'Audit/*.cs;Common/*.cs;Factors/*.cs;Keys/*.cs;Lockout/*.cs;Mail/MailFlow*.cs;Mail/MailQuota*.cs;Mail/OutgoingMail*.cs;Roles/*.cs;Revocations/*.cs;ServiceAccounts/*.cs;Sessions/*.cs;Users/*.cs' domain ;;
    tokens) mutate "$1" Auth.UnitTests \
      'Bearer/*.cs;Security/*.cs;Security/Factors/*.cs;Security/Keys/*.cs;Security/Lockout/*.cs;Security/Mail/*.cs;Security/Tokens/*.cs' tokens ;;
    passwords) mutate "$1" Auth.UnitTests 'Security/Passwords/*.cs' passwords ;;
    bcrypt) mutate "$1" Auth.UnitTests \
      'Security/Passwords/BcryptTests.cs;Security/Passwords/BcryptVectors.cs;Security/Passwords/SystemCrypt.cs' bcrypt ;;
    authentication) mutate "$1" Auth.IntegrationTests \
      "Authentication/*.cs;Lockout/*.cs;Observability/UseCaseMetricsTests.cs;Sessions/RefreshTokenReplayTests.cs;Sessions/ReplayLimitTests.cs;Sessions/OwnSessionsTests.cs;Users/ImportUsersTests.cs;$errors" \
      application '**/Authentication/*.cs' '**/Passwords/*.cs' '**/Sessions/*.cs' ;;
    users) mutate "$1" Auth.IntegrationTests \
      "Users/*.cs;CommandLine/CreateAdministratorTests.cs;Roles/TokenSizeTests.cs;Sessions/EndAllSessions*.cs;Startup/ProcessStartTests.cs;$errors" \
      application '**/Users/*.cs' ;;
    roles) mutate "$1" Auth.IntegrationTests "Roles/*.cs;Users/GrantRolesTests.cs;$errors" application '**/Roles/*.cs' ;;
    keys) mutate "$1" Auth.IntegrationTests 'Keys/KeyRequests.cs;Keys/Forged*.cs;Keys/RotateKeysTests.cs;Keys/AlgorithmChangeTests.cs;Keys/FirstKeyTests.cs' \
      application '**/Keys/*.cs' ;;
    pipeline) mutate "$1" Auth.IntegrationTests \
      "Authentication/NewPasswordTests.cs;Authentication/RegisterTests.cs;Audit/ListAuditTests.cs;Lockout/*.cs;Observability/UseCaseMetricsTests.cs;Users/ListUsersTests.cs;Roles/ManageRolesTests.cs;Problems/Unusual*.cs;$errors" \
      application '**/Abstractions/*.cs' '**/Audit/*.cs' '**/Behaviors/*.cs' '**/Validation/*.cs' ;;
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
