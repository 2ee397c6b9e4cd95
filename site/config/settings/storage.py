"""File storage: public media, static files, and sealed files without a public URL."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from config.settings.environment import PROJECT, VAR, env, refuse

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR / "static"))
#: The site's own style sheets, scripts, fonts and icons.
PROJECT_STATIC = PROJECT / "site" / "static"
STATICFILES_DIRS = [PROJECT_STATIC]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
#: Sealed photos as public processes write them. Never below MEDIA_ROOT, which is public.
SEALED_ROOT = VAR / "sealed"
#: Sealed photos once the worker has moved them to where only the staff side can change them.
COLLECTED_ROOT = VAR / "private" / "uploads"
#: Signed consents, sealed.
PRIVATE_ROOT = VAR / "private"

STATICFILES_STORAGE = "common.static_storage.BundledStaticStorage"


def file_storage(folder: str, root: Path) -> dict[str, object]:
    """A local folder, or a folder of the bucket that `STORAGE_URL` names (`s3://bucket?region=…`)."""
    url = urlsplit(env.str("STORAGE_URL", default=""))
    if not url.scheme:
        return {"BACKEND": "common.storage.NoLinksStorage", "OPTIONS": {"location": str(root)}}
    if url.scheme != "s3":
        refuse(f"STORAGE_URL begins with {url.scheme}://, and only s3:// is known.")
    query = {name: values[-1] for name, values in parse_qs(url.query).items()}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": url.hostname,
            "location": folder,
            "region_name": query.get("region"),
            "endpoint_url": query.get("endpoint"),
            "default_acl": "private",
            # Images have URLs of the site itself, so that browsers contact no other host: nginx fetches them from the bucket.
            "custom_domain": urlsplit(env.str("BASE_URL", default="")).netloc if folder == "media" else None,
            "querystring_auth": folder != "media",
            "file_overwrite": False,
        },
    }


def upload_storage() -> dict[str, object]:
    """Sealed photos: two local folders, or a folder of the bucket."""
    if env.str("STORAGE_URL", default=""):
        return file_storage("sealed", SEALED_ROOT)
    return {"BACKEND": "sealing.uploads.UploadStorage", "OPTIONS": {"incoming": str(SEALED_ROOT), "collected": str(COLLECTED_ROOT)}}


STORAGES: dict[str, dict[str, object]] = {
    "default": file_storage("media", MEDIA_ROOT),
    "sealed": upload_storage(),
    "private": {"BACKEND": "sealing.storage.SealedStorage", "OPTIONS": {"inner": file_storage("private", PRIVATE_ROOT)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

#: Whether Django serves media; in production a web server or the bucket does.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
