# One image for all of Airflow's services: the same lock and the same code as on a laptop.
FROM python:3.12-slim

RUN useradd --create-home --uid 1000 tiengvang \
    && install -d -o tiengvang -g tiengvang /var/lib/tiengvang \
    && pip install --no-cache-dir 'uv>=0.9'

WORKDIR /opt/tiengvang
ENV UV_PYTHON_DOWNLOADS=never UV_SYSTEM_PYTHON=1 UV_NO_CACHE=1

COPY requirements.lock ./
RUN uv pip install --no-deps --require-hashes --compile-bytecode -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY plugins plugins
COPY dags dags
COPY dbt_project dbt_project
COPY expectations expectations
RUN uv pip install --no-deps --no-build-isolation -e .

USER tiengvang
ENV TIENGVANG_HOME=/var/lib/tiengvang
VOLUME /var/lib/tiengvang
CMD ["tiengvang", "--help"]
