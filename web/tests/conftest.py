"""What every test stands on: a small assistant over real HTTP, and a client of the chat API."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.accounts import give_roles
from people.models import Account
from people.roles import Role

REPLY: dict[str, Any] = {
    "kind": "answer",
    "topics": ["staging"],
    "passages": ["staging-what"],
    "text": "Staging tells how far it has spread.",
    "blocks": [{"type": "paragraph", "text": "Staging tells how far it has spread."}],
    "source": {"title": "NETs", "section": "Staging", "url": "https://practice.example/nets"},
    "suggestions": [{"title": "Why?", "message": "Why does the stage matter?"}],
    "nlu": {
        "intent": "staging",
        "confidence": 0.9,
        "runner_up": "types",
        "runner_up_confidence": 0.05,
    },
}


@dataclass
class FakeAssistant:
    """Answers every message as it is told, and remembers what it was asked."""

    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[dict[str, str]], Any] = lambda _: [{"custom": REPLY}]
    status: int = 200
    delay: float = 0.0
    released: threading.Event = field(default_factory=threading.Event)
    trickle: bool = False
    model: str = "20261124-010203-abcdef01"
    forgotten: list[str] = field(default_factory=list)
    forgets: bool = True

    def __post_init__(self) -> None:
        self.released.set()

    @property
    def texts(self) -> list[str]:
        """The texts it was asked, in order."""
        return [message["message"] for message in self.asked]


def _handler(fake: FakeAssistant) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.asked.append(body)
            time.sleep(fake.delay)
            fake.released.wait(timeout=3)
            raw = json.dumps(fake.answer(body)).encode()
            try:
                self.send_response(fake.status)
                self.send_header("Content-Length", str(len(raw)))
                self.send_header("Assistant-Model", fake.model)
                self.end_headers()
                for byte in raw if fake.trickle else ():
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.1)
                if not fake.trickle:
                    self.wfile.write(raw)
            except OSError:
                return

        def do_DELETE(self) -> None:
            folder, _, sender = self.path.rpartition("/")
            found = fake.forgets and folder == "/webhooks/rest/conversations"
            if found:
                fake.forgotten.append(sender)
            self.send_response(204 if found else 503)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler


@pytest.fixture(scope="session", autouse=True)
def _emptying_may_empty_the_access_log() -> None:
    """Between some tests every table is emptied, which the log's trigger allows without a head."""
    # The class, because a browser's loop has connections of its own.
    operations = type(connection.ops)
    sql_flush = operations.sql_flush

    def flush(self: Any, *args: Any, **options: Any) -> list[str]:
        return ["DELETE FROM audit_head", *sql_flush(self, *args, **options)]

    operations.sql_flush = flush  # type: ignore[method-assign, assignment]


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """A slow hash is for the world, not for tests that sign in a hundred times."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """A cache outside the process (Redis) would carry one test's counts into the next."""
    cache.clear()


@pytest.fixture
def assistant(settings: Any) -> Iterator[FakeAssistant]:
    """A running assistant that the website asks."""
    fake = FakeAssistant()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}/webhooks/rest/webhook"
    settings.ASSISTANT_URL = fake.url
    yield fake
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class RealAssistant:
    """The assistant that `make test-web` started, and the folders it writes to."""

    url: str
    folders: tuple[Path, ...]

    def files(self) -> list[Path]:
        """Every file it has written."""
        return [file for folder in self.folders for file in folder.rglob("*") if file.is_file()]

    def events(self, sender: str) -> int:
        """How many events its tracker store has of this conversation."""
        (store,) = [file for file in self.files() if file.name == "conversations.db"]
        with closing(sqlite3.connect(store)) as database:
            query = "SELECT COUNT(*) FROM events WHERE sender_id = ?"
            return int(database.execute(query, (sender,)).fetchone()[0])


@pytest.fixture
def real_assistant(settings: Any) -> RealAssistant:
    """The real assistant, which the website asks."""
    url, folders = os.environ.get("ASSISTANT_URL", ""), os.environ.get("ASSISTANT_FOLDERS", "")
    try:
        with urllib.request.urlopen(url.rpartition("/")[0] + "/", timeout=5):
            settings.ASSISTANT_URL = url
    except (OSError, ValueError) as error:
        pytest.fail(f"no assistant answers at `{url}` ({error}): run `make test-web`")
    if not folders:
        pytest.fail(
            "ASSISTANT_FOLDERS does not say where the assistant writes: run `make test-web`"
        )
    return RealAssistant(url, tuple(Path(folder) for folder in folders.split(os.pathsep)))


@dataclass
class Chat:
    """A visitor of the chat API."""

    client: Client
    session: str = ""

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """The answer to this JSON body."""
        return self.client.post(
            f"/api/{path}", json.dumps(body), content_type="application/json", headers=headers
        )

    def begin(self, page: str = "") -> dict[str, Any]:
        """Begins a session and gives the answer."""
        begun: dict[str, Any] = self.post("chat/sessions", {"page": page} if page else {}).json()
        self.session = begun["session"]
        return begun

    def say(self, text: str, client_id: str = "") -> Any:
        """Says this; gives the answer."""
        body = {"session": self.session, "id": client_id or str(uuid.uuid4()), "text": text}
        return self.post("chat/messages", body)

    def reply(self, text: str) -> dict[str, Any]:
        """Says this; gives the one reply."""
        (reply,) = self.say(text).json()["messages"]
        return dict(reply)

    def transcript(self) -> Any:
        """The answer to a wish for the transcript."""
        return self.client.get("/api/chat/transcript", headers=self.bearer)

    def forget(self) -> Any:
        """The answer to a wish for deletion."""
        return self.client.delete("/api/chat/session", headers=self.bearer)

    @property
    def bearer(self) -> dict[str, str]:
        """The header with the session."""
        return {"Authorization": f"Bearer {self.session}"}


@pytest.fixture
def chat(client: Client, assistant: FakeAssistant, db: None) -> Chat:
    """A visitor with a session."""
    visitor = Chat(client)
    visitor.begin()
    return visitor


PASSWORD = "correct horse battery"


def make_account(username: str, *roles: Role, **fields: Any) -> Account:
    """An account with these roles and PASSWORD."""
    fields.setdefault("name", username.title())
    account = Account.objects.create_user(username, PASSWORD, **fields)
    give_roles(None, account, [role.value for role in roles])
    return account


def sign_in(client: Client, account: Account) -> Client:
    """The client, signed in as this person and past every further step."""
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["seen_at"] = session["signed_in_at"] = timezone.now().timestamp()
    session.save()
    return client


@pytest.fixture
def staff(db: None) -> Callable[..., Client]:
    """Makes a client that is signed in with these roles: `staff(Role.REVIEWER)`."""

    def signed_in(*roles: Role) -> Client:
        name = "-".join(role.name.lower() for role in roles) or "nobody"
        account = Account.objects.filter(username=name).first() or make_account(name, *roles)
        return sign_in(Client(), account)

    return signed_in
