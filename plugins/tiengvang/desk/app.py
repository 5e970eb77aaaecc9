"""The desk's addresses. Who may ask is decided by what the maker of the app passes in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import psycopg
from fastapi import FastAPI, Header, HTTPException, Query, Request
from fastapi.responses import FileResponse, HTMLResponse

from tiengvang.desk import files
from tiengvang.desk.doors import RunKeys
from tiengvang.desk.page import page_html, problem_html, read_desk
from tiengvang.desk.texts import Language
from tiengvang.errors import TiengVangError
from tiengvang.local.postgres import running_url
from tiengvang.settings import get_settings
from tiengvang.warehouse.connection import connect_to_read

log = logging.getLogger(__name__)

# The values that a run's tasks returned, by task: what tells its build and its edition.
Returned = Callable[[str, str], Mapping[str, Any]]
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
}
Asked = Annotated[str | None, Query(max_length=250)]


def make_app(
    *, signed_in: Sequence[Any], may_read_run: Sequence[Any], returned: Returned
) -> FastAPI:
    """Return the desk as an application whose every address asks for a login.

    Args:
        signed_in: dependencies that every address has; they refuse who is not known.
        may_read_run: dependencies of the view of one run, which names its DAG as ``dag_id``.
        returned: gives the values that the tasks of a run returned, by DAG and run.
    """
    # no pages about itself: they would be there for everybody
    app = FastAPI(
        title="Tiếng Vang", docs_url=None, redoc_url=None, openapi_url=None, dependencies=signed_in
    )

    @app.get("/")
    def desk(
        request: Request, lang: Language | None = None, accept_language: str | None = Header(None)
    ) -> HTMLResponse:
        return _page(_language(lang, accept_language), request.query_params, None)

    @app.get("/run", dependencies=may_read_run)
    def run(
        request: Request,
        dag_id: Asked = None,
        run_id: Asked = None,
        lang: Language | None = None,
        accept_language: str | None = Header(None),
    ) -> HTMLResponse:
        if not dag_id or not run_id:
            raise HTTPException(404)
        keys = _keys(dag_id, run_id, returned(dag_id, run_id))
        return _page(_language(lang, accept_language), request.query_params, keys)

    @app.get("/editions/{path:path}")
    def edition(path: str) -> FileResponse:
        return _file(files.edition_file(get_settings().home, path))

    @app.get("/data-docs/{path:path}")
    def data_docs(path: str) -> FileResponse:
        return _file(files.data_docs_file(get_settings().home, path))

    return app


def _keys(dag_id: str, run_id: str, returned: Mapping[str, Any]) -> RunKeys:
    build_id, release = returned.get("claim_days"), returned.get("render_edition")
    return RunKeys(
        run_id=run_id,
        source=dag_id.removeprefix("ingest_") if dag_id.startswith("ingest_") else None,
        build_id=build_id if isinstance(build_id, int) else None,
        edition_id=release.get("edition_id") if isinstance(release, dict) else None,
    )


def _page(language: Language, query: Mapping[str, str], keys: RunKeys | None) -> HTMLResponse:
    try:
        settings = get_settings()
        url = running_url(settings)
        if url is None:
            return _down("the embedded server is not running", language, query)
        with connect_to_read(url) as connection:
            read = read_desk(connection, settings.home, keys)
    except (psycopg.Error, TiengVangError) as error:
        # what the driver says may name hosts and users: it is for the log
        log.warning("the desk cannot read the warehouse: %s", error)
        return _down(type(error).__name__, language, query)
    return HTMLResponse(page_html(read, language, query), headers=HEADERS)


def _down(problem: str, language: Language, query: Mapping[str, str]) -> HTMLResponse:
    return HTMLResponse(problem_html(problem, language, query), status_code=503, headers=HEADERS)


def _file(path: Path | None) -> FileResponse:
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type=files.MEDIA_TYPES[path.suffix], headers=HEADERS)


def _language(asked: Language | None, accepted: str | None) -> Language:
    """Return the language that is asked for, else the browser's where it is Vietnamese."""
    return asked or ("vi" if (accepted or "").lower().startswith("vi") else "en")
