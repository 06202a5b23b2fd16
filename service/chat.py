"""A conversation with the assistant in the terminal (`make chat`)."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
import urllib.request
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from service import training
from service.environment import LOOPBACK, read_environment, read_port
from service.faults import Fault, exit_code
from service.run import Assistant, health_address
from service.servers import probe

TIMEOUT = 30  # seconds
WIDEST = 88
GOODBYES = ("/quit", "/exit")


class Conversation:
    """One visitor's conversation with the assistant at an address."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._sender = f"chat-{uuid.uuid4().hex}"
        self._suggestions: list[str] = []

    def say(self, text: str) -> str:
        """What is shown for a text; a number stands for the suggestion shown with it.

        Raises Fault when the assistant does not answer, or with anything but reply objects.
        """
        if text.isdecimal() and 0 < int(text) <= len(self._suggestions):
            text = self._suggestions[int(text) - 1]
        replies = self._post(text)
        try:
            shown = [shown_reply(message["custom"]) for message in replies]
            self._suggestions = [s["message"] for m in replies for s in m["custom"]["suggestions"]]
        except (KeyError, TypeError):
            raise Fault(f"{self._url} sent something else than a reply: {replies!r:.200}") from None
        return "\n\n".join(shown)

    def _post(self, text: str) -> Any:
        request = urllib.request.Request(
            f"{self._url}/webhooks/rest/webhook",
            json.dumps({"sender": self._sender, "message": text}).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
                return json.load(response)
        except (OSError, ValueError) as error:
            cause = getattr(error, "reason", None) or error
            raise Fault(
                f"the assistant at {self._url} cannot be reached ({cause}): start it with `make run`"
            ) from None


def shown_reply(reply: dict[str, Any]) -> str:
    """A reply object as lines for the terminal: its blocks, where they stand, numbered next questions."""
    parts = [_shown_block(block) for block in reply["blocks"]]
    source = reply["source"]
    if source and source["section"]:
        parts.append(f"  [{source['section']}: {source['url']}]")
    suggestions = [
        _wrapped(suggestion["title"], f"  {number}  ")
        for number, suggestion in enumerate(reply["suggestions"], 1)
    ]
    if suggestions:
        parts.append("\n".join(suggestions))
    return "\n\n".join(parts)


def _shown_block(block: dict[str, Any]) -> str:
    if block["type"] == "list":
        return "\n".join(_wrapped(item, "  - ") for item in block["items"])
    paragraphs = block["text"].split("\n\n")
    if block["type"] == "alert":
        lines = [_wrapped(paragraph, "! ", "! ") for paragraph in paragraphs]
        lines += [f"! {action['label']}: {action['href']}" for action in block["actions"]]
        return "\n".join(lines)
    return "\n\n".join(_wrapped(paragraph) for paragraph in paragraphs)


def _wrapped(text: str, first: str = "", rest: str | None = None) -> str:
    width = min(WIDEST, shutil.get_terminal_size().columns - 1)
    indent = " " * len(first) if rest is None else rest
    return textwrap.fill(text, width, initial_indent=first, subsequent_indent=indent)


def talk(conversation: Conversation) -> None:
    """Asks and answers until the end of the input or `/quit`; raises Fault."""
    print("Ask about neuroendocrine tumors. A number picks a suggestion; /quit or Ctrl-D ends.\n")
    while True:
        try:
            text = input("you> ").strip()
        except EOFError:
            print()
            return
        if text.lower() in GOODBYES:
            return
        if text:
            print(f"\n{conversation.say(text)}\n", flush=True)


def check_assistant(url: str) -> bool:
    """Whether an assistant runs there; raises Fault when it does not work or is something else."""
    answer = probe(health_address(url))
    if answer is None:
        return False
    status, body = answer
    if not isinstance(body, dict) or "status" not in body:
        raise Fault(f"what runs at {url} is no assistant: set RASA_PORT to the assistant's port")
    if status != 200:
        raise Fault(f"the assistant at {url} does not work: {body.get('fault')}")
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Talks to the assistant that runs, or to one started for it; raises Fault."""
    parser = argparse.ArgumentParser(prog="python -m service.chat", description=__doc__)
    parser.add_argument("--url", help="the address of a running assistant")
    url = parser.parse_args(arguments).url
    environment = read_environment()
    with ExitStack() as stack:
        own = url is None
        url = url or f"http://{LOOPBACK}:{read_port(environment, 'RASA_PORT')}"
        if not check_assistant(url):
            if not own:
                raise Fault(f"no assistant answers at {url}: start it with `make run`")
            training.train()
            stack.enter_context(Assistant(environment))
        talk(Conversation(url.rstrip("/")))
    return 0


if __name__ == "__main__":
    sys.exit(exit_code(main))
