"""Settings of the website. Everything that differs between machines is an environment variable."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent
ROOT = BASE_DIR.parent
# The guide, the fixed texts and the training questions are read by the assistant's own readers,
# packages of the root.
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(default)).lower() in ("1", "true", "yes")


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def _secret_key(var: Path) -> str:
    """SECRET_KEY, or one made on the first start and kept, so that sessions outlive a restart."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    file = var / "secret-key"
    if not file.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = var / f"secret-key.{os.getpid()}"
        fresh.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        fresh.chmod(0o600)
        # A second process that starts at the same time must end with the same key.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
    return file.read_text(encoding="utf-8").strip()


VAR = ROOT / os.environ.get("WEB_VAR", "var/web")
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = _flag("DEBUG", False)
SECRET_KEY = _secret_key(VAR)
# This machine asks for the health check by its own names.
ALLOWED_HOSTS = [*_list("ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = _list("CSRF_TRUSTED_ORIGINS")

# --- The assistant -------------------------------------------------------------------------------
ASSISTANT_URL = os.environ.get("ASSISTANT_URL", "http://127.0.0.1:5005/webhooks/rest/webhook")
ASSISTANT_PATIENCE = float(os.environ.get("ASSISTANT_PATIENCE", "4"))  # s; the visitor has 5
ALARM_PATIENCE = float(os.environ.get("ALARM_PATIENCE", "2"))  # s, when our own rules see an alarm
ASSISTANT_LONGEST = 256 * 1024  # bytes of an answer; more is nonsense

# --- The practice --------------------------------------------------------------------------------
CONTACT_URL = os.environ.get("CONTACT_URL", "")  # empty: the address of the guide's page
CONTACT_PHONE = os.environ.get("CONTACT_PHONE", "")  # empty: none is shown

# --- Conversations -------------------------------------------------------------------------------
SESSION_SECONDS = _number("SESSION_SECONDS", 12 * 3600)
KEPT_DAYS = _number("KEPT_DAYS", 90)
AUDIT_KEPT_DAYS = _number("AUDIT_KEPT_DAYS", 6 * 366)  # entries of the access log: six years
REQUESTS_KEPT_DAYS = _number("REQUESTS_KEPT_DAYS", 180)  # since an appointment request was closed
# Working days until a request is overdue: a new one, and one that was left lying after a call.
REQUEST_DUE_DAYS = _number("REQUEST_DUE_DAYS", 1)
REQUEST_OPEN_DAYS = _number("REQUEST_OPEN_DAYS", 5)
LONGEST_TEXT = 1_000  # characters of a visitor's message
LONGEST_BODY = 16 * 1024  # bytes of a request; a thousand escaped characters take 12,000
IDLE_SECONDS = _number("IDLE_SECONDS", 15 * 60)  # until the widget clears itself

# Count and seconds. An address is many people: a clinic, a hospital, a provider's customers.
LIMITS = {
    "session": (_number("LIMIT_SESSION", 20), 60),
    "address": (_number("LIMIT_ADDRESS", 240), 60),
    "sessions": (_number("LIMIT_SESSIONS", 60), 60),
    "appointments": (_number("LIMIT_APPOINTMENTS", 10), 3600),
}
PROXIES = _number("PROXIES", 0)  # how many proxies of ours stand before us and add X-Forwarded-For
EMBED_ORIGINS = _list("EMBED_ORIGINS")  # sites that may carry the widget, such as https://a.example

# --- Staff ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Length and a list of known passwords; no rules of composition, which only make them weaker.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]
LOGIN_URL = "people:sign-in"
STAFF_IDLE_SECONDS = _number("STAFF_IDLE_SECONDS", 15 * 60)
STAFF_WARNING_SECONDS = min(120, STAFF_IDLE_SECONDS // 2)  # before, with a way to stay
STAFF_SESSION_SECONDS = _number("STAFF_SESSION_SECONDS", 12 * 3600)  # at most, however busy
# Whether everyone must have a second factor; who has one is asked for it in any case.
SECOND_FACTOR = _flag("SECOND_FACTOR", _flag("HTTPS", False))
OTP_TOTP_ISSUER = os.environ.get("OTP_ISSUER", "NET Guide")

AXES_FAILURE_LIMIT = _number("LOCKOUT_FAILURES", 5)
AXES_COOLOFF_TIME = timedelta(seconds=_number("LOCKOUT_SECONDS", 15 * 60))
# By name and address together: nobody can lock another out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the access log is our own
AXES_CLIENT_IP_CALLABLE = "people.lockout.address"
AXES_USERNAME_CALLABLE = "people.lockout.username"
AXES_LOCKOUT_CALLABLE = "people.lockout.page"
AXES_VERBOSE = False

SESSION_COOKIE_NAME = "staff"
SESSION_COOKIE_PATH = "/staff/"  # visitors carry none
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = STAFF_SESSION_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "console.views.stale_form"

# --- Django --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "chat",
    "appointments",
    "widget",
    "demo",
    "people",
    "audit",
    "console",
    "review",
    "learning",
    "dashboard",
    "records",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "netguide.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chat.origins.Origins",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "netguide.urls"
WSGI_APPLICATION = "netguide.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "netguide.practice.context",
                "django.contrib.messages.context_processors.messages",
                "console.context.context",
            ]
        },
    }
]
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR / 'web.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA secure_delete=ON;",
    }
    # A database in memory locks whole tables between threads; a file is what production has.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
REDIS_URL = os.environ.get("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
COUNTER = "chat.limits.CacheCounter" if REDIS_URL else "chat.limits.TableCounter"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = LONGEST_BODY
LANGUAGE_CODE = "en-us"
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "America/New_York")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}}
# Without a collected copy (tests, development) the files are served from where they are written.
WHITENOISE_USE_FINDERS = not any(STATIC_ROOT.iterdir())
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600

HTTPS = _flag("HTTPS", False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
# Not `no-referrer`: browsers then send a form with `Origin: null`, which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = HTTPS
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frame-ancestors (netguide.headers) says who may frame what
    "security.W005",  # the other names of the practice's domain are not ours to speak for
    "security.W021",
]
CSRF_COOKIE_SAMESITE = "Strict"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django writes a page of the request, with what the visitor sent, when DEBUG is on.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},  # the access log says it
    },
}
