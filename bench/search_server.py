"""Search engines over the guide behind Rasa's REST path: `python -m bench.search_server METHOD PORT`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np

from bench import replies
from guide.reader import read_guide
from nlu.encoder import PATH, SentenceEncoder
from service.environment import LOOPBACK

Find = Callable[[str], int]


def find_by_words(texts: list[str]) -> Find:
    """The text with the best BM25 score for a message."""
    import bm25s

    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def find(message: str) -> int:
        tokens = bm25s.tokenize([message], show_progress=False)
        found, _ = index.retrieve(tokens, k=1, show_progress=False)
        return int(found[0][0])

    return find


def find_by_meaning(texts: list[str], encoder_path: Path = PATH) -> Find:
    """The text whose sentence vector is nearest to a message's."""
    encoder = SentenceEncoder(encoder_path)
    vectors = encoder.encode(texts)
    return lambda message: int(np.argmax(vectors @ encoder.encode([message])[0]))


METHODS = {"bm25": find_by_words, "nearest": find_by_meaning}


def handler(method: str) -> type[BaseHTTPRequestHandler]:
    """Answers each message with the passage found by this method."""
    passages = list(read_guide().passages.values())
    find = METHODS[method]([f"{passage.question} {passage.text}" for passage in passages])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet, or the system waits 40 ms between them

        def do_GET(self) -> None:
            self._send({"status": "ok"})

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            passage = passages[find(asked["message"])]
            self._send([{"recipient_id": asked["sender"], "custom": replies.answer([passage])}])

        def _send(self, content: Any) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


if __name__ == "__main__":
    ThreadingHTTPServer((LOOPBACK, int(sys.argv[2])), handler(sys.argv[1])).serve_forever()
