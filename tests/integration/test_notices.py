"""Notices by a real webhook and a real mail server: once per cause, tried again, never in the way."""

from __future__ import annotations

import email
import email.policy
import logging
import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import date
from email.message import EmailMessage

import pytest
from harness import Warehouse
from ops_rows import Ops
from pytest_httpserver import HTTPServer

from tiengvang.edition.entry import write_entry
from tiengvang.notices import MAX_ATTEMPTS, notify

SECRET = "t0ken-of-the-webhook"
PASSWORD = "hunter2-of-the-mail-server"


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much of SMTP as a client needs: greeting, login, envelope, message."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refuses = False
        super().__init__(("127.0.0.1", 0), MailHandler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class MailHandler(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 mail.example ESMTP")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "EHLO":
                self.say("250-mail.example\r\n250-AUTH PLAIN\r\n250 8BITMIME")
            elif word == "AUTH":
                self.say("235 welcome" if not self.server.refuses else f"535 not {PASSWORD}")
            elif word == "RCPT":
                self.server.recipients.append(line.partition(":")[2])
                self.say("250 ok")
            elif word == "DATA":
                self.say("354 go on")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part)
                message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                self.server.messages.append(message)
                self.say("250 kept")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def ops(new_warehouse: Callable[[str], Warehouse]) -> Ops:
    return Ops(new_warehouse("notices"))


def settings_of(
    webhook: HTTPServer | None = None, mail: MailServer | None = None
) -> dict[str, str]:
    found = {}
    if webhook is not None:
        found["TIENGVANG_NOTICE_WEBHOOK_URL"] = webhook.url_for(f"/hook/{SECRET}")
    if mail is not None:
        found |= {
            "TIENGVANG_SMTP_HOST": "127.0.0.1",
            "TIENGVANG_SMTP_PORT": str(mail.port),
            "TIENGVANG_SMTP_SECURITY": "none",
            "TIENGVANG_SMTP_USER": "tiengvang",
            "TIENGVANG_SMTP_PASSWORD": PASSWORD,
            "TIENGVANG_NOTICE_EMAIL_FROM": "tiengvang@office.example",
            "TIENGVANG_NOTICE_EMAIL_TO": "desk@office.example,duty@office.example",
        }
    return found


def tell(ops: Ops, **environment: str) -> int:
    with ops.warehouse.active(**environment) as settings:
        standing = write_entry(settings, ops.warehouse.url)
        return notify(settings, ops.warehouse.url, standing)


def posted(webhook: HTTPServer) -> list[dict[str, object]]:
    return [request.get_json() for request, _ in webhook.log]


def test_a_hold_is_told_once_until_it_is_over(ops: Ops, httpserver: HTTPServer) -> None:
    httpserver.expect_request(f"/hook/{SECRET}", method="POST").respond_with_data("ok")
    on = settings_of(webhook=httpserver)
    ops.edition("e1", "published", date(2026, 7, 11))
    assert tell(ops, **on) == 1
    (new,) = posted(httpserver)
    assert new["kind"] == "edition_published"
    assert new["title"] == "[SYNTHETIC / GIẢ LẬP] New edition / Kỳ công bố mới: e1"
    for words in ("Rose & fell.", "Tăng, giảm.", "editions/e1/vi/index.html", "Synthetic data."):
        assert words in str(new["text"])
    assert tell(ops, **on) == 0

    for name, end in (("e2", 12), ("e3", 12)):  # held again the next day, for the same reason
        subject = ops.edition(name, "held", date(2026, 7, end))
        ops.failed("edition", subject, "received_share")
        ops.failed("edition", subject, "freshness_minutes")
        tell(ops, **on)
    held = posted(httpserver)[1:]
    assert [one["kind"] for one in held] == ["edition_held"]
    assert held[0]["causes"] == ["a_suite.freshness_minutes", "a_suite.received_share"]
    assert held[0]["runbook"] == "docs/runbooks/publish_edition.md"
    for words in ("received_share is <bad>.", "received_share không đạt.", "publish_edition.md"):
        assert words in str(held[0]["text"])

    ops.edition("e4", "published", date(2026, 7, 12))
    tell(ops, **on)
    ops.failed("edition", ops.edition("e5", "held", date(2026, 7, 13)), "received_share")
    tell(ops, **on)
    kinds = [one["kind"] for one in posted(httpserver)]
    assert kinds == ["edition_published", "edition_held", "edition_published", "edition_held"]


def test_builds_and_sources_are_told_and_nothing_else(ops: Ops, httpserver: HTTPServer) -> None:
    httpserver.expect_request(f"/hook/{SECRET}", method="POST").respond_with_data("ok")
    on = settings_of(webhook=httpserver)
    ops.failed("marts", ops.build("held"), "lost_rows")
    row = (
        "insert into ops.source_freshness (source_table, max_loaded_at, as_of_at, status, "
        "silent_after_seconds) values (%s, %s, ops.as_of(), 'warn', 3600)"
    )
    ops.run(row, "imf.imf__vintages", "2026-01-01T00:00Z")
    ops.run(row, "oecd.oecd__vintages", "2026-01-01T00:00Z")
    assert tell(ops, **on) == 3
    assert {(one["kind"], one["runbook"]) for one in posted(httpserver)} == {
        ("build_held", "docs/runbooks/build_warehouse.md"),
        ("source_silent", "docs/runbooks/ingest_imf.md"),
        ("source_silent", "docs/runbooks/ingest_oecd.md"),
    }
    ops.build("published")
    ops.run(
        "update ops.source_freshness set max_loaded_at = ops.as_of() where source_table ~ 'imf'"
    )
    ops.build("failed")
    assert tell(ops, **on) == 0
    ended = "select kind, subject from ops.notices where ended_at is null"
    assert ops.warehouse.query(ended) == [("source_silent", "oecd")]


def test_mail_reaches_all_recipients_in_both_languages(ops: Ops, mail: MailServer) -> None:
    ops.edition("e1", "published", date(2026, 7, 11))
    more = {
        "TIENGVANG_EDITIONS_URL": "https://e.example/x/",
        "TIENGVANG_RUNBOOKS_URL": "https://r.example",
    }
    assert tell(ops, **settings_of(mail=mail), **more) == 1
    (message,) = mail.messages
    assert mail.recipients == ["<desk@office.example>", "<duty@office.example>"]
    assert message["Subject"].endswith("New edition / Kỳ công bố mới: e1")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].startswith("<edition_published.1.")
    body = message.get_content()
    for words in (
        "Tên của e1, một tuần",
        "https://e.example/x/e1/en/index.html",
        "https://r.example/publish_edition.md",
    ):
        assert words in body


def test_what_fails_is_tried_again_and_names_no_secret(
    ops: Ops, httpserver: HTTPServer, mail: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    httpserver.expect_ordered_request(f"/hook/{SECRET}").respond_with_data("no", status=503)
    httpserver.expect_ordered_request(f"/hook/{SECRET}").respond_with_data(
        "", status=302, headers={"Location": "/elsewhere"}
    )
    httpserver.expect_ordered_request(f"/hook/{SECRET}").respond_with_data("ok")
    mail.refuses = True
    on = settings_of(httpserver, mail)
    ops.edition("e1", "published", date(2026, 7, 11))
    assert [tell(ops, **on) for _ in range(2)] == [0, 0]
    problems = dict(ops.warehouse.query("select channel, problem from ops.notice_deliveries"))
    assert problems == {
        "webhook": "localhost: status 302, expected 2xx",
        "email": "127.0.0.1: SMTPAuthenticationError 535",
    }
    assert "was not delivered: localhost: status 503" in caplog.text
    mail.refuses = False
    assert tell(ops, **on) == 2
    assert len(mail.messages) == 1
    assert tell(ops, **on) == 0
    assert ops.warehouse.query(
        "select distinct attempts, problem, delivered_at is null from ops.notice_deliveries"
    ) == [(3, None, False)]
    own = [
        one.getMessage() for one in caplog.records if one.name != "werkzeug"
    ]  # that of the server
    assert own
    left = str(own) + str(ops.warehouse.query("select * from ops.notice_deliveries"))
    for secret in (SECRET, PASSWORD, "office.example"):
        assert secret not in left


def test_nobody_who_answers_is_no_obstacle_and_no_endless_one(
    ops: Ops, caplog: pytest.LogCaptureFixture
) -> None:
    on = {"TIENGVANG_NOTICE_WEBHOOK_URL": f"http://127.0.0.1:9/{SECRET}"}
    ops.edition("e1", "published", date(2026, 7, 11))
    assert [tell(ops, **on) for _ in range(MAX_ATTEMPTS + 2)] == [0] * (MAX_ATTEMPTS + 2)
    assert ops.warehouse.query("select attempts, problem from ops.notice_deliveries") == [
        (MAX_ATTEMPTS, "127.0.0.1: no answer (ConnectionError)")
    ]
    assert SECRET not in caplog.text


def test_off_is_off_and_turned_on_later_it_repeats_nothing(
    ops: Ops, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(f"/hook/{SECRET}", method="POST").respond_with_data("ok")
    ops.edition("e1", "published", date(2026, 7, 11))
    assert tell(ops) == 0
    assert ops.warehouse.query("select kind from ops.notices") == [("edition_published",)]
    assert tell(ops, **settings_of(webhook=httpserver)) == 0
    assert posted(httpserver) == []
