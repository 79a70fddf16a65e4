"""The production settings, with what would make tests slow or reach outside replaced."""

import os
import tempfile
from pathlib import Path

# A developer's own environment must not decide what is tested; tests/postgres_server.py names the server for tests.
for name in ("DATABASE_URL", "PGDATABASE", "REDIS_URL", "JUECE_PROFILE", "ALLOWED_HOSTS", "EMAIL_HOST", "BIND", "PORT"):
    os.environ.pop(name, None)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

_memory = Path("/dev/shm")
_place = Path(tempfile.mkdtemp(prefix="juece-tests-", dir=_memory if os.access(_memory, os.W_OK) else None))
os.environ["DATA_DIR"] = str(_place)  # tests/conftest.py removes it

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, as in production: a database in memory has no WAL and no second connection.
    DATABASES["default"]["TEST"] = {"NAME": str(_place / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA recursive_triggers=ON; PRAGMA synchronous=OFF;"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of a test end, and their connections with them

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = "memory://"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
