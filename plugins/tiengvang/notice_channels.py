"""The ways by which a notice reaches somebody: a webhook, and e-mail. Nothing secret gets into a message."""

from __future__ import annotations

import json
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from typing import TYPE_CHECKING, Protocol

from tiengvang.errors import FetchFailed
from tiengvang.http_client import HttpClient
from tiengvang.settings import Settings
from tiengvang.windows import format_instant

if TYPE_CHECKING:
    from tiengvang.notices import Notice

SECONDS = 10.0
# Folding a Vietnamese subject into encoded words loses spaces between them; a line may have 998 bytes.
UNFOLDED = SMTP.clone(max_line_length=900)


class Channel(Protocol):
    """One way by which a notice is sent."""

    @property
    def name(self) -> str:
        """What ``ops.notice_deliveries`` calls it."""

    def send(self, notice: Notice) -> None:
        """Send one notice, once.

        Raises:
            FetchFailed: it was not accepted; the message holds no address, path, name or password.
        """


def open_channels(settings: Settings) -> tuple[Channel, ...]:
    """Return the channels that are set, which may be none."""
    channels: list[Channel] = []
    if settings.notice_webhook_url is not None:
        channels.append(Webhook(settings.notice_webhook_url.get_secret_value(), settings.contact))
    if settings.notice_email_to:
        channels.append(Email(settings))
    return tuple(channels)


@dataclass(frozen=True)
class Webhook:
    """A JSON object by POST: ``text``, which chat services show, beside the notice's parts."""

    url: str
    contact: str
    name: str = "webhook"

    def send(self, notice: Notice) -> None:
        """Send one notice, once."""
        body = {
            "text": f"{notice.title}\n\n{notice.body}",
            "notice_id": notice.notice_id,
            "kind": notice.kind,
            "subject": notice.subject,
            "causes": list(notice.causes),
            "title": notice.title,
            "body": notice.body,
            "runbook": notice.runbook,
            "begun_at": format_instant(notice.begun_at),
        }
        with HttpClient(self.contact, timeout=(SECONDS, SECONDS), workers=1) as client:
            client.post(self.url, json.dumps(body).encode(), "application/json")


class Email:
    """A plain text message by SMTP, to all recipients at once."""

    name = "email"

    def __init__(self, settings: Settings) -> None:
        """Keep what the settings say of the server, the sender and the recipients."""
        self._settings = settings
        self._domain = settings.notice_email_from.rpartition("@")[2]

    def send(self, notice: Notice) -> None:
        """Send one notice, once. The same notice has the same Message-ID however often it is tried."""
        settings = self._settings
        message = EmailMessage(policy=UNFOLDED)
        message["Subject"] = notice.title
        message["From"] = settings.notice_email_from
        message["To"] = settings.notice_email_to
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = (
            f"<{notice.kind}.{notice.notice_id}.{notice.begun_at:%Y%m%d%H%M%S}@{self._domain}>"
        )
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(notice.body)
        try:
            with self._connected() as server:
                if settings.smtp_security == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if settings.smtp_user and settings.smtp_password is not None:
                    server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
                server.send_message(message)
        except OSError as error:  # smtplib's own errors too: their texts may hold addresses
            code = getattr(error, "smtp_code", "")
            raise FetchFailed(
                f"{settings.smtp_host}: {type(error).__name__} {code}".rstrip()
            ) from None

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        place = (settings.smtp_host, settings.smtp_port)
        # The name given in greeting: asking for this machine's own may wait for a name server.
        if settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(
                *place, self._domain, timeout=SECONDS, context=ssl.create_default_context()
            )
        return smtplib.SMTP(*place, self._domain, timeout=SECONDS)
