"""The settings, all from the environment. docs/running.md explains each name.

`WAYMEET_ENV` says what this process is: `development` (the default: a fresh clone
runs), `test`, `demo` (as production, on this machine alone) or `production`, which
refuses to start while something that it needs is missing.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.environment import Environment, database_from_url, kept_secret, mail_from_url
from config.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
IS_DEVELOPMENT = env.kind == "development"
IS_TEST = env.kind == "test"
IS_DEMO = env.kind == "demo"
IS_PRODUCTION = env.is_production

# Where this process writes: the embedded database, the secret key, collected static files.
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()

# The site -------------------------------------------------------------------------------

DEBUG = IS_DEVELOPMENT
PORT = env.number("PORT", 8000)
SITE_URL = env.needed(
    "SITE_URL",
    f"http://localhost:{PORT}",
    for_what="the address people type, such as https://groups.example.org",
).rstrip("/")
IS_HTTPS = urlsplit(SITE_URL).scheme == "https"
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or "localhost", *env.words("HOSTS")]
if not IS_PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = env.text("SECRET_KEY")
if IS_PRODUCTION:
    env.needed("SECRET_KEY", "", for_what="50 random characters that nobody else knows")
    if env.text("SITE_URL") and not IS_HTTPS:
        env.problems.append(f"SITE_URL is {SITE_URL!r}; it has to begin with https://.")
elif not SECRET_KEY:
    SECRET_KEY = "only-for-tests" * 4 if IS_TEST else kept_secret(VAR_DIR / "secret-key")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "accounts",
    "directory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "csp",
    "procrastinate.contrib.django",
    "accounts.admin_config.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    # These four stand before WhiteNoise: their headers belong on static files too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.headers.Headers",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.CompressForVisitors",
    "directory.middleware.PageFrame",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.idle.StayWhileActive",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

# Pages ----------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "crispy_forms.templatetags.crispy_forms_tags",
                "template_partials.templatetags.partials",
                "directory.templatetags.components",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directory.context_processors.site",
            ],
        },
    }
]
# An address without a scheme is https; Django 6 does so by itself.
FORMS_URLFIELD_ASSUME_HTTPS = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = IS_PRODUCTION

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORES_FINGERPRINTS = IS_DEMO or IS_PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STORES_FINGERPRINTS
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not STORES_FINGERPRINTS
# No Access-Control-Allow-Origin: nobody else's page needs our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Languages and time ---------------------------------------------------------------------

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French")), ("ar", _("Arabic"))]
# The ones that are translated, and so linked and offered. The others have their addresses already.
LANGUAGES_OFFERED = ["en"]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# Database -------------------------------------------------------------------------------

DATABASE_URL = env.needed(
    "DATABASE_URL",
    "",
    for_what="the address of a PostgreSQL 15 or later, postgresql://user:password@host/name",
)
if DATABASE_URL:
    database = database_from_url(DATABASE_URL)
else:
    database = {
        "ENGINE": "config.postgresql_embedded",
        "NAME": "waymeet",
        "OPTIONS": {},
        "FOLDER": VAR_DIR / "postgres",
    }
DATABASES = {"default": database}
database["CONN_HEALTH_CHECKS"] = True
# Nobody waits longer than this for somebody else's lock; the page then asks to try again.
# Compiling a query, sharing it out, or keeping in mind what an index just said takes longer than
# any of ours runs, and an index is cheap to look into.
PLANNING = (
    *("lock_timeout=5s", "jit=off", "max_parallel_workers_per_gather=0", "enable_memoize=off"),
    "work_mem=16MB",
    "random_page_cost=1.1",
)
database["OPTIONS"].setdefault("options", " ".join(f"-c {it}" for it in PLANNING))
database["TEST"] = {"NAME": env.text("TEST_DATABASE_NAME", "test_waymeet")}
# The number of requests answered at once; config/wsgi.py turns the pool on.
THREADS = env.number("THREADS", 8)
if env.switch("DATABASE_POOL"):
    database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": THREADS + 2, "timeout": 5}
    # Whatever an address asks for, no page keeps the database busy for longer. Empty options
    # are for a pooler that takes none.
    if options := database["OPTIONS"]["options"]:
        database["OPTIONS"]["options"] = f"-c statement_timeout=15s {options}"

# Limits are counted here, so all processes have to share it: `manage.py createcachetable`.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        # With Django's 300, some hundred requests of one visitor would end the limits of others.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # What every page shows and hardly ever changes, kept for seconds (directory/queries/site.py).
    "process": {
        "BACKEND": "django.core.cache.backends.dummy.DummyCache"
        if IS_TEST
        else "config.process_cache.ProcessCache",
        "LOCATION": "process",
    },
}

# People and signing in ------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
# Django's own backend beside this one would hash a wrong password twice.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if IS_TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_meetings"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Anybody can have a code mailed to any address: not all day long.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/h/key"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
# "Keep me signed in" is asked, and unticked: otherwise the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
# How many proxies of ours stand before this process; 0 believes no X-Forwarded-For at all.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)

SESSION_COOKIE_AGE = 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Over HTTPS a browser keeps a `__Host-` cookie from being set by anybody but this host.
COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
# Nothing of a visit stays in the browser longer than the browser is open.
CSRF_COOKIE_AGE = None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Headers --------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# `no-referrer` would break Django's CSRF check over HTTPS.
SECURE_REFERRER_POLICY = "same-origin"
if IS_HTTPS:
    SECURE_HSTS_SECONDS = 63072000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.switch("HSTS_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = env.switch("HSTS_PRELOAD")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    # Both bind other names than ours, so the operator turns them on.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Safety ---------------------------------------------------------------------------------

# A crisis line that nobody has checked for longer than this is shown to administrators.
CRISIS_REVIEW_DAYS = env.number("CRISIS_REVIEW_DAYS", 180)
# Members see the link of an online meeting so long before it starts.
ONLINE_ROOM_OPENS_MINUTES = env.number("ONLINE_ROOM_OPENS_MINUTES", 30)
# Who stands in for a facilitator sees who comes and how to get in so long before the start.
COVER_OPENS_HOURS = env.number("COVER_OPENS_HOURS", 24)
# Somebody whose request was declined may ask the same group again after this.
DECLINED_REQUEST_DAYS = env.number("DECLINED_REQUEST_DAYS", 30)
# A place that comes free is held so long for the next who waits.
SEAT_OFFER_HOURS = env.number("SEAT_OFFER_HOURS", 12)
# Places kept for people who come for the first time are for all so long before the start.
KEPT_PLACES_HOURS = env.number("KEPT_PLACES_HOURS", 24)
# The address of somebody's own calendar leads nowhere after this.
PRIVATE_CALENDAR_DAYS = env.number("PRIVATE_CALENDAR_DAYS", 365)

# Map ------------------------------------------------------------------------------------

# Without a server of tiles the map is the outline of countries and towns that ships with the site.
MAP_TILES_URL = env.tiles("MAP_TILES_URL")
MAP_TILES_CREDIT = env.text("MAP_TILES_CREDIT")
if MAP_TILES_URL and not MAP_TILES_CREDIT:
    env.problems.append("MAP_TILES_CREDIT is missing: whom the map of MAP_TILES_URL is by.")

# Mail -----------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.needed(
    "MAIL_FROM", "hello@localhost", for_what="the address that mail comes from"
)
MAIL_URL = env.needed(
    "MAIL_URL", "", for_what="the server that sends mail, smtp+tls://user:password@host:587"
)
MAIL_DIR = VAR_DIR / "mail"
if MAIL_URL:
    globals().update(mail_from_url(MAIL_URL))
elif IS_DEMO:
    EMAIL_BACKEND = "accounts.mail_folder.FolderBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = logging_settings(env.text("LOG_LEVEL", "INFO" if IS_DEVELOPMENT else "WARNING"))

env.complain()
