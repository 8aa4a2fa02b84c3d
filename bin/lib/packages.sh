# shellcheck shell=bash
# Sourced by install.sh: Python and front-end packages from hash-pinned locks; a stamp makes done free.
# shellcheck disable=SC2154  # root: say.sh

stamp() { (cd "$root" && cat "$@" | cksum); }
has_stamp() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

make_environment() {
  "$(find_python ensurepip venv)" -m venv "$root/.venv"
  "$root/.venv/bin/pip" install -q --disable-pip-version-check --require-hashes -r "$root/requirements-uv.lock"
}

uv_install() { "$root/.venv/bin/uv" pip install -q --python "$root/.venv/bin/python" --require-hashes "$@"; }

# install_python LABEL LOCK...: install the locks unless their stamp says that they are in.
install_python() {
  local label=$1 locks=() name sum; shift
  for name in "$@"; do locks+=(-r "$root/$name"); done
  sum=$(stamp "$@")
  ! has_stamp "$root/.venv/.stamp-$label" "$sum" || return 0
  [ -x "$root/.venv/bin/uv" ] || step "Python environment" make_environment
  step "Python packages ($label)" uv_install "${locks[@]}"
  echo "$sum" >"$root/.venv/.stamp-$label"
}

has_node() {
  command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 20 ]
}

npm_install() {
  cd "$root" || return
  npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error \
    --fetch-timeout=60000 --fetch-retries=4
}

install_front() {
  local sum
  sum=$(stamp package-lock.json)
  ! has_stamp "$root/node_modules/.stamp" "$sum" || return 0
  has_node || install_python node requirements-node.lock
  step "Front-end packages" npm_install
  echo "$sum" >"$root/node_modules/.stamp"
}

# stale FILE SOURCE...: the file is missing, or older than one of its sources.
stale() { [ ! -e "$1" ] || [ -n "$(find "${@:2}" -newer "$1" -print -quit 2>/dev/null)" ]; }

install_translations() {
  local po
  for po in "$root"/locale/*/LC_MESSAGES/*.po; do
    if [ -e "$po" ] && stale "${po%.po}.mo" "$po"; then msgfmt --check-format -o "${po%.po}.mo" "$po"; fi
  done
}

build_assets() { "$root/bin/assets" && touch "$root/static/dist/.built"; }

install_assets() {
  ! stale "$root/static/dist/.built" "$root/assets" "$root/data/places" "$root/package-lock.json" ||
    step "Style sheets and scripts" build_assets
}
