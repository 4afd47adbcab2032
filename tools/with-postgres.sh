#!/bin/sh
# Runs a command with a PostgreSQL server of its own: a fresh cluster in a temporary folder, on a
# free port of the loopback interface, stopped and removed at the end. The command finds it by
# MUSTER_TEST_POSTGRES, and may stop and start it by "$MUSTER_TEST_POSTGRES_CONTROL" stop|start.
# usage: tools/with-postgres.sh COMMAND [ARG…]
set -eu
[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARG…]" >&2; exit 2; }

bin=${MUSTER_POSTGRES_BIN:-}
for folder in /usr/lib/postgresql/*/bin; do
  [ -n "$bin" ] || [ ! -x "$folder/initdb" ] || bin=$folder
done
[ -n "$bin" ] || { echo "no PostgreSQL server is installed (package postgresql-15)" >&2; exit 1; }

# The server refuses to run as root.
as=
if [ "$(id -u)" -eq 0 ]; then
  user=nobody
  ! id postgres > /dev/null 2>&1 || user=postgres
  as="runuser -u $user --"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/muster-postgres.XXXXXX")
chmod 755 "$work"
[ -z "$as" ] || chown "$user" "$work"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

cat > "$work/control" << END
#!/bin/sh
cd / && exec $as $bin/pg_ctl -D $work/data -l $work/log -w -m fast "\$1" > /dev/null
END
chmod 755 "$work/control"
finish() {
  "$work/control" stop 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

(cd / && $as "$bin/initdb" -D "$work/data" -U muster -A trust -E UTF8 --no-locale > "$work/init" 2>&1) ||
  { cat "$work/init" >&2; exit 1; }
$as tee -a "$work/data/postgresql.conf" > /dev/null << END
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 200
END
"$work/control" start || { cat "$work/log" >&2; exit 1; }

MUSTER_TEST_POSTGRES="host=127.0.0.1 port=$port user=muster dbname=postgres"
MUSTER_TEST_POSTGRES_CONTROL="$work/control"
export MUSTER_TEST_POSTGRES MUSTER_TEST_POSTGRES_CONTROL
"$@"
