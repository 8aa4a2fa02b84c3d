"""What the pages of a need that is being written show beside its form."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firms.policies import Actor
from matching.forms.whole import WrittenNeed
from matching.forms.writing import REVIEW, SENTENCE, STEPS, WHAT, WHERE, WHO
from matching.services.answered import answered_before
from matching.services.classify import suggest_classifications
from matching.services.preview import preview_need
from matching.views.items import gate_items, near_items, relax_items
from matching.views.writing_review import checks_of, facts_of

SHOWN = 3
SUGGESTIONS = 6


@dataclass(frozen=True)
class Head:
    """What a step is called in the row of steps, and what its page says first."""

    name: Promise
    title: Promise
    lead: Promise


HEADS = {
    SENTENCE: Head(_("La frase"), _("Qué necesita"), _("Basta una frase. Lo demás se afina.")),
    WHAT: Head(
        _("De qué se trata"),
        _("¿Se trata de esto?"),
        _("Lo dedujimos de su frase. Deje marcado lo que corresponda y quite el resto."),
    ),
    WHERE: Head(
        _("Dónde y cuándo"),
        _("Dónde y para cuándo"),
        _("Cada condición deja fuera a algunas organizaciones: al lado ve a cuántas."),
    ),
    WHO: Head(_("Quién la ve"), _("A quién se la mostramos"), _("Puede cambiarlo después.")),
    REVIEW: Head(_("Revisar"), _("Así queda su necesidad"), _("Revise y publíquela.")),
}


def step_context(need: WrittenNeed, step: str, *, actor: Actor, today: dt.date) -> dict[str, Any]:
    """Return a step's form, where it stands in the row, and who could serve the need so far."""
    draft = need.draft()
    preview = preview_need(draft, actor=actor, today=today, limit=SHOWN)
    chosen = need.chosen
    context: dict[str, Any] = {
        "step": step,
        "head": HEADS[step],
        "progress": {
            "number": STEPS.index(step) + 1,
            "total": len(STEPS),
            "names": [HEADS[each].name for each in STEPS],
        },
        "need": need,
        "form": None if step == REVIEW else need.form(step),
        "preview": preview,
        "gates": gate_items(preview.gates),
        "relax": relax_items(preview.gates, relaxable=need.conditions),
        "near": near_items(preview.near, actor=actor),
        "answered": answered_before(chosen, today=today),
    }
    if step == REVIEW:
        context["facts"] = facts_of(need)
        context["checks"] = checks_of(need, total=preview.total)
    if step == WHAT:
        chosen_ids = {each.pk for each in chosen}
        offered = suggest_classifications(
            need.sentence, language=preview.language, actor=actor, today=today
        )
        context["offered"] = [e for e in offered if e.classification_id not in chosen_ids]
        context["hinted"] = need.heard.hinted
    return context
