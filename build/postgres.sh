#!/usr/bin/env bash
# Starts a private PostgreSQL on loopback for the tests, and prints its connection string; "stop" ends it.
#   eval "$(build/postgres.sh start)"     exports AUTH_TEST_POSTGRES
#   build/postgres.sh stop
# For tests of what happens then: "crash" ends it as a power cut would, and "start" brings it back; "freeze" has it hang,
# and "thaw" go on. AUTH_POSTGRES_DATA and AUTH_POSTGRES_PORT name another folder and port.
set -euo pipefail

data=${AUTH_POSTGRES_DATA:-${TMPDIR:-/tmp}/auth-postgres}
port=${AUTH_POSTGRES_PORT:-54329}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)

# The server refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# The server and all its processes.
signal() {
  local server
  server=$(head -n 1 "$data/postmaster.pid")
  kill "-$1" "$server" $(pgrep -P "$server")
}

case "${1:-}" in
  start)
    [ -n "$bin" ] || { echo "PostgreSQL is not installed" >&2; exit 1; }
    mkdir -p "$data"
    if [ "$(id -u)" = 0 ]; then chown postgres "$data"; fi
    if [ ! -e "$data/PG_VERSION" ]; then
      as_owner "$bin/initdb" -D "$data" -U postgres --auth=trust -E UTF8 --locale=C >"$data.log" 2>&1
    fi
    as_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1 || as_owner "$bin/pg_ctl" -D "$data" -w -l "$data/server.log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" start >&2
    echo "export AUTH_TEST_POSTGRES='Host=127.0.0.1;Port=$port;Username=postgres'"
    ;;
  stop)
    as_owner "$bin/pg_ctl" -D "$data" -m fast stop >&2
    rm -rf "$data" "$data.log"
    ;;
  crash)
    as_owner "$bin/pg_ctl" -D "$data" -m immediate stop >&2
    ;;
  freeze)
    signal STOP
    ;;
  thaw)
    signal CONT
    ;;
  *)
    sed -n '2,6p' "$0" >&2
    exit 1
    ;;
esac
