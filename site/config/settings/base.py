"""Settings that all environments share. Each concern has its own module in this package."""

from config.settings.caches import *  # noqa: F403
from config.settings.cms import *  # noqa: F403
from config.settings.consultations import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.environment import PROJECT, env
from config.settings.logs import *  # noqa: F403
from config.settings.mail import *  # noqa: F403
from config.settings.secrets import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.sign_in import *  # noqa: F403
from config.settings.storage import *  # noqa: F403

INSTALLED_APPS = [
    "sample",
    "home",
    "consultations.form_page",
    "consultations",
    "blog",
    "treatments",
    "dashboard",
    "review",
    "core",
    "page_tree",
    "images",
    "accounts",
    "page_cache",
    "publishing",
    "content_checks",
    "sealing",
    "database",
    "common",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.probes.ProbesMiddleware",
    "page_cache.middleware.PageCacheMiddleware",
    "common.middleware.RefuseNulBytesMiddleware",
    "common.middleware.RefuseOddNumbersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "common.accept_encoding.AcceptEncodingMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.middleware.SecurityHeadersMiddleware",
    "common.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "consultations.uploads.MemoryUploadsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sign_in.idle.IdleTimeoutMiddleware",
    "accounts.sign_in.second_factor.SecondFactorMiddleware",
    "accounts.sign_in.recent.ProofMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "publishing.middleware.EditorialRuleMiddleware",
    "axes.middleware.AxesMiddleware",
    "common.clean_posts.CleanPostsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
            "builtins": [
                "wagtail.images.templatetags.wagtailimages_tags",
                # Before the site's own, which has a `richtext` of its own.
                "wagtail.templatetags.wagtailcore_tags",
                "core.templatetags.clinic",
                "core.templatetags.components",
                "page_cache.templatetags.fragments",
                "core.templatetags.structured",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "treatments.templatetags.skin",
            ],
        },
    }
]

LANGUAGE_CODE = "en"
LOCALE_PATHS = [PROJECT / "site" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")
#: Days, hours and dates to publish are the clinic's, for everybody who works there.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
FORMAT_MODULE_PATH = "common.formats"
USE_TZ = True
