"""What a phone needs to keep Racimo on its home screen."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ICONS = (
    ("icon.svg", "image/svg+xml", "any"),
    ("icon-192.png", "image/png", "192x192"),
    ("icon-512.png", "image/png", "512x512"),
)


@require_safe
@login_not_required
@cache_control(public=True, max_age=86_400)
def manifest(request: HttpRequest) -> JsonResponse:
    """Answer the web app manifest in the language of its address."""
    home = reverse("registry:home")
    content = {
        "name": "Racimo",
        "short_name": "Racimo",
        "description": _("Diga qué necesita y vea quién puede."),
        "start_url": home,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf8f3",
        "theme_color": "#5a1846",
        "icons": [
            {"src": static(name), "type": kind, "sizes": sizes} for name, kind, sizes in ICONS
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json")
