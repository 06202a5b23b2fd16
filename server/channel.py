"""The channel visitors come in by: Rasa's REST contract, with the visitor's text taken as text only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from replies.reply import Reply
from replies.texts import Texts, read_texts
from server import action_response

logger = logging.getLogger(__name__)

SAFETY_INTENTS = ("emergency", "crisis")
LONGEST_SENDER = 255
LOOK_AGAIN = 0.05  # seconds between two looks at a conversation that is being answered
MODEL_HEADER = "Assistant-Model"
WORD_JOINER = "\u2060"

Handler = Callable[[UserMessage], Awaitable[Any]]


class VisitorChannel(InputChannel):
    """`POST /webhooks/rest/webhook` with `{"sender", "message"}`, answered with one reply object.

    The header `Assistant-Model` of the answer names the model. `DELETE /webhooks/rest/conversations/SENDER`
    deletes what is stored of a conversation, after the message that is being answered, if any.

    Other than Rasa's own REST channel it takes no `/intent{...}` payload, no metadata and no shared
    default conversation, and it always answers: within `patience` seconds, with the safety text if the
    message is an alarm, else with the error text.
    """

    def __init__(self, patience: float = 2.5, longest_text: int = 5000) -> None:
        self._patience = patience
        self._longest_text = longest_text
        self._texts: Texts = read_texts()
        action_response.install()

    @classmethod
    def name(cls) -> str:
        """The name in the address, as Rasa's own REST channel has it."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> VisitorChannel:
        """The channel with the settings of credentials.yml."""
        return cls(**(credentials or {}))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The channel's addresses: its health, the messages, and a conversation to be deleted."""
        blueprint = Blueprint("visitor_channel")

        @blueprint.get("/")
        async def health(request: Request) -> HTTPResponse:
            fault = _fault(getattr(request.app.ctx, "agent", None))
            body = {"status": "failing", "fault": fault} if fault else {"status": "ok"}
            return response.json(body, status=503 if fault else 200)

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            problem, sender, text = self._read(request)
            if problem:
                return response.json({"error": problem}, status=400)
            message = visitor_message(text, sender, self.name())
            agent = request.app.ctx.agent
            replies = await self._answer(message, on_new_message, agent)
            return response.json(replies, headers={MODEL_HEADER: model_version(agent)})

        @blueprint.delete("/conversations/<sender>")
        async def forget(request: Request, sender: str) -> HTTPResponse:
            agent = request.app.ctx.agent
            try:
                async with agent.lock_store.lock(sender, wait_time_in_seconds=LOOK_AGAIN):
                    _store(agent).forget(sender)
            except Exception:
                logger.exception("A conversation could not be deleted")
                return response.json({"error": "the conversation could not be deleted"}, status=503)
            return response.empty()

        return blueprint

    def _read(self, request: Request) -> tuple[str, str, str]:
        try:
            body = request.json
        except Exception:
            return "the body is not JSON", "", ""
        if not isinstance(body, dict):
            return "the body is not a JSON object", "", ""
        sender, text = body.get("sender"), body.get("message")
        if not isinstance(sender, str) or not 0 < len(sender) <= LONGEST_SENDER:
            return f"`sender` must be a text of 1 to {LONGEST_SENDER} characters", "", ""
        if not isinstance(text, str):
            return "`message` must be a text", "", ""
        if len(text) > self._longest_text:
            text = text[: self._longest_text // 2] + " " + text[-self._longest_text // 2 :]
        return "", sender, text

    async def _answer(
        self, message: UserMessage, on_new_message: Handler, agent: Agent
    ) -> list[dict[str, Any]]:
        try:
            await asyncio.wait_for(on_new_message(message), self._patience)
        except asyncio.TimeoutError:
            logger.error("No answer within %s s: is the action server running?", self._patience)
        except Exception:
            logger.exception("The message could not be handled")
        messages: list[dict[str, Any]] = message.output_channel.messages
        if messages:
            return messages
        reply = await self._fallback(message.text, agent)
        return [{"recipient_id": message.sender_id, "custom": reply.as_dict()}]

    async def _fallback(self, text: str, agent: Agent) -> Reply:
        """The fixed text for a message that was not answered."""
        try:
            intent = (await agent.parse_message(text))["intent"]["name"]
        except Exception:
            logger.exception("The message could not be understood")
            intent = None
        return self._texts[intent if intent in SAFETY_INTENTS else "error"].reply()


def visitor_message(text: str, sender: str, channel: str) -> UserMessage:
    """A message as Rasa handles it, in which a leading `/` triggers nothing.

    Rasa reads a text that starts with `/`, even after spaces, as an intent with slots. An invisible word
    joiner before it prevents that; it is set on the message because UserMessage strips what it is given.
    """
    message = UserMessage("", CollectingOutputChannel(), sender, input_channel=channel)
    text = "".join(char if char.isprintable() else " " for char in text).strip()
    message.text = f"{WORD_JOINER}{text}" if text.startswith("/") else text
    return message


def model_version(agent: Agent) -> str:
    """When the loaded model was trained (UTC) and the beginning of its id; empty when none is loaded."""
    processor = agent.processor
    if processor is None:
        return ""
    metadata = processor.model_metadata
    return f"{metadata.trained_at:%Y%m%d-%H%M%S}-{metadata.model_id[:8]}"


def _store(agent: Agent) -> Any:
    """The tracker store itself, without what Rasa wraps around it."""
    return getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)


def _fault(agent: Agent | None) -> str | None:
    """What keeps the assistant from its work, if anything does."""
    if agent is None or not agent.is_ready():
        return "no model is loaded"
    fault: str | None = getattr(_store(agent), "fault", None)
    return fault
