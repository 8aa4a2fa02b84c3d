# shellcheck shell=bash
# Sourced by up: static files, tables, reference data and the demo world; quick when nothing changed.
# shellcheck disable=SC2154  # root: say.sh

manage() { RACIMO_STATEMENT_MS=0 "$root/bin/manage" "$@"; }

collect_static() { manage collectstatic --noinput --clear -v0 && touch "$root/static/root/.built"; }

prepare_static() {
  ! stale "$root/static/root/.built" "$root/static/dist/.built" "$root/requirements.lock" ||
    step "Compressed static files" collect_static
}

# What the private database was filled from; the answer is kept in the database, so it goes where the data goes.
contents_stamp() {
  (cd "$root" && echo "${RACIMO_DEMO:-}" && find . -path ./.venv -prune -o -path ./node_modules -prune -o -path ./var -prune -o \
    \( -path '*/migrations/*.py' -o -path '*/management/*.py' -o -path './registry/demo/*.py' -o -path './data/*' \) -type f -printf '%p %s %T@\n') |
    sort | cksum | cut -d' ' -f1
}

stored_stamp() {
  "$root/bin/db" psql -qXAt -d racimo -c "select shobj_description(oid, 'pg_database') from pg_database where datname = 'racimo'"
}

prepare_contents() {
  local stamp=''
  if [ "$RACIMO_OWN_DB" = true ]; then
    stamp=$(contents_stamp)
    [ "$(stored_stamp)" != "$stamp" ] || return 0
  fi
  step "Database tables" manage migrate -v0
  step "Places, classifications, certificates" manage load_reference
  step "Programs and calls" manage load_programs
  step "Demo world" manage load_demo
  [ -z "$stamp" ] || "$root/bin/db" psql -qX -d racimo -c "comment on database racimo is '$stamp'"
}
