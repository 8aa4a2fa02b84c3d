import datetime as dt
from uuid import uuid4

import pytest

from accounts.models import LawfulBasis, Purpose
from firms.models import ContactSource, ContactVisibility
from tests.factories import (
    NOW,
    AccountClosingFactory,
    ConsentFactory,
    ContactFactory,
    DataExportFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.violations import violates

pytestmark = pytest.mark.django_db


def test_an_entry_is_of_a_person_or_of_a_contact() -> None:
    with violates("consent_of_person_or_contact"):
        ConsentFactory(user=None)
    with violates("consent_of_person_or_contact"):
        ConsentFactory(contact=uuid4())


def test_consent_is_withdrawn_after_it_is_given() -> None:
    with violates("consent_withdrawn_after_given"):
        ConsentFactory(withdrawn_at=NOW - dt.timedelta(days=1))


def test_one_entry_is_in_force_for_a_purpose() -> None:
    user = UserFactory()
    ConsentFactory(user=user, withdrawn_at=NOW)
    ConsentFactory(user=user)
    with violates("consent_once_per_person_and_purpose"):
        ConsentFactory(user=user)
    contact = {"user": None, "contact": uuid4(), "purpose": Purpose.CONTACT}
    ConsentFactory(**contact)
    with violates("consent_once_per_contact_and_purpose"):
        ConsentFactory(**contact)


def test_a_copy_that_is_ready_has_an_end() -> None:
    with violates("data_export_ready_has_end"):
        DataExportFactory(ready_at=NOW, file_key="private/exports/x.zip")
    export = DataExportFactory()
    with violates("data_export_one_waiting"):
        DataExportFactory(user=export.user)


def test_a_closing_ends_one_way() -> None:
    with violates("account_closing_undone_or_erased"):
        AccountClosingFactory(undone_at=NOW, erased_at=NOW)
    closing = AccountClosingFactory()
    with violates("account_closing_one_open"):
        AccountClosingFactory(user=closing.user)


def test_a_contact_can_be_reached_names_its_source_and_is_shown_with_consent() -> None:
    with violates("contact_can_be_reached"):
        ContactFactory(role_email="")
    with violates("contact_imported_names_source"):
        ContactFactory(source=ContactSource.IMPORT)
    with violates("contact_shown_with_consent"):
        ContactFactory(
            visibility=ContactVisibility.ON_REQUEST,
            lawful_basis=LawfulBasis.LEGITIMATE_INTEREST,
        )


def test_a_logo_is_of_one_organization() -> None:
    OrganizationFactory(logo="a" * 32)
    with violates("organization_logo_of_one"):
        OrganizationFactory(logo="a" * 32)
