"""Home with and without scripts, on a phone."""

from tests.browser.conftest import Visit
from tests.browser.world import World

NEED = "Etiquetas para 8.000 botellas"


def test_the_box_answers_under_it_and_the_address_can_be_shared(world: World, visit: Visit) -> None:
    visitor = visit()
    visitor.goto("/es/")
    visitor.page.get_by_label("Su necesidad, en una frase").fill(NEED)
    visitor.page.get_by_role("button", name="Ver quién puede").click()
    visitor.page.wait_for_selector("#answers > *")
    visitor.settle()
    assert "q=Etiquetas" in visitor.page.url
    assert visitor.page.get_by_role("heading", level=1).count() == 1
    assert not visitor.accessibility_faults()
    visitor.page.reload()
    visitor.settle()
    assert not visitor.accessibility_faults()


def test_the_box_answers_without_scripts(world: World, visit: Visit) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.page.goto(visitor.base + "/es/")
    visitor.page.get_by_label("Su necesidad, en una frase").fill(NEED)
    visitor.page.get_by_role("button", name="Ver quién puede").click()
    visitor.page.wait_for_url("**q=Etiquetas**")
    assert visitor.page.locator("main h1").count() == 1


def test_a_phone_reaches_every_section_through_the_menu(world: World, visit: Visit) -> None:
    visitor = visit(viewport={"width": 360, "height": 780}, java_script_enabled=False)
    visitor.page.goto(visitor.base + "/es/")
    menu = visitor.page.locator("nav.menu-panel")
    assert not menu.is_visible()
    visitor.page.get_by_text("Menú", exact=True).click()
    for name in ("Directorio", "Necesidades", "Ofertas", "Programas", "Clústeres", "English"):
        assert menu.get_by_role("link", name=name, exact=True).is_visible(), name


def test_the_language_changes_on_the_same_page(world: World, visit: Visit) -> None:
    visitor = visit()
    visitor.goto("/es/accounts/login/?next=/es/")
    visitor.page.locator(".foot").get_by_role("link", name="Português").click()
    visitor.page.wait_for_url("**/pt-br/accounts/login/?next=/es/")
    assert visitor.page.evaluate("document.documentElement.lang") == "pt-br"


def test_the_keyboard_skips_to_the_content(world: World, visit: Visit) -> None:
    visitor = visit()
    visitor.goto("/es/")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className").endswith("skip")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "content"
