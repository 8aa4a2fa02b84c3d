import datetime as dt

from accounts.models import RateBucket
from tests.factories import NOW, ApiTokenFactory, UserFactory
from tests.violations import violates


def test_an_address_is_one_account_in_any_case(db: None) -> None:
    UserFactory(email="rosa@ejemplo.org")
    with violates("user_email_unique_any_case"):
        UserFactory(email="Rosa@ejemplo.org")


def test_a_token_says_what_it_is_for(db: None) -> None:
    with violates("token_has_a_name"):
        ApiTokenFactory(name="")


def test_a_token_expires_after_it_begins(db: None) -> None:
    with violates("token_expires_after_creation"):
        ApiTokenFactory(expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


def test_a_bucket_never_holds_less_than_nothing(db: None) -> None:
    with violates("rate_bucket_not_negative"):
        RateBucket.objects.create(key="x", level=-1, refilled_at=NOW)
