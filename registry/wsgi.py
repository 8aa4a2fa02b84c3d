"""The WSGI application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from common.garbage import settle
from registry.doorbell import doorbell

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
application = get_wsgi_application()
doorbell.warm()
settle()
