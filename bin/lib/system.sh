# shellcheck shell=bash
# Sourced by install.sh: packages of the operating system (Debian 12, Ubuntu 24.04 and newer).
# shellcheck disable=SC2154  # root, var: say.sh

has_postgis() { compgen -G '/usr/share/postgresql/*/extension/postgis.control' >/dev/null || [ -n "${PG_BIN:-}" ]; }
has_redis() { command -v redis-server >/dev/null || command -v valkey-server >/dev/null; }
has_browser() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }

pythons() { printf "%s\n" "${RACIMO_PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; }

# find_python [MODULE...]: print the first Python that is new enough and has the modules.
find_python() {
  local name
  for name in $(pythons); do
    "$name" - "$@" <<<'import sys; assert sys.version_info >= (3, 11); [__import__(m) for m in sys.argv[1:]]' \
      2>/dev/null && { echo "$name"; return; }
  done
  return 1
}

# Print what is missing, by Debian's names; POSTGIS stands for the newest one that apt knows.
missing_packages() {
  [ -n "${DATABASE_URL:-}" ] || has_postgis || echo POSTGIS
  [ -n "${REDIS_URL:-}" ] || has_redis || echo redis-server
  command -v msgfmt >/dev/null || echo gettext
  [ -x "$root/.venv/bin/python" ] || find_python ensurepip venv >/dev/null || echo python3-venv
  [ "${1:-}" != test ] || missing_for_tests
}

# Tests drive private servers and a browser of their own, whatever DATABASE_URL says.
missing_for_tests() {
  [ -z "${DATABASE_URL:-}" ] || has_postgis || echo POSTGIS
  [ -z "${REDIS_URL:-}" ] || has_redis || echo redis-server
  has_browser || echo chromium
  [ -d /usr/share/fonts/truetype/dejavu ] || echo fonts-dejavu-core
  command -v shellcheck >/dev/null || echo shellcheck
}

# The newest PostGIS that apt knows, but first one that fits a PostgreSQL already here.
newest_postgis() {
  local names version
  names=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | cut -d' ' -f1 | sort -V)
  for version in $(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -Vr); do
    ! grep -x "postgresql-$version-postgis-3" <<<"$names" || return 0
  done
  tail -n 1 <<<"$names"
}

# -n: may_install has asked for the password; one more question could not be seen during a step.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# Packages would start servers of their own; Racimo runs private ones, so those are kept from starting.
without_services() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [ -e "$policy" ]; then "$@"; return; fi
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  "$@" || status=$?
  as_root rm -f "$policy"
  return "$status"
}

# A service that our own installation brought does not start at the next boot either.
disable_service() {
  [ ! -d /run/systemd/system ] || as_root systemctl disable -q "$1" 2>/dev/null || true
}

apt_install() {
  local packages=() name fresh_services=()
  has_redis || fresh_services+=(redis-server)
  [ -d /usr/lib/postgresql ] || fresh_services+=(postgresql)
  as_root apt-get update -qq
  for name in "$@"; do
    [ "$name" != POSTGIS ] || name=$(newest_postgis)
    packages+=("${name:-postgresql-15-postgis-3}")
  done
  without_services as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${packages[@]}"
  for name in "${fresh_services[@]}"; do disable_service "$name"; done
}

install_system() {
  local missing names
  mapfile -t missing < <(missing_packages "${1:-}")
  [ ${#missing[@]} -gt 0 ] || return 0
  names=${missing[*]}
  ! command -v python3 >/dev/null || find_python >/dev/null || die "Racimo needs Python 3.11 or newer; this machine has $(python3 --version 2>&1).
Debian 12 and Ubuntu 24.04 bring it; or name another one." "RACIMO_PYTHON=/path/to/python3.12 bin/setup"
  command -v apt-get >/dev/null || die "Racimo needs: ${names/POSTGIS/PostgreSQL 15 or newer with PostGIS 3}.
This machine has no apt-get (Debian, Ubuntu): install them with its own package manager, then start again."
  may_install "${names/POSTGIS/postgresql-15-postgis-3}"
  step "System packages (${#missing[@]})" apt_install "${missing[@]}"
}

# Installing needs root, or sudo: say so before anything is done.
may_install() {
  local apt="apt-get install -y --no-install-recommends $1"
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null || die "System packages are missing. Installing them needs root, and sudo is not on this machine.
Run this once as root, then start again:" "apt-get update && $apt"
  ! sudo -n true 2>/dev/null || return 0
  if [ -t 0 ]; then say "Your password is needed to install: $1"; ! sudo -v || return 0; fi
  die "System packages are missing, and sudo did not let this user install them.
Run this once with an account that may, then start again:" "sudo apt-get update && sudo $apt"
}
