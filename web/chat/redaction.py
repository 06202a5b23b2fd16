"""Replaces what names a person in a text, before anything else sees it.

Telephone, social security, card and record numbers, e-mail addresses and dates of birth. Numbers
that belong to the subject (2-4 times, 90%, 911, Ga-68) stay. Order matters: the most telling first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

HIDDEN = r"\u200b\u200c\u200d\u2060\ufeff\u00ad"
DASH = r"\-\u2010-\u2015\u2212."
GAP = rf"[\s{DASH}/()\[\]{HIDDEN}]"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo"
    r"|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:(?:18|19|20)\d\d|['\u2019]?\d\d)"
SEP = rf"\s?[{DASH}/,]\s?"
FULL_DATE = (
    rf"(?:\d{{1,2}}{SEP}\d{{1,2}}{SEP}(?:\d{{4}}|\d{{2}})|(?:18|19|20)\d\d{SEP}\d{{1,2}}{SEP}\d{{1,2}}"
    rf"|{MONTH}\.?\s+{DAY},?\s+{YEAR}|{DAY}\s+(?:de\s+|of\s+)?{MONTH}\.?,?\s+(?:de\s+|del\s+)?{YEAR})"
)
PART_DATE = (
    rf"(?:{MONTH}\.?\s+{DAY}|{DAY}\s+(?:de\s+|of\s+)?{MONTH}|\d{{1,2}}/\d{{1,2}}|{YEAR}|\d{{8}})"
)
BORN = (
    r"\b(?:d\.?\s?o\.?\s?b\.?|date\s+of\s+birth|birth\s?-?dat(?:e|a)|birth\s?-?days?|bday|b-day"
    r"|born|nac[ií]|nacimiento|cumplea[ñn]os)\b"
)
FILLER = r"(?:\W+(?:is|was|on|in|the|my|number|no|num|id|es|el|en|de|of|:|#)\b)*[\s:#=]*\W{0,3}"
RECORD = (
    r"\b(?:m\.?r\.?n|medical\s+records?|records?\s+(?:number|no|num|id|#)|chart\s+(?:number|no|#)"
    r"|patient\s+(?:number|no|id|#)|member\s+(?:number|no|id|#)|policy\s+(?:number|no|id|#)"
    r"|group\s+(?:number|no|id|#)|account\s+(?:number|no|#)|acct|insurance\s+(?:number|no|id|#)"
    r"|medicare(?:\s+(?:number|no|id|#))?|medicaid(?:\s+(?:number|no|id|#))?|claim\s+(?:number|no|#)"
    r"|subscriber\s+(?:number|no|id|#)|case\s+(?:number|no|#)|historia\s+cl[ií]nica|expediente)"
)
SOCIAL = r"\b(?:ssn|social\s+security(?:\s+(?:number|no|num|#))?|seguro\s+social|social)\b"
# A measure after a number says that it is an amount, not a telephone.
UNIT = (
    r"(?!\s*(?:%|mg|mcg|µg|ug|ng|pg|g|kg|lb|ml|dl|l|u|iu|mmol|nmol|pmol|gy|cgy|mci|gbq|mbq|cm|mm"
    r"|x|times|patients|people|cells|units?|points?|dollars?|calories)\b)"
)
SPOKEN = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"


@dataclass(frozen=True)
class Redacted:
    """A text without what names a person, and the names of what was replaced."""

    text: str
    found: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """What to look for and what to write instead; `accept` may refuse a match."""

    name: str
    pattern: re.Pattern[str]
    accept: Callable[[str], bool] = lambda _: True


def _rule(name: str, pattern: str, accept: Callable[[str], bool] = lambda _: True) -> Rule:
    return Rule(name, re.compile(pattern, re.IGNORECASE), accept)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_card(text: str) -> bool:
    return 13 <= len(_digits(text)) <= 19


def _is_phone(text: str) -> bool:
    return 10 <= len(_digits(text)) <= 15


RULES = (
    _rule("email", r"[\w.+%'-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    _rule(
        "email",
        r"\b[\w.+-]{1,64}\s?[(\[{]\s?at\s?[)\]}]\s?[\w-]{1,63}"
        r"(?:\s?(?:\.|[(\[{]\s?dot\s?[)\]}])\s?[\w-]{1,63}){1,4}",
    ),
    _rule("email", r"\b[\w.+-]{1,64}\s+at\s+[\w-]{1,63}\s+dot\s+(?:com|net|org|edu|gov|us)\b"),
    _rule("date of birth", rf"(?P<keep>{BORN}{FILLER})(?:{FULL_DATE}|{PART_DATE})(?!\w)"),
    _rule("ssn", rf"(?P<keep>{SOCIAL}{FILLER})\d(?:{GAP}?\d){{3,8}}(?!\d)"),
    _rule(
        "record number", rf"(?P<keep>{RECORD}{FILLER})(?=[\w-]*\d)[A-Z0-9][A-Z0-9{DASH}]{{3,24}}\b"
    ),
    _rule("date", rf"(?<![\w/-]){FULL_DATE}(?![\w/])"),
    _rule("ssn", rf"(?<![\d-])\d{{3}}[\s{DASH}]{{1,2}}\d{{2}}[\s{DASH}]{{1,2}}\d{{4}}(?![\d-])"),
    _rule("card number", rf"(?<!\d)\d(?:[\s{DASH}{HIDDEN}]?\d){{12,18}}(?!\d)", _is_card),
    _rule("phone", rf"(?<![\w])\+\d(?:{GAP}{{0,2}}\d){{7,14}}(?!\d)"),
    _rule(
        "phone",
        rf"(?<![\w])(?:1{GAP}{{0,3}})?[(\[]?\d{{3}}{GAP}{{0,3}}\d{{3}}{GAP}{{0,3}}\d{{4}}(?!\d)",
        _is_phone,
    ),
    _rule("phone", rf"(?<![\w-])\d{{3}}{GAP}{{1,3}}\d{{3}}(?:{GAP}{{1,2}}\d\d){{2}}(?!\d){UNIT}"),
    _rule("phone", rf"(?<![\w-])[2-9]\d{{2}}[{DASH}\s]\d{{4}}(?![\d-]){UNIT}"),
    _rule("phone", rf"(?<!\w)\d(?:{GAP}\d){{6,14}}(?!\d)"),
    _rule("phone", rf"\b{SPOKEN}(?:[\s,\-]+{SPOKEN}){{6,14}}\b"),
    _rule("number", rf"(?<![\w,.])[A-Z]{{0,3}}\d[\d{HIDDEN}]{{6,24}}(?![\w,])"),
)


def redact(text: str) -> Redacted:
    """The text with every such number or address replaced by its name in brackets."""
    found: list[str] = []
    for rule in RULES:

        def replace(match: re.Match[str], rule: Rule = rule) -> str:
            if not rule.accept(match[0]):
                return match[0]
            found.append(rule.name)
            return f"{match.groupdict().get('keep') or ''}[{rule.name}]"

        text = rule.pattern.sub(replace, text)
    return Redacted(text, tuple(dict.fromkeys(found)))
