"""Matches in the API: who could serve a need, and why, in the reader's words."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.permissions import AnyoneReads
from common.api.queries import StrictQuery
from common.api.serializers import StrictSerializer
from firms.api.listings import OfferSerializer
from firms.api.organizations import OrganizationBrief
from firms.policies import visible_needs
from matching.services.reading import matches_of_need
from matching.services.results import MatchedOrganization, RankedOffer
from matching.words import Phrasebook

MAX_RESULTS = 100


class MatchQuery(StrictSerializer):
    """How many of the best ones."""

    limit = serializers.IntegerField(required=False, min_value=1, max_value=MAX_RESULTS, default=25)


class MatchSerializer(StrictSerializer):
    """An organization that could serve a need: by which offer, why, and what speaks against it.

    Features go from 0 to 1; one that is not known is null. The order is the rank.
    """

    organization = OrganizationBrief(read_only=True)
    offer = OfferSerializer(read_only=True)
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)
    weakness = serializers.CharField(read_only=True, allow_blank=True)
    features = serializers.DictField(child=serializers.FloatField(allow_null=True), read_only=True)
    distance_km = serializers.FloatField(read_only=True, allow_null=True)


class MatchesSerializer(StrictSerializer):
    """The matches of a need; pending while its present text is still being matched."""

    is_pending = serializers.BooleanField(read_only=True)
    total = serializers.IntegerField(read_only=True)
    results = MatchSerializer(many=True, read_only=True)


class NeedMatches(StrictQuery):
    """Who could serve a need."""

    summary = _("Quién puede atender una necesidad, y por qué")
    permission_classes = [AnyoneReads]
    query_serializer = MatchQuery
    serializer_class = MatchesSerializer

    def get(self, request: Request, public_id: object) -> Response:
        """Return the best ones among the offers that the caller may see."""
        rows = visible_needs(request.user).select_related("organization", "admin_unit")
        need = get_object_or_404(rows, public_id=public_id)
        found = matches_of_need(
            need, actor=request.user, today=timezone.now().date(), with_gates=False
        )
        shown = found.ranked[: self.query["limit"]]
        book = _phrasebook((each.ranked.best for each in shown), request.user)
        content = {
            "is_pending": found.is_pending,
            "total": len(found.ranked),
            "results": [_row(each, book) for each in shown],
        }
        return Response(MatchesSerializer(content).data)


def _phrasebook(ranked: Iterable[RankedOffer], actor: Any) -> Phrasebook:
    listed = list(ranked)
    said = [reason for each in listed for reason in each.reasons]
    against = [each.weakness for each in listed if each.weakness]
    return Phrasebook.for_reasons([*said, *against], actor=actor)


def _row(matched: MatchedOrganization, book: Phrasebook) -> dict[str, Any]:
    best = matched.ranked.best
    return {
        "organization": matched.ranked.organization,
        "offer": best.offer,
        "reasons": book.sentences(best),
        "weakness": book.weakness(best),
        "features": best.features,
        "distance_km": best.distance_km,
    }
