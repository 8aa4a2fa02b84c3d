# shellcheck shell=bash
# Sourced by the commands in bin/: where things are, how a step is shown, how a failure is explained.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
var=${RACIMO_VAR:-$root/var}
log=$var/log/setup.log
step_pid=
trap 'interrupted' INT TERM HUP

say() { printf '%s\n' "$*"; }

# die SENTENCE [COMMAND]: one plain sentence, and the command that mends it.
die() {
  printf '\n%s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '\n    %s\n\n' "$2" >&2
  exit 1
}

# Ctrl-C in the middle of a step ends what the step started.
interrupted() {
  [ -z "$step_pid" ] || kill -TERM -- "-$step_pid" 2>/dev/null || true
  exit 130
}

# step LABEL COMMAND...: run it quietly and show the seconds it took; on failure say why.
step() {
  local label=$1 begun=$SECONDS failed=0 ticker=; shift
  printf '  %-44s' "$label"
  printf '\n== %s\n' "$label" >>"$log"
  # In the background, in a process group of its own: errexit stays on inside, and a signal ends it whole.
  set -m; ("$@") >>"$log" 2>&1 </dev/null & step_pid=$!; set +m
  if [ -t 1 ]; then
    while sleep 1; do printf '\r  %-44s%4s s' "$label" $((SECONDS - begun)); done & ticker=$!
  fi
  wait "$step_pid" || failed=$?
  step_pid=
  [ -z "$ticker" ] || { kill "$ticker"; wait "$ticker" 2>/dev/null || printf '\r  %-44s' "$label"; }
  if [ "$failed" = 0 ]; then printf '%4s s\n' $((SECONDS - begun)); return; fi
  printf 'failed after %s s\n' $((SECONDS - begun))
  explain "$label"
}

# explain LABEL: turn the last lines of the log into a sentence that a person can act on.
explain() {
  local last
  last=$(awk '/^== /{text=""} {text=text $0 "\n"} END{printf "%s", text}' "$log" | tail -n 40)
  case $last in
  *"No space left on device"*|*"enough free space"*|*ENOSPC*)
    die "The disk is full." "df -h '$root' /" ;;
  *"Could not get lock"*|*"Unable to acquire the dpkg"*)
    die "Another program is installing packages; wait until it ends, then start again." "ps -C apt,apt-get,dpkg,unattended-upgr" ;;
  *"dpkg was interrupted"*)
    die "An earlier installation was cut off." "sudo dpkg --configure -a" ;;
  *"Temporary failure resolving"*|*"Could not resolve"*|*"Name or service not known"*|*"dns error"*|*ENOTFOUND*|*EAI_AGAIN*|\
  *"Network is unreachable"*|*"Failed to establish a new connection"*|*"Could not connect to"*|*"Failed to fetch"*|*ECONNREFUSED*)
    die "The network did not answer while installing. Check the connection (and http_proxy, https_proxy), then start again." "bin/setup" ;;
  *"a password is required"*)
    die "sudo asks for the password each time here; run bin/setup once as root, then start again." "sudo bin/setup && sudo chown -R \"\$(id -un)\" . && bin/up" ;;
  *"Read-only file system"*)
    die "This folder cannot be written." "git clone '$root' ~/racimo && cd ~/racimo" ;;
  *"Cannot allocate memory"*|*"out of memory"*)
    die "The machine ran out of memory; Racimo needs about 1 GB." "free -h" ;;
  esac
  printf '%s\n' "$last" | tail -n 15 | sed 's/^/    /' >&2
  die "\"$1\" did not work; its last lines stand above, the rest in the log." "less '$log'"
}
