"""Signing up, in and out, as a person does it."""

import re
from email.message import Message

from django.core import mail

from accounts.models import User
from tests.browser.conftest import Visit
from tests.browser.world import PASSWORD, World

NEW = "nueva@ejemplo.org"


def code_sent_to(address: str) -> str:
    message = next(each for each in reversed(mail.outbox) if each.to == [address])
    assert isinstance(message.message(), Message)
    found = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", message.body, re.MULTILINE)
    assert found, message.body
    return found.group(1)


def test_a_person_signs_up_confirms_by_code_and_leaves(world: World, visit: Visit) -> None:
    page = visit(viewport={"width": 360, "height": 780})
    page.goto("/es/accounts/signup/")
    page.page.get_by_label("Correo electrónico").fill(NEW)
    page.page.get_by_label("Contraseña").fill(PASSWORD)
    page.page.get_by_role("main").get_by_role("button", name="Crear cuenta").click()
    page.page.get_by_role("heading", name="Escriba el código").wait_for()
    assert not page.accessibility_faults()
    page.page.locator("input[name=code]").fill(code_sent_to(NEW))
    page.page.get_by_role("button", name="Confirmar").click()
    page.page.wait_for_url("**/es/")
    assert User.objects.filter(email=NEW).exists()

    page.page.get_by_text("Menú", exact=True).click()
    page.page.get_by_role("button", name="Salir").click()
    page.page.get_by_text("Menú", exact=True).click()
    page.page.get_by_role("link", name="Entrar").wait_for()


def test_a_wrong_password_keeps_the_address_and_says_so(world: World, visit: Visit) -> None:
    page = visit()
    page.goto("/es/accounts/login/")
    page.page.get_by_label("Correo electrónico").fill(world.owner.email)
    page.page.get_by_label("Contraseña").fill("no es esta contraseña")
    page.page.get_by_role("main").get_by_role("button", name="Entrar", exact=True).click()
    errors = page.page.locator(".errors")
    errors.wait_for()
    assert page.page.evaluate("document.activeElement.classList.contains('errors')")
    assert page.page.get_by_label("Correo electrónico").input_value() == world.owner.email
    assert not page.accessibility_faults()


def test_a_person_signs_in_and_finds_their_organization_in_the_menu(
    world: World, visit: Visit
) -> None:
    page = visit()
    page.goto("/es/accounts/login/")
    page.page.get_by_label("Correo electrónico").fill(world.owner.email)
    page.page.get_by_label("Contraseña").fill(PASSWORD)
    page.page.get_by_role("main").get_by_role("button", name="Entrar", exact=True).click()
    page.page.wait_for_url("**/es/")
    page.page.get_by_text("Ana Rojas", exact=True).first.click()
    page.page.get_by_text("Mis organizaciones").first.wait_for()
    page.page.keyboard.press("Escape")
    assert not page.page.get_by_text("Mis organizaciones").first.is_visible()


def test_a_forgotten_password_is_replaced_by_a_mailed_link(world: World, visit: Visit) -> None:
    page = visit()
    page.goto("/es/accounts/password/reset/")
    page.page.get_by_label("Correo electrónico").fill(world.owner.email)
    page.page.get_by_role("button", name="Enviarme el enlace").click()
    page.page.get_by_role("heading", name="Revise su correo").wait_for()
    link = re.search(r"https?://\S+/password/reset/key/\S+", mail.outbox[-1].body)
    assert link
    page.page.goto(link.group(0))
    page.page.locator("input[type=password]").first.fill("otras-uvas-del-valle-9")
    if page.page.locator("input[type=password]").count() > 1:
        page.page.locator("input[type=password]").nth(1).fill("otras-uvas-del-valle-9")
    page.page.get_by_role("button", name="Guardar la contraseña").click()
    page.page.get_by_role("heading", name="Su contraseña quedó guardada").wait_for()
    world.owner.refresh_from_db()
    assert world.owner.check_password("otras-uvas-del-valle-9")
