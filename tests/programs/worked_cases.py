"""Worked firms of the programs whose rules go by figures, projects and consortia."""

from decimal import Decimal
from typing import Any

from programs.eligibility.facts import Award, FactName, Value
from programs.eligibility.values import Amount, Interval, YearAmount
from tests.unit.eligibility.make import day

F = FactName


def count(value: int | str) -> Interval:
    return Interval.exactly(Decimal(value))


def money(value: int | str, currency: str) -> Amount:
    return Amount(count(value), currency)


def sold(value: int | str, currency: str, year: int = 2025) -> tuple[YearAmount, ...]:
    return (YearAmount(year, money(value, currency)),)


def words(*values: str) -> frozenset[str]:
    return frozenset(values)


def firm(places: str = "CL/CL-TA", **known: Any) -> dict[str, Any]:
    return {"places": (places,), **known}


def more(country: str = "CL", **known: Value) -> dict[FactName, Value]:
    named: dict[FactName, Value] = {F(name): value for name, value in known.items()}
    return {F.COUNTRY: words(country), **named}


# call: (expected, what is known, questions answered yes or "all", answered no, refused by, open)
Row = tuple[str, dict[str, Any], Any, tuple[str, ...], str, tuple[str, ...]]
ALL = "all"

LED = {"women_led": True}
BUILD = more(counterpart_pct=count(10), requested=money(10_000_000, "CLP"))
EIC = more(
    "ES",
    headcount=count(40),
    sales=sold(4_000_000, "EUR"),
    trl_start=count(6),
    duration_months=count(24),
    requested=money(2_500_000, "EUR"),
)
STARS = more(
    "ES",
    lead_kind=words("firm"),
    independent_partners=count(2),
    partner_countries=count(2),
    sme_cost_pct=count(50),
    largest_share_pct=count(70),
    largest_country_pct=count(70),
    duration_months=count(36),
)
ANII = more("UY", tax_category=words("IRAE"), purposes=words("research"))
TECNOVA = more(
    "BR",
    sales=sold("3600000", "BRL"),
    requested=money(400_000, "BRL"),
    counterpart_pct=count(5),
)
PY = more("PY", first_invoice_on=day("2025-05-24"), requested=money(145_000_000, "PYG"))
NEOTEC = more(
    "ES",
    women_board_pct=count(60),
    women_capital_pct=count(51),
    budget=money(175_000, "EUR"),
    requested=money(120_000, "EUR"),
)

ROWS: dict[str, list[Row]] = {
    "cl-tarapaca-postula-mujer-next": [
        ("pass", firm(**LED, more=more(sales=sold(2_400 * 39_643, "CLP"))), ALL, (), "", ()),
        ("fail", firm(**LED, more=more(sales=sold(2_401 * 39_644, "CLP"))), ALL, (), "ventas", ()),
        ("unknown", firm(more=more(sales=sold(1_000_000, "CLP"))), ALL, (), "", ("mujeres",)),
        ("fail", firm("CL/CL-LI", **LED), ALL, (), "domicilio", ()),
    ],
    "cl-corfo-semilla-next": [
        (
            "pass",
            firm(started="2024-11-24", more=more(requested=money(25_000_000, "CLP"))),
            ("cl-semilla-sales-six-months",),
            ("not-started",),
            "",
            (),
        ),
        (
            "fail",
            firm(started="2024-11-23", more=more(requested=money(25_000_000, "CLP"))),
            ("cl-semilla-sales-six-months",),
            ("not-started",),
            "inicio",
            (),
        ),
        ("unknown", firm(more=more(requested=money(1, "CLP"))), (), (), "", ("inicio", "ventas")),
        (
            "fail",
            firm(started="2025-11-24", more=more(requested=money(25_000_001, "CLP"))),
            ALL,
            (),
            "monto",
            (),
        ),
    ],
    "cl-startup-chile-build-next": [
        ("pass", firm(more=BUILD), ALL, (), "", ()),
        (
            "pass",
            firm(kind="sole_trader", more=BUILD | more("VE", representative_age=count(18))),
            ALL,
            (),
            "",
            (),
        ),
        (
            "fail",
            firm(kind="sole_trader", more=BUILD | more("VE", representative_age=count(17))),
            ALL,
            (),
            "quien",
            (),
        ),
        ("unknown", firm(more=more()), ALL, (), "", ("aporte", "monto")),
        ("fail", firm(more=BUILD | more("PE")), ALL, (), "quien", ()),
    ],
    "cl-corfo-transversal-window": [
        ("pass", firm(), ALL, (), "", ()),
        ("pass", firm(kind="sole_trader"), ALL, (), "", ()),
        # the register is checked at admissibility: it does not refuse yet when applying
        ("pass", firm(kind="sole_trader"), (), ("not-in-register.alimony_debtors",), "", ()),
        ("pass", firm(women_led=False), (), (), "", ()),
    ],
    "cl-corfo-difusion-tecnologica-next": [
        ("pass", firm(more=more(requested=money(90_000_000, "CLP"))), (), (), "", ()),
        ("fail", firm(more=more(requested=money(90_000_001, "CLP"))), (), (), "monto", ()),
        ("unknown", firm(more=more()), (), (), "", ("monto",)),
        ("fail", firm(more=more("AR", requested=money(1, "CLP"))), (), (), "pais", ()),
    ],
    "cl-compra-agil-window": [
        (
            "pass",
            firm(sizes=("micro",), more=more(requested=money(6_729_400, "CLP"))),
            (),
            (),
            "",
            (),
        ),
        (
            "fail",
            firm(sizes=("small",), more=more(requested=money(6_729_401, "CLP"))),
            (),
            (),
            "monto",
            (),
        ),
        ("unknown", firm(sizes=("small",), more=more()), (), (), "", ("monto",)),
        ("fail", firm(sizes=("medium",), more=more()), (), (), "tamano", ()),
    ],
    "ar-fontar-anr-3500-next": [
        (
            "pass",
            firm("AR/AR-M", sizes=("small",), more=more("AR", partner_count=count(1))),
            (),
            (),
            "",
            (),
        ),
        (
            "pass",
            firm("AR", sizes=("medium",), more=more("AR", partner_count=count(3))),
            ALL,
            (),
            "",
            (),
        ),
        (
            "fail",
            firm("AR", sizes=("micro",), more=more("AR", partner_count=count(2))),
            (),
            ("ar-association-form",),
            "asociacion",
            (),
        ),
        ("unknown", firm("AR", sizes=("micro",)), (), (), "", ("asociacion",)),
    ],
    "co-innpulsa-rutas-cluster-next": [
        ("pass", firm("CO", kind="cluster_organization", more=more("CO")), ALL, (), "", ()),
        ("fail", firm("CO", kind="firm", more=more("CO")), ALL, (), "proponente", ()),
        ("unknown", firm("CO", kind="chamber", more=more("CO")), (), (), "", ("beneficiarias",)),
        (
            "fail",
            firm("CO", kind="ngo", more=more("CO")),
            ALL,
            ("co-innpulsa-chain",),
            "cadena",
            (),
        ),
    ],
    "br-finep-tecnova-next": [
        ("pass", firm("BR/BR-SP", more=TECNOVA), (), (), "", ()),
        (
            "fail",
            firm("BR", more=TECNOVA | more("BR", sales=sold("3600000.01", "BRL"))),
            (),
            (),
            "receita",
            (),
        ),
        (
            "fail",
            firm("BR", more=TECNOVA | more("BR", requested=money(119_999, "BRL"))),
            (),
            (),
            "valor",
            (),
        ),
        ("unknown", firm("BR", more=more("BR")), (), (), "", ("receita", "valor", "contrapartida")),
        (
            "pass",
            firm("BR", more=TECNOVA | more("BR", awards=(Award("centelha", day("2022-01-01")),))),
            (),
            (),
            "",
            (),
        ),
    ],
    "uy-anii-credito-fiscal-next": [
        ("pass", firm("UY", more=ANII), ALL, (), "", ()),
        (
            "pass",
            firm("UY", more=ANII | more("UY", partner_kinds=words("university"))),
            ALL,
            (),
            "",
            (),
        ),
        ("fail", firm("UY", more=ANII), ALL, ("uy-not-irae-exempt",), "exenta", ()),
        ("fail", firm("UY", more=ANII), ALL, ("no-double-funding",), "doble", ()),
        ("unknown", firm("UY", more=more("UY")), ALL, (), "", ("contribuyente", "gasto")),
    ],
    "py-proinnova-ebt-next": [
        ("pass", firm("PY", more=PY), (), (), "", ()),
        (
            "fail",
            firm("PY", more=PY | more("PY", first_invoice_on=day("2025-05-23"))),
            (),
            (),
            "antiguedad",
            (),
        ),
        (
            "fail",
            firm("PY", more=PY | more("PY", requested=money(145_000_001, "PYG"))),
            (),
            (),
            "monto",
            (),
        ),
        ("unknown", firm("PY", more=more("PY")), (), (), "", ("antiguedad", "monto")),
    ],
    "eu-eic-accelerator-window": [
        ("pass", firm("ES", founded="2020-01-01", more=EIC), ALL, (), "", ()),
        # created before signing: not a reason to refuse when applying
        ("pass", firm("ES", founded="2027-01-01", more=EIC), ALL, (), "", ()),
        ("fail", firm("ES", more=EIC | more("ES", headcount=count(250))), ALL, (), "pyme", ()),
        ("fail", firm("ES", more=EIC | more("ES", trl_start=count(4))), ALL, (), "trl", ()),
        (
            "pass",
            firm(
                "ES",
                more=EIC
                | more("ES", sales=sold("60000000", "EUR"), balance=sold("43000000", "EUR")),
            ),
            ALL,
            (),
            "",
            (),
        ),
        ("unknown", firm("ES", more=EIC), (), (), "", ("pyme",)),
    ],
    "eu-eurostars-next": [
        ("pass", firm("ES", sizes=("small",), more=STARS), ALL, (), "", ()),
        (
            "fail",
            firm("ES", sizes=("small",), more=STARS | more("ES", largest_share_pct=count(71))),
            ALL,
            (),
            "costo-socio",
            (),
        ),
        (
            "fail",
            firm("ES", sizes=("small",), more=STARS | more("ES", sme_cost_pct=count(49))),
            ALL,
            (),
            "costo-pymes",
            (),
        ),
        (
            "unknown",
            firm("ES", sizes=("small",), more=more("ES")),
            ALL,
            (),
            "",
            ("socios", "paises"),
        ),
        ("fail", firm("ES", sizes=("large",), more=STARS), ALL, (), "pyme", ()),
    ],
    "es-neotec-mujeres-next": [
        ("pass", firm("ES/ES-CT", more=NEOTEC), (), (), "", ()),
        (
            "fail",
            firm("ES/ES-CT", more=NEOTEC | more("ES", women_capital_pct=count(50))),
            (),
            (),
            "mujeres",
            (),
        ),
        (
            "fail",
            firm("ES/ES-CT", more=NEOTEC | more("ES", budget=money(174_999, "EUR"))),
            (),
            (),
            "presupuesto",
            (),
        ),
        (
            "unknown",
            firm("ES/ES-CT", more=more("ES", women_board_pct=count(60))),
            (),
            (),
            "",
            ("mujeres", "presupuesto"),
        ),
    ],
    "eu-euroclusters-next": [
        (
            "pass",
            firm(
                "ES",
                more=more(
                    "ES", lead_kind=words("cluster_organization"), partner_countries=count(2)
                ),
            ),
            ALL,
            (),
            "",
            (),
        ),
        (
            "fail",
            firm("ES", more=more("ES", lead_kind=words("firm"), partner_countries=count(2))),
            ALL,
            (),
            "lider",
            (),
        ),
        (
            "fail",
            firm(
                "ES",
                more=more(
                    "ES", lead_kind=words("cluster_organization"), partner_countries=count(1)
                ),
            ),
            ALL,
            (),
            "paises",
            (),
        ),
        ("unknown", firm("ES", more=more("ES")), (), (), "", ("lider", "paises", "ecosistema")),
    ],
}
