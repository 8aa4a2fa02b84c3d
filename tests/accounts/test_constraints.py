import datetime as dt

from accounts.models import MailChoice, MailKind, Pace, RateBucket, SpentCode
from tests.factories import NOW, ApiTokenFactory, EmailChangeFactory, UserFactory
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


def test_a_code_is_spent_once(db: None) -> None:
    person = UserFactory()
    SpentCode.objects.create(user=person, digest="x", spent_at=NOW)
    SpentCode.objects.create(user=UserFactory(), digest="x", spent_at=NOW)
    with violates("spent_code_only_once"):
        SpentCode.objects.create(user=person, digest="x", spent_at=NOW)


def test_one_change_of_address_waits_at_a_time(db: None) -> None:
    first = EmailChangeFactory()
    with violates("email_change_one_open_per_person"):
        EmailChangeFactory(user=first.user)


def test_only_a_confirmed_change_of_address_is_undone(db: None) -> None:
    with violates("email_change_undone_after_confirmed"):
        EmailChangeFactory(undone_at=NOW)


def test_mail_comes_at_an_hour_that_exists_at_one_pace_a_kind(db: None) -> None:
    with violates("user_mail_moment_exists"):
        UserFactory(mail_hour=24)
    chosen = {"user": UserFactory(), "kind": MailKind.MATCHES}
    MailChoice.objects.create(pace=Pace.DAILY, **chosen)
    with violates("mail_choice_once_per_kind"):
        MailChoice.objects.create(pace=Pace.NONE, **chosen)
