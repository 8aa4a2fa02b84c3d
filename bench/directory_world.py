"""A directory of invented organizations, made by set-based SQL in a database of its own."""

import os
import sys
import time
from typing import Any

from django.core.management import call_command
from django.db import connection, models
from psycopg import sql

from clusters.models import Cluster
from firms.models import (
    Affiliation,
    Certificate,
    Need,
    Offer,
    Organization,
    OrganizationActivity,
    Site,
)

WORDS = [
    "Aromo", "Maipo", "Andes", "Pampa", "Sur", "Norte", "Litoral", "Cordillera", "Rapel",
    "Lirio", "Ceibo", "Quebracho", "Araucaria", "Pehuen", "Yunga", "Selva", "Caribe",
    "Pacifico", "Atlantico", "Austral", "Colonial", "Progreso", "Esperanza", "Porvenir",
    "Libertad", "Union", "Central", "Nacional", "Moderna", "Nueva", "Santa", "San", "Rosa",
    "Elena", "Maria", "Jose", "Pedro", "Juan",
]  # fmt: skip
TRADES = (
    "Viña|elabora vinos tintos y blancos;Imprenta|imprime etiquetas y envases de cartón;"
    "Metalmecánica|fabrica piezas y estructuras de acero;Transportes|lleva carga refrigerada;"
    "Servicios|servicios de mantenimiento industrial;Software|programa sistemas de gestión;"
    "Textil|confecciona ropa de trabajo;Láctea|produce quesos y yogur;Frigorífico|faena y congela"
    " carne;Maderas|asierra y seca pino;Plásticos|inyecta piezas plásticas;Química|formula"
    " detergentes y resinas;Consultora|asesora en calidad y exportación;Agrícola|cultiva uva y"
    " arándanos;Constructora|construye obras y galpones;Laboratorio|analiza suelos y alimentos"
)
KINDS = [
    "firm",
    "firm",
    "firm",
    "firm",
    "firm",
    "firm",
    "sole_trader",
    "cooperative",
    "university",
    "chamber",
    "ngo",
    "lender",
]
SIZES = ("micro", "micro", "small", "small", "medium", "large", "")
TABLES = (Site, OrganizationActivity, Affiliation, Certificate, Offer, Need, Cluster, Organization)


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def build(count: int) -> None:
    """Fill the database named in DATABASE_URL, which must be one for benchmarks."""
    name = connection.settings_dict["NAME"]
    if "bench" not in str(name):
        raise SystemExit(f"{name} is not a database for benchmarks: its name must say so.")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET synchronous_commit = off")
        cursor.execute("SELECT count(*) FROM firms_organization")
        if cursor.fetchone()[0] >= count:
            return
    call_command("load_reference", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET statement_timeout = 0; SET synchronous_commit = off; SELECT setseed(.5)"
        )
        _triggers(cursor, "DISABLE")
        indexes = _without_indexes(cursor)
        _rows(cursor, count)
        _triggers(cursor, "ENABLE")
        _entries(cursor)
        _with_indexes(cursor, indexes)


def _triggers(cursor: Any, what: str) -> None:
    for model in TABLES:
        table = sql.Identifier(model._meta.db_table)
        statement = sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(table, sql.SQL(what))
        cursor.execute(statement)


def _without_indexes(cursor: Any) -> list[str]:
    """Drop the inverted and spatial indexes, which cost most to fill row by row."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename LIKE"
        " 'firms_%' AND (indexdef LIKE '%USING gin%' OR indexdef LIKE '%USING gist%')"
        " AND tablename <> 'firms_searchword'"
    )
    found = cursor.fetchall()
    for name, _statement in found:
        cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    # trigrams of names serve other pages than those measured here
    return [statement for _name, statement in found if "gin_trgm_ops" not in statement]


def _with_indexes(cursor: Any, statements: list[str]) -> None:
    cursor.execute("SET maintenance_work_mem = '256MB'")
    for statement in statements:
        cursor.execute(statement)
        say(statement[:80])
    cursor.execute("VACUUM ANALYZE")


def _insert(cursor: Any, model: type[models.Model], values: dict[str, str], source: str) -> None:
    """Insert rows; columns that are not named get what the model gives by default."""
    columns, shown = [], []
    for field in model._meta.concrete_fields:
        if field.column in values:
            text = values[field.column]
        elif field.primary_key or field.null or field.generated:
            continue
        else:
            text = _default(field)
        columns.append(f'"{field.column}"')
        shown.append(text)
    into = f"{model._meta.db_table} ({', '.join(columns)})"
    cursor.execute(f"INSERT INTO {into} SELECT {', '.join(shown)} {source}")
    say(f"{model.__name__}: {cursor.rowcount}")


def _default(field: Any) -> str:
    if isinstance(field, models.DateTimeField):
        return "now()"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    if field.has_default() and not callable(field.default):
        return f"'{field.default}'"
    return "'{}'" if field.has_default() else "''"


def _seeds(cursor: Any, count: int) -> None:
    cursor.execute(
        "CREATE TEMP TABLE trade AS SELECT row_number() OVER () - 1 AS n, split_part(t, '|', 1) AS"
        " name, split_part(t, '|', 2) AS does FROM unnest(string_to_array(%s, ';')) t",
        [TRADES],
    )
    # people live where people live: cities by population, with some sites round about
    cursor.execute(
        "CREATE TEMP TABLE place AS SELECT row_number() OVER () - 1 AS n, c.* FROM ("
        " SELECT c.id AS city_id, c.admin_unit_id, c.country_id, ST_X(c.point::geometry) AS x,"
        " ST_Y(c.point::geometry) AS y FROM clusters_city c, generate_series(1,"
        " 1 + (c.population / 50000)) WHERE c.admin_unit_id IS NOT NULL) c"
    )
    cursor.execute("CREATE INDEX ON place (n)")
    cursor.execute(
        "CREATE TEMP TABLE kind_of_work AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, id"
        " FROM clusters_classification WHERE scheme = 'isic4' AND level = 4"
    )
    cursor.execute(
        "CREATE TEMP TABLE seed AS SELECT i, floor(random() * 38)::int AS w1,"
        " floor(random() * 38)::int AS w2, floor(random() * 16)::int AS trade,"
        " floor(random() * (SELECT count(*) FROM place))::int AS place,"
        " floor(power(random(), 2) * (SELECT count(*) FROM kind_of_work))::int AS work,"
        " floor(random() * 12)::int AS kind, floor(random() * 7)::int AS size,"
        " random() AS verified, random() - .5 AS dx, random() - .5 AS dy"
        " FROM generate_series(1, %s) i",
        [count],
    )


def _rows(cursor: Any, count: int) -> None:
    _seeds(cursor, count)
    _organizations(cursor)
    cursor.execute(
        "CREATE TEMP TABLE made AS SELECT id, source_ref::int AS i FROM"
        " firms_organization WHERE source = 'bench'"
    )
    cursor.execute("CREATE UNIQUE INDEX ON made (i); ANALYZE made; ANALYZE seed")
    source = "FROM made m JOIN seed s ON s.i = m.i JOIN place p ON p.n = s.place"
    spot = "ST_SetSRID(ST_MakePoint(p.x + s.dx * .4, p.y + s.dy * .4), 4326)::geography"
    _insert(
        cursor,
        Site,
        {
            "organization_id": "m.id",
            "is_main": "true",
            "point": spot,
            "precision": "'exact'",
            "admin_unit_id": "p.admin_unit_id",
            "city_id": "p.city_id",
        },
        source,
    )
    _insert(
        cursor,
        OrganizationActivity,
        {"organization_id": "m.id", "classification_id": "k.id", "is_main": "true"},
        "FROM made m JOIN seed s ON s.i = m.i JOIN kind_of_work k ON k.n = s.work",
    )
    _clusters(cursor)
    _certificates(cursor)
    _listings(cursor, spot)


def _organizations(cursor: Any) -> None:
    words = f"(ARRAY{list(WORDS)})"
    source = "FROM seed s JOIN trade t ON t.n = s.trade JOIN place p ON p.n = s.place ORDER BY s.i"
    _insert(
        cursor,
        Organization,
        {
            "kind": f"(ARRAY{list(KINDS)})[s.kind + 1]",
            "legal_name": f"t.name || ' ' || {words}[s.w1 + 1] || ' ' || {words}[s.w2 + 1]"
            " || ' ' || s.i || ' S.A.'",
            "one_line": "t.does",
            "description": "'Desde hace años ' || t.does || ' para clientes de toda la región.'",
            "country_id": "p.country_id",
            "size_class": f"(ARRAY{list(SIZES)})[s.size + 1]",
            "verification": "CASE WHEN s.verified < .1 THEN 'verified' WHEN s.verified < .4"
            " THEN 'claimed' ELSE 'listed' END",
            "verified_on": "CASE WHEN s.verified < .1 THEN current_date END",
            "source": "'bench'",
            "source_ref": "s.i::text",
            "created_at": "now() - s.i * interval '30 seconds'",
            "visibility": "CASE WHEN s.verified > .98 THEN 'members' ELSE 'public' END",
        },
        source,
    )


def _clusters(cursor: Any) -> None:
    _insert(
        cursor,
        Cluster,
        {
            "slug": "'c' || g",
            "label_es": "'Clúster ' || g",
            "country_id": "(SELECT min(id) FROM clusters_adminunit WHERE level = 0)",
        },
        "FROM generate_series(1, 50) g",
    )
    _insert(
        cursor,
        Affiliation,
        {
            "organization_id": "m.id",
            "cluster_id": "c.id",
            "cluster_confirmed_on": "current_date",
            "member_confirmed_on": "current_date",
        },
        "FROM made m JOIN clusters_cluster c ON c.slug = 'c' || (1 + m.i % 500)",
    )


def _certificates(cursor: Any) -> None:
    _insert(
        cursor,
        Certificate,
        {
            "organization_id": "m.id",
            "standard_id": "(SELECT min(id) FROM clusters_certificatestandard)",
            "valid_until": "current_date + 100 - (m.i % 300)",
        },
        "FROM made m WHERE m.i % 20 = 0",
    )


def _listings(cursor: Any, spot: str) -> None:
    common = {
        "organization_id": "m.id", "admin_unit_id": "p.admin_unit_id", "point": spot,
        "title": "initcap(t.does)", "status": "'published'", "published_at": "now()",
        "valid_from": "current_date - 1", "valid_until": "current_date + (m.i / 5) % 100",
    }  # fmt: skip
    source = (
        "FROM made m JOIN seed s ON s.i = m.i JOIN trade t ON t.n = s.trade JOIN place p ON"
        " p.n = s.place WHERE m.i % {} = 0"
    )
    offers = common | {"kind": "'product'", "reference": "'O-' || m.i"}
    _insert(cursor, Offer, offers, source.format(5))
    needs = common | {"reference": "'N-' || m.i"}
    _insert(cursor, Need, needs, source.format(20))


def _entries(cursor: Any) -> None:
    cursor.execute("VACUUM ANALYZE")
    cursor.execute(
        "INSERT INTO firms_directoryentry (organization_id, is_listed, country_code, kind,"
        " size_class, verification, visibility, sort_name, tags, document) SELECT id, false, '',"
        " kind, size_class, verification, visibility, '', '{}', '' FROM firms_organization"
    )
    cursor.execute("ANALYZE firms_directoryentry")
    cursor.execute("SELECT min(id), max(id) FROM firms_organization")
    first, last = cursor.fetchone()
    for start in range(first, last + 1, 2_000):
        cursor.execute(
            "SELECT firms_refresh_entries(array(SELECT id FROM firms_organization WHERE id >= %s"
            " AND id < %s))",
            [start, start + 2_000],
        )
        if (start - first) % 100_000 == 0:
            say(f"entries: {start - first}")


def main() -> None:
    build(int(os.environ.get("RACIMO_BENCH_ORGANIZATIONS", "1000000")))
