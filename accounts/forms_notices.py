"""What a person wants to read by mail, and when."""

from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.models import MailKind, Pace

BESIDES = (
    "Atlantic/Azores", "Europe/Lisbon", "Europe/London", "Europe/Madrid", "Europe/Paris",
    "Pacific/Easter", "Pacific/Galapagos", "UTC",
)  # fmt: skip
SWITCH = [(Pace.HOURLY, _("Sí")), (Pace.NONE, _("No"))]


def zones() -> list[tuple[str, str]]:
    """Return the time zones of the Americas and a few more, by name."""
    american = sorted(
        name
        for name in available_timezones()
        if name.startswith("America/") and name.count("/") == 1
    )
    return [(name, name.replace("_", " ")) for name in (*american, *BESIDES)]


class NotificationsForm(forms.Form):
    """The pace of each kind of mail, and the reader's clock."""

    prefix = "mail"  # a field named "matches" would hide the function of that name of its form

    searches = forms.ChoiceField(
        label=MailKind.SEARCHES.label,
        choices=SWITCH,
        widget=forms.RadioSelect,
        help_text=_("Cada búsqueda a su ritmo: elíjalo en Mis búsquedas."),
    )
    matches = forms.ChoiceField(label=MailKind.MATCHES.label, choices=Pace.choices)
    introductions = forms.ChoiceField(
        label=MailKind.INTRODUCTIONS.label, choices=SWITCH, widget=forms.RadioSelect
    )
    hour = forms.TypedChoiceField(
        label=_("A qué hora"), coerce=int, choices=[(h, f"{h:02d}:00") for h in range(24)]
    )
    weekday = forms.TypedChoiceField(
        label=_("Qué día, lo semanal"), coerce=int, choices=list(WEEKDAYS.items())
    )
    time_zone = forms.ChoiceField(
        label=_("Su zona horaria"),
        required=False,
        choices=lambda: [("", _("La de esta instalación")), *zones()],
        widget=forms.Select(attrs={"data-own-zone": True}),
    )
