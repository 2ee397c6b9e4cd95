"""Wagtail: the admin, the editor, images and documents."""

from config.settings.environment import env

WAGTAIL_SITE_NAME = "AlluraDerm MD"
BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")
#: Address of the admin, where the staff process has its own.
WAGTAILADMIN_BASE_URL = env.str("STAFF_URL", default=BASE_URL).rstrip("/")

# The admin sends no request to other hosts.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("en", "English"), ("es", "Español")]

# Autosave races with the Save button on a new page: the second request gets a server error, because the page exists already.
# Wagtail still warns before unsaved changes are lost.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
#: The approved revision goes live, not a newer draft.
WAGTAIL_FINISH_WORKFLOW_ACTION = "review.publish_reviewed.publish_reviewed"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = True
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# What the pickers of the admin write; `common/formats` says what else may be typed.
WAGTAIL_DATE_FORMAT = "%m/%d/%Y"
WAGTAIL_TIME_FORMAT = "%I:%M %p"
WAGTAIL_DATETIME_FORMAT = "%m/%d/%Y %I:%M %p"

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "common.search_backend"}}
WAGTAILSEARCH_RESULTS_PAGE_SIZE = 20
WAGTAILSEARCH_HITS_MAX_AGE = 0

WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "images.forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "heic", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50 * 1000 * 1000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"heic": "jpeg", "bmp": "jpeg"}
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 78
WAGTAILIMAGES_JPEG_QUALITY = 78
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "txt"]
#: A document that an approved page shows is not replaced.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "publishing.documents.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"

#: Only basic formatting: headings are blocks, so that contents lists and heading levels stay correct.
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ul", "ol", "link", "document-link"]},
    }
}
TAGGIT_CASE_INSENSITIVE = True
