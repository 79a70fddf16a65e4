"""A cache that may be away: a missing Redis makes pages slower, never broken."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow

logger = logging.getLogger(__name__)


def _forgiving(name: str, answer: Any) -> Callable[..., Any]:
    """The method of this name, which gives this answer (a callable makes it) when Redis is away."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def forgiving(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except (RedisAway, RedisSlow):
            logger.warning("The cache is away.")
            return answer(*args, **kwargs) if callable(answer) else answer

    return forgiving


def _default(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, to which an absent server is an empty cache."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        params.setdefault("OPTIONS", {"socket_timeout": 1, "socket_connect_timeout": 1})
        super().__init__(server, params)

    add = _forgiving("add", True)
    get = _forgiving("get", _default)
    set = _forgiving("set", None)
    touch = _forgiving("touch", False)
    delete = _forgiving("delete", False)
    incr = _forgiving("incr", 1)
    get_many = _forgiving("get_many", lambda *args, **kwargs: {})
    has_key = _forgiving("has_key", False)
    set_many = _forgiving("set_many", lambda *args, **kwargs: [])
    delete_many = _forgiving("delete_many", None)
    clear = _forgiving("clear", False)
