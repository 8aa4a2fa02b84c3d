"""A stranger signs up, registers an organization, and is found in the directory: in one run."""

from playwright.sync_api import Page

from firms.models import Organization
from tests.browser.conftest import Visit
from tests.browser.test_accounts import code_sent_to
from tests.browser.visitor import Visitor
from tests.browser.world import PASSWORD, World
from tests.factories import CityFactory, ClassificationFactory, CountryFactory, RegionFactory

NEW = "registradora@ejemplo.org"
NAME = "Etiquetas del Valle SpA"


class Hand:
    """What a person does, counted: presses, and fields written in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.fields = 0

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.presses += 1

    def write(self, selector: str, text: str) -> None:
        self.page.locator(selector).fill(text)
        self.fields += 1

    def tick(self, selector: str) -> None:
        self.page.locator(selector).first.check()
        self.presses += 1


def sign_up(hand: Hand, visitor: Visitor) -> None:
    visitor.goto("/es/accounts/signup/")
    hand.write("input[type=email]", NEW)
    hand.write("input[type=password]", PASSWORD)
    hand.press("Crear cuenta")
    hand.page.get_by_role("heading", name="Escriba el código").wait_for()
    hand.write("input[name=code]", code_sent_to(NEW))
    hand.press("Confirmar")
    hand.page.wait_for_url("**/es/")


def say_what_it_does(hand: Hand) -> None:
    activity = ClassificationFactory(code="1811", label_es="Impresión")
    hand.write("#id_one_line", "Etiquetas autoadhesivas para botellas")
    hand.write("#id_activities_search", activity.code)
    hand.tick(f"#activities-options input[value='isic4:{activity.code}']")


def test_a_stranger_registers_and_is_found(world: World, visit: Visit) -> None:
    region = RegionFactory(parent=CountryFactory(label_es="Chile"))
    CityFactory(name="Peralillo", search_name="peralillo", admin_unit=region)
    visitor = visit(viewport={"width": 360, "height": 780})
    page, hand = visitor.page, Hand(visitor.page)
    sign_up(hand, visitor)
    visitor.goto("/es/organizations/new/")
    assert page.locator("#id_country").input_value() == "CL"
    hand.write("#id_tax_number", "76.192.083-9")
    hand.write("#id_legal_name", NAME)
    assert not visitor.accessibility_faults()
    hand.press("Guardar y seguir")
    assert page.locator("input[name=kind][value=firm]").is_checked()
    hand.press("Guardar y seguir")

    say_what_it_does(hand)
    assert not visitor.accessibility_faults()
    hand.press("Guardar y seguir")

    page.reload()
    hand.write("#id_city_search", "Peralillo")
    hand.tick("#city-options input")
    assert not visitor.is_too_wide()
    hand.press("Guardar y seguir")
    hand.press("Guardar y seguir")
    assert not visitor.accessibility_faults()
    hand.press("Registrar la organización")
    page.get_by_role("heading", name="Ya está registrada").wait_for()
    assert Organization.objects.filter(legal_name=NAME).count() == 1

    visitor.goto("/es/directory/?q=etiquetas+del+valle")
    page.get_by_role("link", name=NAME).first.wait_for()
    assert (hand.presses, hand.fields) == (10, 8)


def test_a_point_on_the_map_fills_the_numbers_in_and_by_keyboard_too(
    world: World, visit: Visit
) -> None:
    CountryFactory(label_es="Chile")
    visitor = visit(world.owner)
    page, hand = visitor.page, Hand(visitor.page)
    visitor.goto("/es/organizations/new/")
    hand.write("#id_tax_number", "76.192.083-9")
    hand.write("#id_legal_name", "Otra del todo distinta")
    hand.press("Guardar y seguir")
    hand.press("Guardar y seguir")
    say_what_it_does(hand)
    hand.press("Guardar y seguir")
    page.get_by_text("Poner un punto en el mapa").click()
    page.locator(".point-picker [data-ready]").wait_for()
    page.get_by_role("button", name="Poner el punto en el centro del mapa").press("Enter")
    assert page.locator("#id_latitude").input_value() == "-33.45000"
    assert page.locator("#id_longitude").input_value() == "-70.65000"
    page.locator(".point-picker canvas").click(position={"x": 150, "y": 90})
    page.wait_for_function("document.querySelector('#id_latitude').value !== '-33.45000'")
    page.get_by_role("button", name="Quitar el punto").click()
    assert page.locator("#id_latitude").input_value() == ""
