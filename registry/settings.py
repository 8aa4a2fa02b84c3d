"""Settings: every value that differs between installations comes from the environment."""

import glob
import sysconfig
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from registry import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / "data"
VAR_DIR = Path(env.text("RACIMO_VAR", str(BASE_DIR / "var")))

DEBUG = env.flag("RACIMO_DEBUG", default=False)
# The unsafe default serves bin/up and the tests only; an https origin refuses it.
SECRET_KEY = env.text("RACIMO_SECRET_KEY", "django-insecure-demo-key-for-this-machine-only")
SECRET_KEY_FALLBACKS = env.words("RACIMO_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("RACIMO_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_ORIGIN = env.text("RACIMO_ORIGIN", "http://localhost:8000")
HTTPS = SITE_ORIGIN.startswith("https://")
DEMO = env.flag("RACIMO_DEMO", default=not HTTPS)  # whether load_demo may make its accounts
if HTTPS and SECRET_KEY.startswith("django-insecure"):
    raise ImproperlyConfigured("Set RACIMO_SECRET_KEY: the demo key serves http://localhost only.")

INSTALLED_APPS = [
    "registry.apps.RegistryConfig",
    "insights",
    "matching",
    "programs",
    "firms",
    "clusters",
    "accounts",
    "common",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.gis",
    "django_filters",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "pgtrigger",
]

MIDDLEWARE = [
    # these three dress every answer, files of WhiteNoise and errors included
    "common.middleware.SecurityHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages for slow phones; pads against BREACH
    "common.middleware.PlainAddresses",
    "common.middleware.PageMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactor",
    "firms.middleware.ActingFor",
    "common.middleware.WhoWrites",
]

ROOT_URLCONF = "registry.urls"
WSGI_APPLICATION = "registry.wsgi.application"
FORM_RENDERER = "common.form_renderer.FormRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "registry.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "common.templatetags.formats",
                "common.templatetags.ui",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------
_db = env.database("DATABASE_URL")
DATABASES = {
    "default": {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": _db.name,
        "USER": _db.user,
        "PASSWORD": _db.password,
        "HOST": _db.host,
        "PORT": _db.port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "options": f"-c statement_timeout={env.number('RACIMO_STATEMENT_MS', 5000)}"
            " -c lock_timeout=2000 -c idle_in_transaction_session_timeout=15000 -c jit=off"
            # one slip in a word of eight letters still finds it: "etiqetas" (firms.catalog)
            " -c pg_trgm.word_similarity_threshold=0.5",
        },
    }
}


def _bundled(*patterns: str) -> str | None:
    """Find a geometry library that a wheel carries: newer than Debian's, and in the lock."""
    base = sysconfig.get_paths()["platlib"]
    found = (path for pattern in patterns for path in sorted(glob.glob(f"{base}/{pattern}")))
    return next(found, None)


if _gdal := _bundled("pyogrio.libs/libgdal*", "pyogrio/.dylibs/libgdal*"):
    GDAL_LIBRARY_PATH = _gdal
if _geos := _bundled("shapely.libs/libgeos_c*", "shapely/.dylibs/libgeos_c*"):
    GEOS_LIBRARY_PATH = _geos

# --- Redis: a doorbell and a cache; losing it loses nothing ----------------------------------
REDIS_URL = env.text("REDIS_URL", f"unix://{VAR_DIR}/redis.sock")
JOB_HANDLERS = "registry.jobs.HANDLERS"
EFFECT_SENDERS = "registry.jobs.SENDERS"
ORGANIZATION_MOVERS = "registry.movers.MOVERS"
JOB_DOORBELL = "registry.doorbell.ring"
JOB_LONGEST_WAIT_S = env.number("RACIMO_JOB_LONGEST_WAIT", 300)
JOB_STATEMENT_MS = env.number("RACIMO_JOB_STATEMENT_MS", 50_000)
JOB_SOFT_LIMIT_S = env.number("RACIMO_JOB_SOFT_LIMIT", 60)
JOB_HARD_LIMIT_S = env.number("RACIMO_JOB_HARD_LIMIT", 75)
WORKER_DEAF_AFTER_S = env.number("RACIMO_DEAF_AFTER", 45)
JOB_LEASE_S = env.number("RACIMO_JOB_LEASE", 90)  # longer than the hard limit
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- People ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("RACIMO_PROXIES", 0)
ACCOUNT_EMAIL_NOTIFICATIONS = True  # of a new password and of a second factor that changed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Staff, and whoever administers an agency or a cluster organization, prove twice who they are.
REQUIRE_SECOND_FACTOR = env.flag("RACIMO_REQUIRE_MFA", default=not DEMO)
SECOND_FACTOR_RULE = "firms.policies.people.must_prove_twice"
CODES_PER_MINUTE = 5
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Racimo"
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "accounts.forms_mfa.SignInCodeForm",
    "reauthenticate": "accounts.forms_mfa.StepUpCodeForm",
    "activate_totp": "accounts.forms_mfa.NewAppForm",
    "add_webauthn": "accounts.forms_mfa.NewKeyForm",
    "edit_webauthn": "accounts.forms_mfa.KeyNameForm",
}
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("registry:home")
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("registry:home")

# --- Mail: every message is a row first (common.mail), then handed to this transport ----------
EMAIL_BACKEND = "common.mail.EffectBackend"
MAIL_TRANSPORT = env.mail("RACIMO_EMAIL_URL", f"file://{VAR_DIR}/mail")
DEFAULT_FROM_EMAIL = env.text("RACIMO_FROM", "Racimo <racimo@localhost>")

# --- Language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", _("Español")), ("pt-br", _("Português")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# The clock of people who have not said where they are: digests come at their hour.
READERS_TIME_ZONE = env.text("RACIMO_TIME_ZONE", "America/Bogota")

# --- Static files ---------------------------------------------------------------------------
# Hashed and compressed once by collectstatic (bin/up, deploy/); the tests serve the sources.
HASHED_STATIC = env.flag("RACIMO_HASHED_STATIC", default=False)
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static" / "root"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "media")},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "webp", "gz", "br", "woff2", "map")

# --- Security -------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_LIMITS = {
    "people": env.Limits(idle=timedelta(hours=8), absolute=timedelta(days=30)),
    "staff": env.Limits(idle=timedelta(hours=1), absolute=timedelta(hours=12)),
}
# A supervisor on this machine asks in the clear; programs are refused by common.api.queries.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^api/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "object-src": [NONE],
    }
}

# --- API ------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["common.api.permissions.DenyAll"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["common.api.throttles.ReadRate", "accounts.throttles.WriteRate"],
    "DEFAULT_PARSER_CLASSES": ["common.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "common.api.pagination.SignedCursorPagination",
    "DEFAULT_FILTER_BACKENDS": ["common.api.queries.StrictFilterBackend"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "common.api.schema.Schema",
    "EXCEPTION_HANDLER": "common.api.problems.answer_problem",
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": env.number("RACIMO_PROXIES", 0),
    "DATETIME_FORMAT": "iso-8601",
    "COERCE_DECIMAL_TO_STRING": True,
    "STRICT_JSON": True,
}
API_PREFIX = "/api/"
# Requests per minute that one actor may make; "wrong-token" counts what does not open the door.
API_RATES = {"anonymous-read": 120, "read": 600, "write": 60, "wrong-token": 20}
# The first keys new tokens, all of them recognize old ones: add a new one in front to rotate.
TOKEN_PEPPERS = env.words("RACIMO_TOKEN_PEPPERS") or [SECRET_KEY]
SPECTACULAR_SETTINGS = {
    "TITLE": "Racimo",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "common.api.schema.add_problem",
    ],
    "ENUM_NAME_OVERRIDES": {
        "CertificateFamily": "clusters.models.CertificateFamily",
        "ClassificationScheme": "clusters.models.Scheme",
        "ClusterStatus": "clusters.models.ClusterStatus",
        "StageKind": "clusters.models.StageKind",
        "OrganizationKind": "firms.models.OrganizationKind",
        "OrganizationStatus": "firms.models.OrganizationStatus",
        "AdministrativeLevel": "firms.models.AdministrativeLevel",
        "SiteKind": "firms.models.SiteKind",
        "SizeClass": "firms.models.SizeClass",
        "OfferKind": "firms.models.OfferKind",
        "ListingStatus": "firms.models.ListingStatus",
        "ListingSource": "firms.models.Source",
        "ListingVisibility": "firms.models.ListingVisibility",
        "OrganizationVisibility": "firms.models.Visibility",
        "NeedKind": "firms.models.NeedKind",
        "CloseReason": "firms.models.CloseReason",
        "IprStatus": "firms.models.IprStatus",
        "Language": "common.models.Language",
        "ProgramStatus": "programs.models.ProgramStatus",
        "CallStatus": "programs.models.CallStatus",
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
