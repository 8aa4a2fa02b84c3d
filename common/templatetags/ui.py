"""The components of the interface as template tags; what each one takes is its signature."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()

UNCOUNTED = 60
UNHINTED = {"email", "password"}


@register.inclusion_tag("components/icon.html")
def icon(name: str, label: str = "") -> dict[str, object]:
    """Draw a sign: yes, near, unknown, no, and a few plain ones; a label makes it an image."""
    return {"name": name, "label": label}


@register.inclusion_tag("components/mark.html")
def mark(size: int = 30) -> dict[str, object]:
    """Draw the bunch of linked circles."""
    return {"size": size}


@register.inclusion_tag("components/logo.html")
def logo(owner: Any, size: int = 96) -> dict[str, object]:
    """Show an organization's logo, or else its first letter; 96 in lists, 384 on its own page."""
    alt = owner.logo_alt or gettext("Logo de %(name)s") % {"name": owner.name}
    shown = {96: 48, 384: 96}[size]
    initial = owner.name[:1].upper()
    return {"logo": owner.logo, "alt": alt, "size": size, "shown": shown, "initial": initial}


class _DataBlock:
    """JSON inside a script element that no browser runs and no text can leave."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def __html__(self) -> str:
        text = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        return text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


@register.simple_tag
def linked_data(data: Mapping[str, Any] | None) -> str:
    """Write facts for machines, as schema.org has them; nothing writes nothing."""
    if not data:
        return ""
    return format_html('<script type="application/ld+json">{}</script>', _DataBlock(data))


@register.inclusion_tag("components/chip.html")
def chip(text: str, kind: str = "", sign: str = "") -> dict[str, object]:
    """Show a short fact or state: kind is yes, near, no, key or nothing."""
    return {"text": text, "kind": kind, "sign": sign}


@register.simple_block_tag
def page_header(content: str, title: str, lead: str = "", **trail: str) -> SafeString:
    """Open a page: its name, one sentence, the way up; the block holds its actions.

    The way up is ``parent_url`` and ``parent``, its text; ``here`` names this page in the trail.
    """
    way_up = {name: trail.get(name, "") for name in ("parent", "parent_url", "here")}
    return render_to_string(
        "components/page_header.html",
        {"title": title, "lead": lead, "actions": content if content.strip() else "", **way_up},
    )


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, help_text: str = "") -> dict[str, object]:
    """Render a form field with its label, help, errors and, where it is long, a counter."""
    limit = _counted_limit(bound)
    attrs: dict[str, Any] = {}
    if limit:
        # The counter tells, the server decides: a browser that cuts pasted text loses it silently.
        attrs |= {"data-limit": limit, "maxlength": False}
    if getattr(bound.field.widget, "input_type", "") in UNHINTED:
        attrs["placeholder"] = False
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "limit": limit,
        "kind": _control_kind(bound),
        "help_text": help_text or bound.help_text,
        "value_length": len(str(bound.value() or "")),
    }


def _counted_limit(bound: BoundField) -> int | None:
    """Return the limit of a text long enough to need a counter."""
    limit = getattr(bound.field, "max_length", None)
    is_text = getattr(bound.field.widget, "input_type", "text") == "text"
    return limit if limit and limit >= UNCOUNTED and is_text else None


def _control_kind(bound: BoundField) -> str:
    """Tell a lone checkbox and a group of choices from a plain control."""
    if bound.use_fieldset:
        return "group"
    return "check" if getattr(bound.field.widget, "input_type", "") == "checkbox" else "plain"


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """List what is wrong above a form, each error a link to its field."""
    fields = [bound for bound in form if bound.errors]
    return {"form": form, "fields": fields, "shown": bool(fields or form.non_field_errors())}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "") -> dict[str, object]:
    """Say that there is nothing, why, and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(
    context: Mapping[str, Any], page: Page[Any], target: str = "", param: str = "page"
) -> dict[str, object]:
    """Link to the pages before and after, keeping the filters; target is what htmx replaces."""
    request: HttpRequest = context["request"]
    return {
        "page": page,
        "target": target,
        "previous": _query_with(request, param, page.number - 1) if page.has_previous() else "",
        "next": _query_with(request, param, page.number + 1) if page.has_next() else "",
    }


def _query_with(request: HttpRequest, param: str, value: int) -> str:
    pairs = [(key, each) for key, values in request.GET.lists() for each in values if key != param]
    return "?" + urlencode([*pairs, (param, value)])


@register.simple_block_tag
def filter_panel(
    content: str, action: str, target: str, title: str = "", count: int = 0
) -> SafeString:
    """Wrap filter fields in a GET form that also answers as one types; count is how many act."""
    return render_to_string(
        "components/filter_panel.html",
        {"content": content, "action": action, "target": target, "title": title, "count": count},
    )


@register.simple_block_tag
def criterion(content: str, state: str) -> SafeString:
    """Show one condition as a list item: state is yes, near, unknown or no."""
    return render_to_string("components/criterion.html", {"content": content, "state": state})


@register.simple_block_tag
def note(content: str, kind: str = "near") -> SafeString:
    """Set a remark apart: kind is near, yes, no or key."""
    return render_to_string("components/note.html", {"content": content, "kind": kind})


@register.inclusion_tag("components/bars.html")
def bars(rows: Sequence[tuple[str, float | None]]) -> dict[str, object]:
    """Draw features 0..1 as bars with their words; None is shown as unknown."""
    drawn = [(label, None if value is None else round(value * 100)) for label, value in rows]
    return {"rows": drawn}


@register.inclusion_tag("components/bar.html")
def bar(value: float, total: float = 1) -> dict[str, object]:
    """Draw one bar; whoever reads cannot see it finds the number in the text beside it."""
    return {"percent": round(max(0.0, min(1.0, value / total)) * 100) if total else 0}


@register.inclusion_tag("components/progress.html")
def progress(
    url: str, done: int, total: int, label: str, finished: bool = False
) -> dict[str, object]:
    """Show how far a job is; until it has finished, ask ``url`` again every two seconds."""
    return {"url": url, "done": done, "total": total, "label": label, "finished": finished}


@register.inclusion_tag("components/panel.html")
def panel(url: str, text: str) -> dict[str, object]:
    """Load another app's panel when it comes into view; without scripts it is a link."""
    return {"url": url, "text": text}


def _map_words(label: str) -> str:
    """Return what a map says by itself, for its script."""
    words = {
        "Map.Title": label,
        "NavigationControl.ZoomIn": gettext("Acercar"),
        "NavigationControl.ZoomOut": gettext("Alejar"),
        "CooperativeGesturesHandler.WindowsHelpText": gettext("Use Ctrl y la rueda para acercar"),
        "CooperativeGesturesHandler.MacHelpText": gettext("Use ⌘ y la rueda para acercar"),
        "CooperativeGesturesHandler.MobileHelpText": gettext("Use dos dedos para mover el mapa"),
    }
    return json.dumps(words)


@register.inclusion_tag("components/point_picker.html")
def point_picker(latitude: BoundField, longitude: BoundField, center: str) -> dict[str, object]:
    """Draw a map that fills two fields in; ``center`` is where it begins: "longitude,latitude"."""
    return {
        "latitude_id": latitude.id_for_label,
        "longitude_id": longitude.id_for_label,
        "center": center,
        "words": _map_words(gettext("Mapa para poner un punto")),
    }


@register.inclusion_tag("components/map.html")
def map_panel(source: str, label: str) -> dict[str, object]:
    """Draw a map of the GeoJSON at ``source``; the list beside it says the same.

    A feature's properties: ``id`` (as the list item's data-map-id), ``label``, ``url``, and
    ``count``, how many organizations it stands for.
    """
    return {"source": source, "words": _map_words(label)}


@register.inclusion_tag("components/tile_map.html")
def tile_map(tiles: str, page: str, label: str) -> dict[str, object]:
    """Draw a map of vector tiles that follows the list's address; ``page`` is that of one item.

    ``tiles`` has {z}, {x} and {y} in it, ``page`` the nil UUID where the item's goes.
    """
    return {"tiles": tiles, "page": page, "words": _map_words(label)}
