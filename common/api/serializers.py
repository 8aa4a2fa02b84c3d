"""Serializers that take exactly what they name."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

ModelT = TypeVar("ModelT", bound=models.Model)
AnyField = serializers.Field[Any, Any, Any, Any]


def refuse_unknown(fields: Mapping[str, AnyField], data: object) -> None:
    """Refuse keys that are unknown or read-only, so that nothing is silently dropped."""
    if not isinstance(data, Mapping):
        return
    writable = {name for name, field in fields.items() if not field.read_only}
    text = _("Este dato no existe o no se puede escribir.")
    if refused := {str(key): [text] for key in data if key not in writable}:
        raise serializers.ValidationError(refused)


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer of plain values that refuses what it does not name."""

    def to_internal_value(self, data: Any) -> Any:
        """Check the keys before the values."""
        refuse_unknown(self.fields, data)
        return super().to_internal_value(data)


class StrictModelSerializer(serializers.ModelSerializer[ModelT]):
    """A serializer of a model that refuses what it does not name."""

    def to_internal_value(self, data: Any) -> Any:
        """Check the keys before the values."""
        refuse_unknown(self.fields, data)
        return super().to_internal_value(data)


class Labels(serializers.Serializer[Any]):
    """A name in the three languages; one that nobody wrote is empty."""

    es = serializers.CharField(source="label_es", read_only=True)
    pt = serializers.CharField(source="label_pt", read_only=True)
    en = serializers.CharField(source="label_en", read_only=True)
