# syntax=docker/dockerfile:1

# --- The virtual environment, from hashed requirements -----------------------------------------------------------------
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/run.txt /build/
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /build/run.txt

# --- The application: no compiler, no root ------------------------------------------------------------------------------
FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings DATA_DIR=/data
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin juece \
    && install --directory --owner=juece --group=juece --mode=0700 /data \
    && install --directory --owner=juece --group=juece --mode=0755 /secrets
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py LICENSE ./
COPY docker/secrets.sh docker/
COPY config config
COPY decisions decisions
COPY workflows workflows
COPY templates templates
COPY static static
COPY locale locale
RUN pybabel --quiet compile --directory locale --domain django \
    && DATA_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build
USER 10001
VOLUME ["/data"]
EXPOSE 8000
ENV BIND=0.0.0.0:8000
CMD ["gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
