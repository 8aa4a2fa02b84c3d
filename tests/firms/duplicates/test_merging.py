import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connections

from common.jobs.models import Queue
from common.jobs.run import run_next
from common.models import Effect, Job
from firms.models import (
    Affiliation,
    DuplicateAnswer,
    DuplicatePair,
    Membership,
    Organization,
    OrganizationAlias,
    OrganizationMerge,
    Role,
)
from firms.services.duplicates.agreement import unite_or_propose
from firms.services.duplicates.answers import answer_pair
from firms.services.duplicates.comparison import REMOVED, differences_of
from firms.services.duplicates.merging import (
    CannotMerge,
    CannotUndo,
    forget_journals,
    merge_organizations,
    undo_merge,
)
from programs.models import Declaration, Program
from tests.factories import NOW, MembershipFactory, OfferFactory, UserFactory
from tests.firms.duplicates.world import Twins, dump, make_twins

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins() -> Twins:
    return make_twins()


def merge(twins: Twins, **choices: str) -> OrganizationMerge:
    return merge_organizations(
        by=twins.staff, kept=twins.kept, removed=twins.removed, choices=choices, now=NOW
    )


def run_all() -> None:
    while any(run_next(queue) for queue in Queue.values):
        pass
    assert not list(Job.objects.filter(done_at=None).values_list("kind", "last_error"))


def test_rows_follow_and_what_both_say_stays_once(twins: Twins) -> None:
    merge(twins)
    kept = twins.kept
    assert kept.offers.count() == kept.needs.count() == 1
    assert kept.activity_records.count() == 2
    assert kept.identifiers.count() == 2
    assert kept.identifiers.filter(is_primary=True).count() == 1
    assert kept.sites.count() == 2
    assert kept.certificates.count() == kept.capabilities.count() == 1
    assert Declaration.objects.filter(organization=kept).count() == 1
    assert Program.objects.filter(agency=kept).exists()
    assert not Organization.objects.filter(pk=twins.removed.pk).exists()


def test_a_person_in_both_keeps_the_higher_role(twins: Twins) -> None:
    merge(twins)
    roles = Membership.objects.filter(organization=twins.kept).values_list("role", flat=True)
    assert sorted(roles) == [Role.ADMINISTRATOR] * 3


def test_a_cluster_of_both_keeps_what_either_side_confirmed(twins: Twins) -> None:
    merge(twins)
    row = Affiliation.objects.get(organization=twins.kept, ended_on=None)
    assert row.cluster_confirmed_on
    assert row.role == "supporter"


def test_each_differing_field_is_as_chosen_and_the_rest_by_rule(twins: Twins) -> None:
    names = {each.name for each in differences_of(twins.kept, removed=twins.removed)}
    assert {"legal_name", "website", "one_line", "source"} <= names
    merge(twins, one_line=REMOVED)
    row = Organization.objects.get(pk=twins.kept.pk)
    assert row.one_line == "Vinos del valle"
    assert row.legal_name == twins.kept.legal_name
    assert row.website == "https://santacruz.cl"  # the only value there is
    assert (row.source, row.source_ref) == ("retc", "77")


def test_values_that_contradict_each_other_are_refused_whole(twins: Twins) -> None:
    Organization.objects.filter(pk=twins.kept.pk).update(
        status="closed", closed_on=dt.date(2020, 1, 1)
    )
    Organization.objects.filter(pk=twins.removed.pk).update(founded_on=dt.date(2024, 1, 1))
    before = dump()
    with pytest.raises(CannotMerge) as refused:
        merge(twins, status="kept", founded_on=REMOVED)
    assert refused.value.messages
    assert dump() == before


def test_undoing_leaves_every_table_as_it_was(twins: Twins) -> None:
    before = dump()
    undo_merge(by=twins.staff, merge=merge(twins, one_line=REMOVED), now=NOW)
    assert dump() == before


def test_undoing_after_the_jobs_ran_leaves_what_people_wrote_as_it_was(twins: Twins) -> None:
    run_all()
    before = dump()
    done = merge(twins)
    run_all()
    undo_merge(by=twins.staff, merge=done, now=NOW)
    run_all()
    after = dump()
    # written anew by jobs, with keys and times of their own
    computed = {
        "firms_duplicatepair", "firms_directorychange", "programs_verdict",
        "matching_match", "matching_matchrun", "matching_offerdoc", "matching_needdoc",
        "matching_keyfrequency", "matching_ruleset", "matching_frequencydelta",
        "matching_textepoch",
    }  # fmt: skip
    assert {name for name in before if before[name] != after[name]} <= computed


def test_the_old_address_leads_to_the_record_that_stays(twins: Twins) -> None:
    merge(twins)
    alias = OrganizationAlias.objects.get(public_id=twins.removed.public_id)
    assert alias.organization == twins.kept


@pytest.mark.parametrize("late", [False, True])
def test_undoing_ends_after_thirty_days(twins: Twins, late: bool) -> None:
    done = merge(twins)
    then = NOW + dt.timedelta(days=31 if late else 29)
    if late:
        with pytest.raises(CannotUndo):
            undo_merge(by=twins.staff, merge=done, now=then)
    else:
        assert undo_merge(by=twins.staff, merge=done, now=then).pk == twins.removed.pk
        with pytest.raises(CannotUndo):
            undo_merge(by=twins.staff, merge=done, now=then)


def test_undoing_is_refused_with_the_reason_when_what_was_united_has_changed(
    twins: Twins,
) -> None:
    done = merge(twins, one_line=REMOVED)
    Organization.objects.filter(pk=twins.kept.pk).update(one_line="Otra cosa")
    before = dump()
    with pytest.raises(CannotUndo) as refused:
        undo_merge(by=twins.staff, merge=done, now=NOW)
    assert refused.value.model == "firms.Organization"
    assert dump() == before


def test_what_was_written_since_elsewhere_stays_after_undoing(twins: Twins) -> None:
    done = merge(twins)
    Organization.objects.filter(pk=twins.kept.pk).update(description="Nueva")
    offer = OfferFactory(organization=twins.kept)
    undo_merge(by=twins.staff, merge=done, now=NOW)
    assert Organization.objects.get(pk=twins.kept.pk).description == "Nueva"
    assert twins.kept.offers.get() == offer


def test_old_journals_are_forgotten(twins: Twins) -> None:
    done = merge(twins)
    assert forget_journals(now=NOW + dt.timedelta(days=29)) == 0
    assert forget_journals(now=NOW + dt.timedelta(days=31)) == 1
    assert OrganizationMerge.objects.get(pk=done.pk).journal == []


@pytest.mark.parametrize("who", ["ours", "theirs", "reader", "stranger"])
def test_nobody_unites_alone_what_others_administer(twins: Twins, who: str) -> None:
    people = {"ours": twins.ours, "theirs": twins.theirs, "stranger": UserFactory()}
    people["reader"] = MembershipFactory(organization=twins.kept, role=Role.READER).user
    with pytest.raises(CannotMerge):
        merge_organizations(
            by=people[who], kept=twins.kept, removed=twins.removed, choices={}, now=NOW
        )


def test_who_administers_both_unites_alone(twins: Twins) -> None:
    MembershipFactory(organization=twins.removed, user=twins.ours)
    assert unite_or_propose(twins.pair, by=twins.ours, kept=twins.kept, choices={}, now=NOW)


def test_two_sides_unite_once_both_have_agreed_to_the_same(twins: Twins) -> None:
    def say(by: str, **choices: str) -> OrganizationMerge | None:
        who = getattr(twins, by)
        return unite_or_propose(twins.pair, by=who, kept=twins.kept, choices=choices, now=NOW)

    assert say("ours") is None
    assert say("ours") is None  # nobody agrees with themselves
    told = Effect.objects.filter(dedup__startswith="mail:duplicate:")
    assert set(told.values_list("recipient", flat=True)) >= {twins.theirs.email}
    assert twins.ours.email not in set(told.values_list("recipient", flat=True))
    assert say("theirs", one_line=REMOVED) is None  # another proposal
    assert say("ours") is None
    assert say("theirs") is not None
    assert DuplicatePair.objects.filter(pk=twins.pair.pk).count() == 0


def test_an_agreement_falls_when_its_author_leaves_or_thinks_again(twins: Twins) -> None:
    unite_or_propose(twins.pair, by=twins.theirs, kept=twins.kept, choices={}, now=NOW)
    answer_pair(twins.pair, by=twins.theirs, answer=DuplicateAnswer.DIFFERENT, now=NOW)
    assert unite_or_propose(twins.pair, by=twins.ours, kept=twins.kept, choices={}, now=NOW) is None
    unite_or_propose(
        twins.pair, by=twins.theirs, kept=twins.kept, choices={"one_line": REMOVED}, now=NOW
    )
    Membership.objects.filter(user=twins.theirs).update(role=Role.EDITOR)
    assert unite_or_propose(twins.pair, by=twins.ours, kept=twins.kept, choices={}, now=NOW) is None


@pytest.mark.django_db(transaction=True)
def test_uniting_both_ways_at_once_unites_once() -> None:
    twins = make_twins()

    def run(names: tuple[str, str]) -> bool:
        try:
            kept, removed = (getattr(twins, name) for name in names)
            merge_organizations(by=twins.staff, kept=kept, removed=removed, choices={}, now=NOW)
        except (CannotMerge, OperationalError):  # waited too long for the other one
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, [("kept", "removed"), ("removed", "kept")]))
    assert sorted(done) == [False, True]
    assert OrganizationMerge.objects.count() == 1
