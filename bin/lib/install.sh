# shellcheck shell=bash
# Sourced by setup, up and test: everything that a fresh checkout needs, in order.
# shellcheck source=bin/lib/say.sh
. "$(dirname "${BASH_SOURCE[0]}")/say.sh"
# shellcheck source=bin/lib/preflight.sh
. "$root/bin/lib/preflight.sh"
# shellcheck source=bin/lib/system.sh
. "$root/bin/lib/system.sh"
# shellcheck source=bin/lib/packages.sh
. "$root/bin/lib/packages.sh"
export PATH="$root/.venv/bin:$PATH"

# install_all product|test: with "test" also what the checks, the tests and the browser need.
install_all() {
  check_folder
  if [ -e "$root/.venv/.stamp-product" ]; then check_space 300; else check_space 2500; fi
  install_system "${1:-}"
  install_python product requirements.lock
  [ "${1:-}" != test ] || install_python tests requirements-dev.lock
  install_front
  install_translations
  install_assets
}
