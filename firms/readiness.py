"""Technology readiness: the stage that a level stands for, derived and never asked twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far a technology has come."""

    CONCEPT = "concept", _("Concepto")
    DEVELOPMENT = "development", _("En desarrollo")
    LAB_TESTED = "lab_tested", _("Probada en laboratorio")
    DEMONSTRATED = "demonstrated", _("Demostrada en condiciones reales")
    ON_MARKET = "on_market", _("En el mercado")


TRL_NAMES = {
    1: _("Principios básicos observados"),
    2: _("Concepto formulado"),
    3: _("Prueba de concepto"),
    4: _("Validada en laboratorio"),
    5: _("Validada en un entorno parecido al real"),
    6: _("Demostrada en un entorno parecido al real"),
    7: _("Prototipo demostrado en el entorno real"),
    8: _("Sistema completo y calificado"),
    9: _("Probada en operación"),
}
_STAGES = (
    (2, Stage.CONCEPT),
    (3, Stage.DEVELOPMENT),
    (4, Stage.LAB_TESTED),
    (7, Stage.DEMONSTRATED),
    (9, Stage.ON_MARKET),
)


def stage_of(trl: int | None) -> Stage | None:
    """Return the stage of a level from 1 to 9."""
    if trl is None or not 1 <= trl <= _STAGES[-1][0]:
        return None
    return next(stage for last, stage in _STAGES if trl <= last)
