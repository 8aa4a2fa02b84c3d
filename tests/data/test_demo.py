"""The demo world that bin/up shows."""

import datetime as dt
import tomllib

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import CommandError
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from clusters.models import Cluster, LoadedDataSet
from common.jobs.models import Job
from firms.models import Affiliation, Membership, Need, Offer, Organization
from firms.policies import can_manage_cluster
from matching.models import Introduction, Match, Outcome
from programs.models import Program
from tests.conftest import digest_of_database
from tests.data.conftest import copy_demo, load_demo

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db]

INVENTED = Organization.objects.filter(source="demo")
ACCOUNTS = tomllib.loads((settings.DATA_DIR / "demo" / "accounts.toml").read_text())
CLUSTERS = ("vino-colchagua", "software-guadalajara", "electronica-cartago-heredia")


def today() -> dt.date:
    return timezone.now().date()


def test_has_a_world_worth_visiting():
    assert 60 <= INVENTED.count() <= 80
    assert Offer.objects.open_on(today()).filter(organization__source="demo").count() >= 90
    assert Need.objects.open_on(today()).count() >= 45
    assert set(Cluster.objects.values_list("slug", flat=True)) == set(CLUSTERS)
    assert INVENTED.filter(leadership=None).exists()
    assert INVENTED.filter(leadership__women_led=True).exists()
    assert set(Offer.objects.values_list("language", flat=True)) == {"es", "pt", "en"}


MISSING_LINK = "Recolección de vidrio limpio para reciclar en la zona central"


def test_every_open_need_has_a_partner_but_the_missing_link_s():
    open_needs = Need.objects.open_on(today())
    matched = Match.objects.filter(need__in=open_needs).values_list("need", flat=True)
    lonely = open_needs.exclude(pk__in=list(matched))
    assert {need.title for need in lonely} <= {MISSING_LINK}


def test_says_of_what_is_invented_that_it_is():
    told = Q(description__contains="Ejemplo ilustrativo")
    told |= Q(description__contains="Exemplo ilustrativo")
    told |= Q(description__contains="Illustration")
    assert not INVENTED.exclude(told).exists()
    assert not INVENTED.filter(identifiers__isnull=False).exists()
    assert not Cluster.objects.filter(is_illustration=False).exists()
    assert not Offer.objects.exclude(organization__source="demo").exclude(source="import").exists()


def test_each_cluster_has_its_people_its_chain_and_a_gap():
    for cluster in Cluster.objects.all():
        members = Affiliation.objects.confirmed().filter(cluster=cluster)
        assert members.count() >= 15
        assert members.filter(role="manager").count() == 1
        inside = Organization.objects.filter(sites__point__coveredby=cluster.territory)
        assert inside.filter(affiliations__cluster=cluster).count() >= 10
        stages = cluster.stages.annotate(
            providers=Count(
                "activities__organizations",
                filter=Q(activities__organizations__affiliations__cluster=cluster),
            )
        )
        empty = [stage.code for stage in stages if stage.providers == 0]
        assert stages.count() >= 10
        assert (
            empty
            == {
                "vino-colchagua": ["circular"],
                "software-guadalajara": [],
                "electronica-cartago-heredia": ["esterilizacion"],
            }[cluster.slug]
        )


def test_real_universities_stand_beside_the_invented_firms(demo):
    world = tomllib.loads((demo / "clusters" / "guadalajara.toml").read_text())
    assert len(world["supporters"]) == 4
    shipped = (settings.DATA_DIR / "demo" / "registers" / "ror.csv").read_text()
    assert all(supporter["ror"] in shipped for supporter in world["supporters"])


def test_people_can_sign_in(client):
    for person in ACCOUNTS["people"]:
        user = User.objects.get(email=person["email"])
        assert user.check_password(ACCOUNTS["password"])
        assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
        assert user.is_staff == person.get("is_staff", False)
    manager = User.objects.get(email="cluster@racimo.example")
    assert can_manage_cluster(manager, Cluster.objects.get(slug="vino-colchagua"))
    officer = Membership.objects.get(user__email="agencia@racimo.example").organization
    assert Program.objects.filter(agency=officer).count() == 1


def test_prints_the_accounts_that_it_makes():
    printed = (settings.DATA_DIR / "demo" / "accounts.txt").read_text()
    assert ACCOUNTS["password"] in printed
    assert all(person["email"] in printed for person in ACCOUNTS["people"])


def test_loading_again_changes_nothing(demo):
    before = digest_of_database()
    assert "está al día" in load_demo(demo)
    assert digest_of_database() == before


def test_files_that_changed_bring_the_world_up_to_date(demo, tmp_path):
    folder = copy_demo(tmp_path / "demo")
    path = folder / "clusters" / "colchagua.toml"
    path.write_text(path.read_text().replace("Viña Espejismo", "Viña Espejismo del Sur"))
    owned = INVENTED.get(source_ref="vina-quimera")
    owned.one_line = "Lo cambió su dueña"
    owned.save()
    counts = [model.objects.count() for model in (Organization, Offer, Need, Affiliation, User)]
    load_demo(folder)
    after = [model.objects.count() for model in (Organization, Offer, Need, Affiliation, User)]
    assert after == counts
    assert INVENTED.get(source_ref="vina-espejismo").legal_name == "Viña Espejismo del Sur"
    owned.refresh_from_db()
    assert owned.one_line == "Lo cambió su dueña"


def test_dates_are_renewed_after_two_months(demo):
    stamp = LoadedDataSet.objects.get(name="demo-world")
    stamp.loaded_at = timezone.now() - dt.timedelta(days=61)
    stamp.save()
    Need.objects.filter(organization__source="demo").update(
        valid_until=today() + dt.timedelta(days=2), updated_at=stamp.loaded_at
    )
    load_demo(demo)
    soon = today() + dt.timedelta(days=100)
    assert Need.objects.open_on(soon).count() == Need.objects.open_on(today()).count()


def test_shows_introductions_at_each_step_and_what_both_say_came_of_them():
    shown = set(Introduction.objects.values_list("status", flat=True))
    assert {"sent", "seen", "queued", "info_requested", "accepted", "planned"} <= shown
    assert {"agreed", "expired", "declined"} <= shown
    confirmed = Outcome.objects.exclude(author_said_at=None).exclude(receiver_said_at=None)
    assert {"purchase", "contract", "research"} <= set(confirmed.values_list("kind", flat=True))
    assert not Introduction.objects.filter(due_at__lte=timezone.now()).exists()


def test_leaves_no_job_behind():
    assert not Job.objects.filter(dead_at__isnull=False).exists()
    assert not Job.objects.filter(queue="parse", done_at=None).exists()


def test_refuses_a_public_installation(demo, settings):
    settings.HTTPS = True
    with pytest.raises(CommandError, match="Esta instalación es pública"):
        load_demo(demo)


def test_makes_nothing_where_the_demo_is_off(demo, settings):
    settings.DEMO = False
    before = digest_of_database()
    assert "RACIMO_DEMO=0" in load_demo(demo)
    assert digest_of_database() == before


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("clusters/colchagua.toml", 'city = "Lolol"', 'city = "Macondo"', "Macondo"),
        ("clusters/colchagua.toml", '"1102", "0121"]', '"1102", "9999"]', "9999"),
        ("clusters/colchagua.toml", "women = true", "mujeres = true", "mujeres"),
        ("clusters/colchagua.toml", "[cluster]", "[cluster", "colchagua.toml"),
        ("accounts.toml", "vina-quimera", "vina-nadie", "vina-nadie"),
    ],
)
def test_a_wrong_file_is_named_and_nothing_of_it_is_kept(tmp_path, name, old, new, said):
    folder = copy_demo(tmp_path / "demo")
    path = folder / name
    path.write_text(path.read_text().replace(old, new))
    before = digest_of_database()
    with pytest.raises(CommandError, match=said):
        load_demo(folder)
    assert digest_of_database() == before


def test_a_register_that_is_missing_is_named(tmp_path):
    folder = copy_demo(tmp_path / "demo")
    (folder / "registers" / "ror.csv").unlink()
    with pytest.raises(CommandError, match=r"ror\.csv"):
        load_demo(folder)
