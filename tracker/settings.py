"""All settings, from environment variables alone. `.env.example` documents each one."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from xstatic.pkg import leaflet

from tracker.databases import database

BASE_DIR = Path(__file__).resolve().parent.parent
_GEOCODER = re.compile(
    r"(?P<provider>nominatim|photon|geonames)(?P<plain>\+http)?://(?:(?P<user>[\w.-]+)@)?"
    r"(?P<host>(?:[\w-]{1,63}(?:\.[\w-]{1,63})*|\[[\da-f:.]+\])(?::(?P<port>\d{1,5}))?)"
    r"(?P<path>(?:/[\w.~-]+)*)/?",
    re.ASCII | re.IGNORECASE,
)
_TILES = re.compile(
    r"https?://[\w-]{1,63}(?:\.[\w-]{1,63})*(?::\d{1,5})?(?:/(?:[\w.~@=&?-]|\{[xyz]\})+)+",
    re.ASCII | re.IGNORECASE,
)

_PUBLIC_URL = re.compile(
    r"https?://(?:[\w-]{1,63}(?:\.[\w-]{1,63})*|\[[\da-f:.]+\])(?::\d{1,5})?(?:/[\w.~-]+)*",
    re.ASCII | re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[\w-]{1,63}(?:\.[\w-]{1,63})*(?:/[\w./~-]*)?", re.ASCII)
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def _flag(name: str, *, default: bool = False) -> bool:
    """A yes or no. django-environ would read a misspelt "treu" as no, so it is not asked."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write true or false.")
    return value in {"1", "true", "yes", "on"}


def _choice(name: str, default: str, allowed: set[str]) -> str:
    value = os.environ.get(name, "").strip() or default
    if value not in allowed:
        shown = ", ".join(sorted(allowed)) if len(allowed) < 10 else "a name such as " + default
        raise ImproperlyConfigured(f"{name} is {value!r}: write {shown}.")
    return value


def _listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _trusted_proxies() -> list[str]:
    """Addresses and networks whose word is taken for where a request came from."""
    proxies = _listed("TRUSTED_PROXIES")
    for proxy in proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"TRUSTED_PROXIES holds {proxy!r}: write addresses, or networks such as 10.0.0.0/24."
            ) from error
    return proxies


def _kept(key: str, file: str, name: str) -> str:
    """A key as it was given, or else as the file holds it that was named."""
    if key or not file:
        return key
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} {file!r}: {error.strerror}.") from error


def _metrics_token() -> str:
    """What a monitor shows to read /metrics; empty where nobody may."""
    file = os.environ.get("METRICS_TOKEN_FILE", "").strip()
    token = _kept("", file, "METRICS_TOKEN_FILE")
    if file and len(token) < 32:
        raise ImproperlyConfigured(f"METRICS_TOKEN_FILE {file!r} holds fewer than 32 characters.")
    return token


def _secret_key() -> str:
    key, file = os.environ.get("SECRET_KEY", ""), os.environ.get("SECRET_KEY_FILE", "")
    key = _kept(key, file, "SECRET_KEY_FILE")
    if not key and DEBUG:
        return get_random_secret_key()
    if len(key) < 32:
        raise ImproperlyConfigured(
            "SECRET_KEY (or the file SECRET_KEY_FILE names) must hold 32 characters or more "
            "while DEBUG is off."
        )
    return key


def _field_keys() -> list[str]:
    """What confidential columns are encrypted with: the newest key first, which new values take."""
    key, file = os.environ.get("FIELD_KEY", ""), os.environ.get("FIELD_KEY_FILE", "")
    keys = _kept(key, file, "FIELD_KEY_FILE").split()
    if not keys and DEBUG:
        # Not drawn by lot: what was written before the last start would be lost.
        return ["known to everyone: for debugging alone"]
    if not keys or min(map(len, keys)) < 32:
        raise ImproperlyConfigured(
            "FIELD_KEY (or the file FIELD_KEY_FILE names) must hold a key of 32 characters or more "
            "while DEBUG is off: confidential columns are encrypted with it. Make one, once, and keep "
            "a copy of it apart from the backups."
        )
    return keys


def _geocoder() -> dict[str, str]:
    """Where the online geocoder is asked, in parts; nothing where none is."""
    value = os.environ.get("GEOCODER", "").strip()
    if not value:
        return {}
    found = _GEOCODER.fullmatch(value)
    if (
        not found
        # The database keeps answers under the address, of which it holds 100 characters.
        or len(value) > 100
        or not 0 < int(found["port"] or 443) < 65536
        or (found["provider"].lower() == "geonames") != bool(found["user"])
    ):
        shown = re.sub("//.*@", "//...@", value)
        raise ImproperlyConfigured(
            f"GEOCODER is {shown!r}: write nominatim://HOST, photon://HOST or geonames://USER@HOST, "
            "HOST with :PORT and /PATH where it needs them, and no password, ? or #."
        )
    return {
        "provider": found["provider"].lower(),
        "scheme": "http" if found["plain"] else "https",
        "user": found["user"] or "",
        "host": found["host"].lower(),
        "path": found["path"],
    }


def _map_tiles() -> str:
    """Where the desk's maps ask for their background; empty where they have none."""
    value = os.environ.get("MAP_TILES", "").strip()
    wanted = all(value.count(part) == 1 for part in ("{z}", "{x}", "{y}"))
    if value and not (wanted and _TILES.fullmatch(value)):
        raise ImproperlyConfigured(
            f"MAP_TILES is {value!r}: write https://HOST/{{z}}/{{x}}/{{y}}.png, "
            "with the path and the ending of that server."
        )
    return value


def _public_url() -> str:
    """Where the public reads what is published, without a slash at the end; empty where not told."""
    value = os.environ.get("PUBLIC_URL", "").strip().rstrip("/")
    if value and not _PUBLIC_URL.fullmatch(value):
        raise ImproperlyConfigured(
            f"PUBLIC_URL is {value!r}: write https://HOST, with :PORT and /PATH where it needs them."
        )
    return value


def _data_licence() -> str:
    """Where the licence stands by which the published data may be used."""
    value = os.environ.get("DATA_LICENCE", "").strip() or _CC_BY
    if not _ADDRESS.fullmatch(value):
        raise ImproperlyConfigured(
            f"DATA_LICENCE is {value!r}: write the licence's address, such as {_CC_BY}."
        )
    return value


def _folder(name: str, default: str) -> Path:
    path = Path(os.environ.get(name, "").strip() or BASE_DIR / "var" / default)
    if path.resolve().is_relative_to(BASE_DIR / "tracker"):
        raise ImproperlyConfigured(
            f"{name} is {str(path)!r}, among the program's own files, of which some are "
            "served to everyone: name a folder of its own."
        )
    return path.resolve()


def _admin_path() -> str:
    """Where the desk is, below the site's root, with a slash at the end and none before it."""
    value = os.environ.get("ADMIN_PATH", "").strip().strip("/") or "admin"
    taken = {"api", "ogc", "feeds", "docs", "health", "metrics", "static"}
    if not re.fullmatch(r"[a-z0-9_-]+(/[a-z0-9_-]+)*", value) or value.split("/")[0] in taken:
        raise ImproperlyConfigured(
            f"ADMIN_PATH is {value!r}: write small letters, digits, - and _, such as desk-7f3a, and no "
            "address that the public has."
        )
    return f"{value}/"


def _max_bytes(name: str, default: str) -> int:
    value = os.environ.get(name, "").strip() or default
    if not re.fullmatch("[1-9][0-9]{0,4}", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number from 1 to 99999.")
    return int(value) * 1024 * 1024


DEBUG = _flag("DEBUG")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _listed("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _listed("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = _trusted_proxies()
TRACKER_ROLE = _choice("TRACKER_ROLE", "all", {"all", "desk", "public"})
HAS_DESK = TRACKER_ROLE != "public"

DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL", "") or f"sqlite:///{BASE_DIR / 'var' / 'tracker.sqlite3'}"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A public node holds editions and nothing else: no users, no sessions, no admin, no desk.
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "tracker.public",
]
MIDDLEWARE = [
    "tracker.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "tracker.caching.ConditionalMiddleware",
    # Before whatever reads a parameter.
    "tracker.limits.LimitMiddleware",
    "tracker.caching.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
]
if HAS_DESK:
    INSTALLED_APPS += [
        # Before Django's own apps, so that its createsuperuser counts.
        "tracker.desk",
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.forms",
        "django_otp",
        "django_otp.plugins.otp_static",
        "django_otp.plugins.otp_totp",
        "axes",
        "knox",
    ]
    MIDDLEWARE += [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django_otp.middleware.OTPMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "axes.middleware.AxesMiddleware",
        "tracker.desk.admin.sessions.SessionMiddleware",
    ]
    CONTEXT_PROCESSORS += [
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
    # Widgets of our own have their templates where all our templates are.
    FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
    AUTH_USER_MODEL = "desk.User"
    KNOX_TOKEN_MODEL = "knox.AuthToken"  # noqa: S105 - the name of a model
    ADMIN_PATH = _admin_path()
    LOGIN_URL = "admin:login"
    # Over plain HTTP it would be shown to whoever listens, and only this machine is meant to.
    TWO_FACTOR = _flag("TWO_FACTOR", default=_flag("HTTPS"))
    OTP_TOTP_ISSUER = "Ceasefire incident tracker"
    AUTHENTICATION_BACKENDS = [
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ]
    # A name from an address has so many tries: who guesses from elsewhere locks nobody out.
    AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
    AXES_FAILURE_LIMIT = 10
    AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
    AXES_RESET_ON_SUCCESS = True
    AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
    AXES_LOCKOUT_TEMPLATE = "admin/desk/locked_out.html"
    # Who was here, and when, stands in no table and no log.
    AXES_DISABLE_ACCESS_LOG = True
    AXES_ENABLE_ADMIN = AXES_VERBOSE = False
    EVIDENCE_ROOT = _folder("EVIDENCE_ROOT", "evidence")
    BACKUP_ROOT = _folder("BACKUP_ROOT", "backups")
    FIELD_KEYS = _field_keys()
    FIELD_KEY_FILE = os.environ.get("FIELD_KEY_FILE", "").strip()
    BACKUP_KEY_FILE = os.environ.get("BACKUP_KEY_FILE", "").strip()
    EVIDENCE_MAX_BYTES = _max_bytes("EVIDENCE_MAX_MB", "50")
    IMPORT_MAX_BYTES = _max_bytes("IMPORT_MAX_MB", "2000")
    METRICS_TOKEN = _metrics_token()
    PUBLIC_URL = _public_url()
    WEBHOOKS_ALLOW_PRIVATE = _flag("WEBHOOKS_ALLOW_PRIVATE")
    FILE_UPLOAD_HANDLERS = [
        "tracker.desk.admin.uploads.CappedUpload",
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
ASGI_APPLICATION = "tracker.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "tracker.desk.workflow.passwords.ContextWordsValidator"},
]

LANGUAGE_CODE = _choice("LANGUAGE_CODE", "en", {"en", "ar"})
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "tracker" / "locale"]
TIME_ZONE = _choice("TIME_ZONE", "Asia/Damascus", available_timezones())
USE_TZ = True

GEOCODER = _geocoder()
MAP_TILES = _map_tiles()
MAP_ATTRIBUTION = os.environ.get("MAP_ATTRIBUTION", "").strip()

DATA_LICENCE = _data_licence()

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "tracker" / "static", ("leaflet", leaflet.BASE_DIR)]
# Files are served from where they are: nothing to collect, no step to forget after an upgrade.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Where map tiles come from, if anywhere, is the one other host that a page may ask.
_TILE_HOST = ["{0.scheme}://{0.netloc}".format(urlsplit(MAP_TILES))] if MAP_TILES else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_TILE_HOST],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE = dt.timedelta(minutes=30)
HTTPS = _flag("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# Probes and monitors on this machine ask the server itself, with no proxy between.
SECURE_REDIRECT_EXEMPT = [r"^(health/(live|ready)|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    # No other host and no plain connection can have set a cookie that is called so.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    # The proxy in front ends TLS and must set, never pass on, this header.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tracker.problems.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Ceasefire incident tracker",
    "DESCRIPTION": (
        "Alleged violations of a ceasefire, who says so, and how far each is known. Anonymous reads "
        "are answered alike for everyone, from what has been published. Dates are ISO 8601, "
        "positions WGS 84 in degrees, unknown is null."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "tracker.openapi.with_what_any_may_refuse",
    ],
    "ENUM_NAME_OVERRIDES": {
        name: f"tracker.codebook.{name}"
        for name in (
            *("PartyKind", "PlaceKind", "SourceKind", "NameKind", "AgreementClass"),
            *("Means", "CoverageMeans"),
        )
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "tracker.logs.LineFormatter"},
        "json": {"()": "tracker.logs.JSONFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": _choice("LOG_FORMAT", "line", {"line", "json"}),
        }
    },
    "root": {
        "handlers": ["stderr"],
        "level": _choice("LOG_LEVEL", "WARNING", {"DEBUG", "INFO", "WARNING", "ERROR"}),
    },
    # Django logs the path of every refused request here, geopy the place asked about, and axes who
    # mistyped a password and from where; what people asked for is not ours to keep.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # Statements hold what is saved, and at DEBUG they would be logged.
        "django.db.backends": {"level": "INFO"},
        # Both have handlers of Django's own, which tell more: all goes one way.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True, "level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "geopy": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
    },
}
