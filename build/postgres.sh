#!/usr/bin/env bash
# Starts a private PostgreSQL on loopback for the tests, and prints its connection string; "stop" stops and removes it.
#   eval "$(build/postgres.sh start)"     exports AUTH_TEST_POSTGRES
#   build/postgres.sh stop
# For tests of outages: "crash" stops it like a power failure, "halt" cleanly, and "start" starts it again; "freeze"
# suspends it, and "thaw" resumes it. AUTH_POSTGRES_DATA and AUTH_POSTGRES_PORT set another folder and port.
# "follow" makes it a standby of the server on the port AUTH_POSTGRES_PRIMARY, and "promote" makes it a primary.
set -euo pipefail

data=${AUTH_POSTGRES_DATA:-${TMPDIR:-/tmp}/auth-postgres}
port=${AUTH_POSTGRES_PORT:-25432}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)

# The server refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

start_server() {
  as_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1 || as_owner "$bin/pg_ctl" -D "$data" -w -l "$data/server.log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" start >&2
}

make_folder() {
  mkdir -p "$data"
  if [ "$(id -u)" = 0 ]; then chown postgres "$data"; fi
}

# The server and all its processes.
signal() {
  local server
  server=$(head -n 1 "$data/postmaster.pid")
  kill "-$1" "$server" $(pgrep -P "$server")
}

case "${1:-}" in
  start)
    [ -n "$bin" ] || { echo "PostgreSQL is not installed" >&2; exit 1; }
    make_folder
    if [ ! -e "$data/PG_VERSION" ]; then
      as_owner "$bin/initdb" -D "$data" -U postgres --auth=trust -E UTF8 --locale=C >"$data.log" 2>&1
    fi
    start_server
    echo "export AUTH_TEST_POSTGRES='Host=127.0.0.1;Port=$port;Username=postgres'"
    ;;
  follow)
    make_folder
    as_owner "$bin/pg_basebackup" -D "$data" -h 127.0.0.1 -p "$AUTH_POSTGRES_PRIMARY" -U postgres -X stream -c fast -R >&2
    chmod 700 "$data"
    start_server
    ;;
  promote)
    as_owner "$bin/pg_ctl" -D "$data" -w promote >&2
    ;;
  halt)
    as_owner "$bin/pg_ctl" -D "$data" -m fast stop >&2
    ;;
  stop)
    ! as_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1 || as_owner "$bin/pg_ctl" -D "$data" -m fast stop >&2
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
    sed -n '2,7p' "$0" >&2
    exit 1
    ;;
esac
