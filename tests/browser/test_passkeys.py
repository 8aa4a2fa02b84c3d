"""A passkey is added, signs in by itself, and is the second step after the password."""

from playwright.sync_api import CDPSession, Page

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.browser.world import PASSWORD, World


def with_authenticator(page: Page) -> CDPSession:
    """Plug in a key that keeps passkeys and recognizes its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools


def give_password(page: Visitor, email: str) -> None:
    page.goto("/es/accounts/login/")
    page.page.get_by_label("Correo electrónico").fill(email)
    page.page.get_by_label("Contraseña").fill(PASSWORD)
    page.page.get_by_role("main").get_by_role("button", name="Entrar", exact=True).click()


def leave(page: Visitor) -> None:
    page.goto("/es/accounts/logout/")
    page.page.get_by_role("main").get_by_role("button", name="Salir").click()
    page.page.wait_for_url("**/es/")


def add_key(page: Visitor, name: str) -> None:
    """Add a key from the settings; the password is asked for on the way."""
    page.goto("/es/accounts/2fa/")
    assert not page.accessibility_faults()
    assert not page.is_too_wide()
    page.page.get_by_role("link", name="Agregar una llave").click()
    page.page.get_by_label("Contraseña").fill(PASSWORD)
    page.page.get_by_role("main").get_by_role("button", name="Confirmar").click()
    page.page.get_by_role("heading", name="Agregar una llave de acceso").wait_for()
    assert not page.accessibility_faults()
    page.page.get_by_label("Nombre").fill(name)
    page.page.get_by_role("button", name="Agregar la llave").click()
    page.page.get_by_role("heading", name="Códigos de recuperación").wait_for()
    assert page.page.locator(".codes li").count() == 10
    assert not page.accessibility_faults()


def test_a_passkey_is_added_and_signs_in_alone_and_after_the_password(
    world: World, visit: Visit
) -> None:
    page = visit(viewport={"width": 360, "height": 780})
    with_authenticator(page.page)
    give_password(page, world.owner.email)
    page.page.wait_for_url("**/es/")
    add_key(page, "Mi teléfono")

    leave(page)
    page.goto("/es/accounts/login/")
    page.page.get_by_role("button", name="Entrar con una llave de acceso").click()
    page.page.wait_for_url("**/es/")
    page.goto("/es/accounts/2fa/webauthn/")
    page.page.get_by_text("Mi teléfono").wait_for()

    leave(page)
    give_password(page, world.owner.email)
    page.page.get_by_role("heading", name="Falta un paso").wait_for()
    assert not page.accessibility_faults()
    page.page.get_by_role("button", name="Usar una llave de acceso").click()
    page.page.wait_for_url("**/es/")
    page.goto("/es/accounts/settings/")
    page.page.get_by_role("heading", name="Ajustes").wait_for()


def test_the_drawing_of_the_app_is_shown_under_our_policy(world: World, visit: Visit) -> None:
    page = visit()
    give_password(page, world.owner.email)
    page.page.wait_for_url("**/es/")
    page.goto("/es/accounts/2fa/totp/activate/")
    page.page.get_by_label("Contraseña").fill(PASSWORD)
    page.page.get_by_role("main").get_by_role("button", name="Confirmar").click()
    drawing = page.page.locator("img.qr")
    drawing.wait_for()
    assert drawing.evaluate("image => image.complete && image.naturalWidth > 0")
    assert not page.accessibility_faults()
