"""How often one address may post: counted in the cache, so that a missing cache limits nobody."""

from __future__ import annotations

import hashlib
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW = timedelta(minutes=10)


def is_too_often(request: HttpRequest, what: str) -> bool:
    """Count one more posting from this address; true once there are more than the setting allows in ten minutes."""
    window = int(WINDOW.total_seconds())
    address = hashlib.sha256(str(get_client_ip_address(request)).encode()).hexdigest()[:20]
    key = f"portal:{what}:{address}:{int(time.time()) // window}"
    cache.add(key, 0, timeout=window)
    try:
        count = cache.incr(key)
    except ValueError:  # the cache forgot it between the two calls
        return False
    return count > settings.PORTAL_POSTS_PER_ADDRESS
