#!/usr/bin/env bash
# Follows the Dockerfile without a container engine: runs its steps in an empty folder that contains only the files they
# copy, and then the program as an unprivileged user on a read-only file system. Needs root, the SDK and curl.
set -euo pipefail

if [ "${1:-}" = inside ]; then
  # In a separate mount namespace: the image's folder at /srv, and nothing writable except /tmp.
  app=$2 user=$3 port=$4 health=$5 key=$(head -c 32 /dev/urandom | base64)
  mount --bind "$app" /srv
  mount -o remount,bind,ro /srv
  mount -o remount,bind,ro /
  mount -t tmpfs -o mode=1777 tmpfs /tmp
  cd /srv
  as_user=(
    env -i PATH="$PATH" HOME=/nonexistent DOTNET_EnableDiagnostics=0 ASPNETCORE_HTTP_PORTS="$port"
    Database__Provider=Sqlite ConnectionStrings__Auth="Data Source=/tmp/auth.db"
    Security__MasterKey="$key" Jwt__Issuer=http://localhost Jwt__Audience=auth
    Bootstrap__AdminEmail=root@example.com Bootstrap__AdminPassword=granite-otter-lullaby-19 Swagger__Enabled=true
    setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all
  )
  if touch /srv/written /written 2>/dev/null; then echo "the file system is writable" >&2; exit 1; fi
  "${as_user[@]}" dotnet Auth.Api.dll &
  service=$!
  trap 'kill "$service" 2>/dev/null || true' EXIT
  until curl -sf -o /dev/null "http://127.0.0.1:$port/health/ready"; do
    kill -0 "$service" 2>/dev/null || { echo "the service has exited" >&2; exit 1; }
    sleep 0.2
  done
  owner=$(stat -c %u "/proc/$service")
  [ "$owner" = "$user" ] || { echo "the service runs as user $owner" >&2; exit 1; }
  "${as_user[@]}" $health
  for page in /account /swagger/index.html /swagger/v1/swagger.json /.well-known/jwks.json; do
    curl -sf -o /dev/null "http://127.0.0.1:$port$page"
  done
  curl -sf -o /dev/null "http://127.0.0.1:$port/api/auth/login" -H 'Content-Type: application/json' \
    -d '{"email":"root@example.com","password":"granite-otter-lullaby-19"}'
  kill "$service"
  wait "$service"
  if "${as_user[@]}" $health 2>/dev/null; then echo "the health check reports a stopped service as healthy" >&2; exit 1; fi
  exit 0
fi

[ "$(id -u)" = 0 ] || { echo "this needs root, to become another user on a read-only file system" >&2; exit 1; }
repository=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# The build context: the checkout without the entries of .dockerignore.
context=$work/context
mkdir "$context"
tar -C "$repository" --exclude-from=<(sed 's|^\*\*/||' "$repository/.dockerignore") -cf - . | tar -C "$context" -xf -

# The instructions, with continued lines joined. Absolute paths of the first stage are mapped to $work.
directory=$work user='' health='' stage=''
below() { case $1 in /*) echo "$work$1" ;; *) echo "$directory/$1" ;; esac; }
while read -r instruction arguments; do
  case $instruction in
    FROM) stage=$arguments ;;
    WORKDIR) directory=$work$arguments; mkdir -p "$directory" ;;
    COPY)
      read -ra names <<<"$arguments"
      if [[ ${names[0]} == --from=* ]]; then continue; fi # the result is already where the next stage expects it
      target=$(below "${names[-1]}")
      [[ ${names[-1]} == */ ]] && mkdir -p "$target"
      for name in "${names[@]:0:${#names[@]}-1}"; do
        for file in "$context"/$name; do
          if [ -d "$file" ]; then cp -r "$file/." "$target"; else cp "$file" "$target"; fi
        done
      done
      ;;
    RUN)
      echo "-- $arguments"
      (cd "$directory" && bash -c "${arguments//--output \//--output $work/}" </dev/null)
      ;;
    USER) user=${arguments//\$APP_UID/1654} ;; # the user "app" of Microsoft's images
    CMD) health=$(tr -d '[],"' <<<"$arguments") ;;
    HEALTHCHECK) health=$(sed 's/.*CMD //' <<<"$arguments" | tr -d '[],"') ;;
  esac
done < <(sed -e ':join' -e '/\\$/{N;s/\\\n */ /;b join' -e '}' -e '/^#/d' "$repository/Dockerfile")

[[ $stage != *sdk* ]] || { echo "the last stage is based on the SDK: $stage" >&2; exit 1; }
[ -n "$user" ] && [ "$user" != 0 ] && [ "$user" != root ] || { echo "the image runs as root" >&2; exit 1; }

port=$((20000 + RANDOM % 10000))
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
echo "-- as user $user on a read-only file system"
unshare --mount "$0" inside "$work/app" "$user" "$port" "${health//8080/$port}"
echo "The service from the Dockerfile runs as user $user on a read-only file system, and its health check works."
