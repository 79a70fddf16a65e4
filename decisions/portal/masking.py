"""What is taken out of citizens' words before they are published: numbers and addresses by which to find a person."""

import re

PATTERNS = (
    (re.compile(r"(?<![0-9A-Za-z])(\d{6})\d{8}(\d{3}[0-9Xx])(?![0-9A-Za-z])"), r"\1********\2"),  # identity card
    (re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)"), r"\1********\2"),  # bank card
    (re.compile(r"(?<!\d)(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)"), r"\1****\2"),  # mobile phone
    (re.compile(r"(?<!\d)(0\d{2,3}[- ]?)\d{7,8}(?!\d)"), r"\1*******"),  # telephone
    (re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), "***@***"),  # e-mail
)


def without_personal_data(text: str) -> str:
    """The text with identity card, bank card and telephone numbers and e-mail addresses made unreadable."""
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text
