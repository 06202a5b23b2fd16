"""Reads the guide's Markdown file, and refuses a malformed one with file, line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from guide.model import TOPICS, Block, BulletList, Guide, Paragraph, Passage, Section

DEFAULT_PATH = Path(__file__).parent.parent / "data" / "guide" / "neuroendocrine-tumors.md"
HEADING = re.compile(r"(?P<title>.+?)\s*\{#(?P<id>[a-z][a-z0-9_-]*)\}$")
WEB_ADDRESS = re.compile(r"https?://[\w.-]+\.\w+(/\S*)?$")
FRONT_MATTER = ("title", "practice", "source", "reviewed")


class GuideError(ValueError):
    """The guide cannot be used; `problems` has one line for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_guide(path: Path = DEFAULT_PATH) -> Guide:
    """The guide in this file.

    Raises GuideError, with every problem found as `file:line: what is wrong and what to do`.
    """
    try:
        # utf-8-sig: an editor on Windows may put a byte order mark before the front matter.
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        problem = f"the guide cannot be read ({error.strerror}): name a file that can"
        raise GuideError([f"{path}:1: {problem}"]) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GuideError([f"{path}:{line}: this is not UTF-8: save the file as UTF-8"]) from error
    return _Reading(path).read(text)


class _Reading:
    """One reading of one file; collects every problem before giving up."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._problems: list[str] = []
        self._ids: dict[str, int] = {}

    def read(self, text: str) -> Guide:
        tokens = MarkdownIt("commonmark").use(front_matter_plugin).parse(text)
        front = self._front_matter(tokens)
        sections = list(self._sections(tokens))
        missing = [topic for topic in TOPICS if topic not in {s.topic for s in sections}]
        for topic in missing:
            self._report(1, f"the topic `{topic}` has no section: add `## Title {{#{topic}}}`")
        if self._problems:
            raise GuideError(self._problems)
        return Guide(
            title=str(front["title"]),
            practice=str(front["practice"]),
            source=str(front["source"]),
            reviewed=front["reviewed"],
            sections=tuple(sections),
        )

    def _report(self, line: int, problem: str) -> None:
        self._problems.append(f"{self._path}:{line}: {problem}")

    def _front_matter(self, tokens: list[Token]) -> dict[str, Any]:
        block = next((token for token in tokens if token.type == "front_matter"), None)
        if block is None:
            names = ", ".join(FRONT_MATTER)
            self._report(1, f"there is no front matter: begin with {names} between `---` lines")
            return {}
        try:
            values = yaml.safe_load(block.content)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line if error.problem_mark else 0
            self._report(line + 2, "the front matter is not YAML: write `name: value` lines")
            return {}
        except (yaml.YAMLError, ValueError) as error:
            reason = " ".join(str(error).split())
            self._report(1, f"the front matter cannot be read ({reason}): mend that value")
            return {}
        values = values if isinstance(values, dict) else {}
        lines = _field_lines(block.content)
        for name in FRONT_MATTER:
            if not values.get(name):
                line = lines.get(name, 1)
                self._report(line, f"the front matter has no `{name}`: add a line `{name}: ...`")
        # A datetime is a date to Python, but nobody reviews to the second.
        if values.get("reviewed") and type(values["reviewed"]) is not date:
            line = lines.get("reviewed", 1)
            self._report(line, "`reviewed` is not a date: write it like 2026-11-23")
        if values.get("source") and not WEB_ADDRESS.match(str(values["source"])):
            problem = "`source` is not a web address: write the page's whole address"
            self._report(lines.get("source", 1), problem)
        return values

    def _sections(self, tokens: list[Token]) -> Iterator[Section]:
        topic, title, line = "", "", 0
        passages: list[Passage] = []
        before, parts = _parts(tokens)
        self._refuse_text(before)
        for heading, content, body in parts:
            if heading.tag not in ("h2", "h3"):
                self._report(_line(heading), "use `##` for a section and `###` for a passage")
                continue
            name, label = self._heading(heading, content)
            if heading.tag == "h2":
                if line:
                    yield self._section(topic, title, passages, line)
                topic, title, line, passages = name, label, _line(heading), []
                if topic and topic not in TOPICS:
                    known = ", ".join(TOPICS)
                    self._report(line, f"`{topic}` is not a topic id: use one of {known}")
                self._refuse_text(body)
            else:
                passages.append(self._passage(name, topic, label, body, _line(heading)))
                if not line:
                    problem = f"the passage `{name}` is in no section: put a `##` heading above it"
                    self._report(_line(heading), problem)
        if line:
            yield self._section(topic, title, passages, line)

    def _refuse_text(self, body: list[Token]) -> None:
        if body:
            problem = "this text belongs to no passage: put a `### Question? {#id}` heading above it"
            self._report(_line(body[0]), problem)

    def _section(self, topic: str, title: str, passages: list[Passage], line: int) -> Section:
        if not passages:
            self._report(line, f"the section `{topic}` is empty: add a passage to it")
        return Section(topic, title, tuple(passages), line)

    def _passage(self, name: str, topic: str, question: str, body: list[Token], line: int) -> Passage:
        if not body:
            problem = f"the passage `{name}` is empty: write its text below the heading, or remove it"
            self._report(line, problem)
        return Passage(name, topic, question, tuple(self._blocks(body)), line)

    def _heading(self, heading: Token, content: str) -> tuple[str, str]:
        line = _line(heading)
        match = HEADING.match(content)
        if match is None:
            self._report(line, f"the heading `{content}` has no id: end it with `{{#some-id}}`")
            return "", content
        name = match["id"]
        if name in self._ids:
            other = self._ids[name]
            self._report(line, f"the id `{name}` stands on line {other} too: give one another id")
        self._ids.setdefault(name, line)
        return name, match["title"]

    def _blocks(self, body: list[Token]) -> Iterator[Block]:
        for block in SyntaxTreeNode(body, create_root=True).children:
            if block.type == "paragraph":
                yield Paragraph(self._plain_text(block))
            elif block.type == "bullet_list":
                yield BulletList(tuple(self._item(item) for item in block.children))
            else:
                self._refuse(block)

    def _item(self, item: SyntaxTreeNode) -> str:
        for block in item.children:
            if block.type != "paragraph":
                self._refuse(block)
        text = " ".join(self._plain_text(b) for b in item.children if b.type == "paragraph")
        if not item.children:
            self._report(_line(item), "this list item is empty: write its text, or remove it")
        return text

    def _refuse(self, block: SyntaxTreeNode) -> None:
        self._report(_line(block), "only paragraphs and flat lists with `-` can stand in a passage")

    def _plain_text(self, paragraph: SyntaxTreeNode) -> str:
        (inline,) = paragraph.children
        texts = []
        for part in inline.children:
            if part.type in ("text", "softbreak", "hardbreak"):
                texts.append(part.content if part.type == "text" else " ")
            else:
                self._report(_line(paragraph), f"only plain text can be shown: remove the {part.type}")
        return " ".join("".join(texts).split())


def _line(token: Token | SyntaxTreeNode) -> int:
    return token.map[0] + 1 if token.map else 1


def _field_lines(front_matter: str) -> dict[str, int]:
    """The line in the file of each field of the front matter, which begins on the second."""
    lines = enumerate(front_matter.splitlines(), start=2)
    return {text.partition(":")[0].strip(): line for line, text in lines}


def _parts(tokens: list[Token]) -> tuple[list[Token], list[tuple[Token, str, list[Token]]]]:
    """The tokens above the first heading, and each heading with its text and those below it."""
    tokens = [token for token in tokens if token.type != "front_matter"]
    starts = [i for i, t in enumerate(tokens) if t.type == "heading_open" and t.level == 0]
    ends = [*starts, len(tokens)][1:]
    parts = [
        (tokens[start], tokens[start + 1].content, tokens[start + 3 : end])
        for start, end in zip(starts, ends, strict=True)
    ]
    return tokens[: starts[0]] if starts else tokens, parts
