"""The WSGI application that the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from registry.doorbell import doorbell

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
application = get_wsgi_application()
doorbell.warm()
# What the application consists of stays for good: looking through it for garbage takes 100 ms.
gc.collect()
gc.freeze()
