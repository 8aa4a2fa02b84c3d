"""Programs in a browser: filters that do not lose the page, answers that count at once."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from firms.models import OrganizationKind
from programs.models import Call
from tests.browser.conftest import Visit
from tests.browser.test_every_page import reading_faults
from tests.browser.world import World
from tests.factories import CallFactory, CriterionFactory, MembershipFactory, ProgramFactory
from tests.programs.make import agency

KEPT = "window.kept = window.kept || Math.random()"


def open_call(**fields: Any) -> Call:
    now = timezone.now()
    dates = {"opens_at": now - dt.timedelta(days=2), "closes_at": now + dt.timedelta(days=12)}
    return CallFactory(**dates, **fields)


def declared(call: Call, text: str, question: str) -> None:
    CriterionFactory(call=call, kind="declared", parameters={"question": question}, text=text)


@pytest.fixture
def calls(world: World) -> list[Call]:
    """Eight calls that ask two questions, one of them for research."""
    research = ProgramFactory(policy_role="research", label_es="Investigación")
    found = [open_call(program=research, title="Bono de investigación")]
    found += [open_call() for _ in range(7)]
    for call in found:
        declared(call, "Sin deudas laborales", "no-debt")
    declared(found[0], "Proyecto en TRL 3 o más", "trl-3")
    return found


@pytest.fixture
def officer(world: World) -> User:
    membership = MembershipFactory(organization=agency(legal_name="Agencia de Fomento"))
    assert membership.organization.kind == OrganizationKind.PUBLIC_AGENCY
    user: User = membership.user
    return user


def headings(visitor: Any) -> list[str]:
    visitor.settle()
    texts = visitor.page.locator("#program-groups h2").all_inner_texts()
    return [" ".join(text.split()) for text in texts]


def test_groups_follow_the_filters_and_the_back_button(
    world: World, calls: list[Call], visit: Visit
) -> None:
    visitor = visit(world.owner)
    visitor.goto(f"/es/programs/for/{world.winery.public_id}/")
    mark = visitor.page.evaluate(KEPT)
    assert headings(visitor) == ["Puede postular ya 0", "Podría si… 8", "No, porque… 0"]
    visitor.page.get_by_label("Para qué").select_option("research")
    visitor.page.wait_for_url("**role=research**")
    assert headings(visitor) == ["Puede postular ya 0", "Podría si… 1", "No, porque… 0"]
    assert visitor.page.evaluate(KEPT) == mark
    visitor.page.go_back()
    visitor.page.wait_for_url(f"**/{world.winery.public_id}/")
    visitor.page.wait_for_selector("#group-could :text('8')")
    assert visitor.page.locator("h1").count() == 1
    visitor.page.get_by_role("link", name="Mostrar más").click()
    visitor.page.wait_for_url("**could=12**")
    visitor.settle()
    assert visitor.page.locator("#program-groups article").count() == 8


@pytest.mark.parametrize("scripts", [True, False])
def test_one_answer_opens_every_call_that_asked_it(
    world: World, calls: list[Call], visit: Visit, scripts: bool
) -> None:
    visitor = visit(world.owner, java_script_enabled=scripts)
    visitor.page.goto(f"{visitor.base}/es/programs/for/{world.winery.public_id}/")
    visitor.page.get_by_role("button", name="Sí: Sin deudas laborales").first.click()
    visitor.page.wait_for_selector("#group-now :text('7')")
    text = visitor.page.locator("#program-groups").inner_text()
    assert "Le falta 1" in text
    assert "Proyecto en TRL 3 o más" in text


def test_an_officer_sees_who_would_pass_while_choosing(
    world: World, officer: User, visit: Visit
) -> None:
    program = ProgramFactory(agency=officer.memberships.get().organization)
    call = open_call(program=program)
    visitor = visit(officer)
    visitor.goto(f"/es/programs/calls/{call.public_id}/criteria/?kind=size_class")
    visitor.page.get_by_label("Pequeña").check()
    live = visitor.page.locator("#live")
    live.get_by_text("Con esta condición más:").wait_for()
    assert "Tamaño: pequeña" in live.inner_text()
    visitor.page.get_by_role("button", name="Agregar", exact=True).click()
    visitor.page.get_by_role("button", name="Quitar: Tamaño: pequeña").wait_for()
    assert call.criteria.get().parameters == {"sizes": ["small"]}


def test_the_pages_read_well_on_a_phone_and_on_a_desk(
    world: World, calls: list[Call], officer: User, visit: Visit
) -> None:
    organization = officer.memberships.get().organization
    program = ProgramFactory(agency=organization)
    own = open_call(program=program)
    declared(own, "Sin deudas laborales", "no-debt")
    paths = {
        world.owner: [
            "/es/programs/",
            "/es/programs/?view=programs",
            f"/es/programs/for/{world.winery.public_id}/",
            f"/es/programs/calls/{calls[0].public_id}/",
            f"/es/programs/{calls[0].program.slug}/",
        ],
        officer: [
            "/es/programs/desk/",
            f"/es/programs/new/{organization.public_id}/",
            f"/es/programs/{program.slug}/calls/new/",
            f"/es/programs/calls/{own.public_id}/criteria/?kind=years_since_start",
        ],
    }
    faults = []
    for user, pages in paths.items():
        visitor = visit(user)
        for path in pages:
            visitor.goto(path)
            faults += reading_faults(visitor)
    assert not faults
