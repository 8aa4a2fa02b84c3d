"""The two shapes of reading: a list and one thing."""

from typing import TypeVar

from django.db.models import Model
from rest_framework.generics import ListAPIView, RetrieveAPIView

from common.api.permissions import AnyoneReads
from common.api.queries import StrictQuery

ModelT = TypeVar("ModelT", bound=Model)


class ListOf(StrictQuery, ListAPIView[ModelT]):
    """A list that anyone may read, one page after another."""

    permission_classes = [AnyoneReads]
    is_list = True


class OneOf(StrictQuery, RetrieveAPIView[ModelT]):
    """One thing that anyone may read; what they may not see is not found."""

    permission_classes = [AnyoneReads]
    lookup_field = "public_id"
