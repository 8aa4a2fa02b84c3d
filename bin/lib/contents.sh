# shellcheck shell=bash
# Sourced by up: static files, tables, reference data and the demo world; quick when nothing changed.
# shellcheck disable=SC2154,SC2034  # root: say.sh; has_filled: read by up

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

# After a first filling the worker pairs needs and offers: who asks before that finds nobody. Two minutes at most.
has_filled=''
wait_partners() {
  local open="select count(*) from common_job where kind = 'listings.rebuild' and done_at is null and dead_at is null"
  for _ in $(seq 120); do
    [ "$("$root/bin/db" psql -qXAt -d racimo -c "$open")" != 0 ] || return 0
    sleep 1
  done
}

prepare_contents() {
  local stamp=''
  if [ "$RACIMO_OWN_DB" = true ]; then
    stamp=$(contents_stamp)
    [ "$(stored_stamp)" != "$stamp" ] || return 0
  fi
  step "Database tables" manage migrate -v0
  step "Places, classifications, certificates" manage load_reference
  step "Values of indexed units" manage load_units
  step "Programs and calls" manage load_programs
  step "Demo world" manage load_demo
  has_filled=1
  [ -z "$stamp" ] || "$root/bin/db" psql -qX -d racimo -c "comment on database racimo is '$stamp'"
}
