import datetime as dt
from typing import Any

from tests.factories import (
    TODAY,
    IprRecordFactory,
    NeedFactory,
    NeedItemFactory,
    NeedTextFactory,
    OfferFactory,
    OfferTextFactory,
    ResearchProjectFactory,
    TechnologyFactory,
    TechnologyWishFactory,
)
from tests.violations import violates

YESTERDAY = TODAY - dt.timedelta(days=1)


def test_the_database_refuses_listings_that_contradict_themselves(db: None) -> None:
    line, other = NeedItemFactory(), OfferTextFactory()
    said = NeedTextFactory()
    broken: list[tuple[str, Any, dict[str, Any]]] = [
        ("offer_sdgs_exist", OfferFactory, {"sdgs": [18]}),
        ("need_sdgs_exist", NeedFactory, {"sdgs": [0]}),
        ("offer_price_in_order", OfferFactory, {"price_min": 2, "price_max": 1, "currency": "CLP"}),
        ("offer_price_has_currency", OfferFactory, {"price_min": 2}),
        ("need_quote_has_closing_day", NeedFactory, {"kind": "quote"}),
        ("technology_trl_exists", TechnologyFactory, {"trl": 10}),
        ("ipr_record_share_in_range", IprRecordFactory, {"owner_share": 0}),
        (
            "ipr_record_dates_in_order",
            IprRecordFactory,
            {"priority_on": TODAY, "expires_on": YESTERDAY},
        ),
        ("technology_wish_trl_in_order", TechnologyWishFactory, {"trl_min": 5, "trl_max": 4}),
        (
            "research_project_dates_in_order",
            ResearchProjectFactory,
            {"interest_until": TODAY, "call_closes_on": YESTERDAY},
        ),
        ("need_item_unique", NeedItemFactory, {"need": line.need, "position": line.position}),
        ("offer_text_unique", OfferTextFactory, {"offer": other.offer}),
        ("need_text_unique", NeedTextFactory, {"need": said.need}),
    ]
    for name, factory, values in broken:
        with violates(name):
            factory(**values)
