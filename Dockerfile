# One image for web, worker, beat and migrate; docker-compose.yml names the command of each.

FROM python:3.11-slim-bookworm AS packages
COPY requirements.lock .
RUN python -m venv --without-pip /venv \
 && pip --python /venv/bin/python install --no-cache-dir --no-deps --require-hashes -r requirements.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/tumorboard --shell /usr/sbin/nologin tumorboard \
 && install -d -o tumorboard /var/lib/tumorboard
COPY --from=packages /venv /venv
WORKDIR /srv/tumorboard
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=8", "--graceful-timeout=2", \
     "--worker-tmp-dir=/dev/shm", "--no-control-socket", "tumorboard.wsgi:app"]
