# shellcheck shell=bash
# Sourced by up and stop: the supervisor, the servers it keeps, and the data they need.
# shellcheck disable=SC2154  # root, var, log: say.sh

control=$var/control.sock
[ ${#control} -le 100 ] || control=/tmp/racimo-$(printf %s "$var" | cksum | cut -d' ' -f1).control.sock

# running FILE WORD: print the process whose number is in the file, if it lives and its command has the word.
running() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 1
  grep -qs -- "$2" "/proc/$pid/cmdline" && echo "$pid"
}

supervisor() { "$root/.venv/bin/supervisorctl" -c "$root/bin/lib/supervisord.conf" "$@"; }

# What the supervised programs read; a DATABASE_URL or REDIS_URL of your own switches ours off.
set_environment() {
  export RACIMO_ROOT=$root RACIMO_VAR=$var RACIMO_CONTROL=$control
  export RACIMO_PORT=${RACIMO_PORT:-8000} RACIMO_BIND=${RACIMO_BIND:-127.0.0.1} RACIMO_HASHED_STATIC=1
  export RACIMO_ORIGIN=${RACIMO_ORIGIN:-http://localhost:$RACIMO_PORT}
  unset PYTHONDONTWRITEBYTECODE                   # compiled modules halve the start
  export RACIMO_OWN_DB=true RACIMO_OWN_QUEUE=true
  if [ -n "${DATABASE_URL:-}" ]; then RACIMO_OWN_DB=false; else DATABASE_URL=$("$root/bin/db" url); fi
  if [ -n "${REDIS_URL:-}" ]; then RACIMO_OWN_QUEUE=false; else REDIS_URL=$("$root/bin/queue" url); fi
  export DATABASE_URL REDIS_URL
}

start_supervisor() {
  rm -f "$control"
  set -m
  "$root/.venv/bin/supervisord" -c "$root/bin/lib/supervisord.conf" </dev/null >>"$log" 2>&1 &
  set +m
}

# try SECONDS COMMAND...: repeat until it works.
try() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

wait_servers() {
  if [ "$RACIMO_OWN_DB" = true ]; then try 60 "$root/bin/db" status; "$root/bin/db" start; fi
  if [ "$RACIMO_OWN_QUEUE" = true ]; then try 20 "$root/bin/queue" status; fi
}

# The web first: a page can be read while the workers load.
start_programs() {
  try 20 test -S "$control"
  supervisor start racimo:web || true             # it tries again by itself
  try 90 web_answers || { tail -n 20 "$var/log/web.log"; return 1; }
  supervisor start 'racimo:*' &
}

web_answers() {
  "$root/.venv/bin/python" - "$RACIMO_PORT" <<'P'
import sys, urllib.request, urllib.error
try:
    urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/", timeout=5)
except urllib.error.HTTPError as error:
    sys.exit(error.code >= 500)
except OSError:
    sys.exit(1)
P
}

# end PID: let it end what it started; after a minute, end it hard.
end() {
  kill -TERM "$1" 2>/dev/null || return 0
  try 60 not_running "$1" || kill -KILL "$1" 2>/dev/null || true
}

not_running() { ! kill -0 "$1" 2>/dev/null || grep -qs '^State:.Z' "/proc/$1/status"; }
