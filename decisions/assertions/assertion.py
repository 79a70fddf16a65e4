"""One checked sentence of the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from decisions.rules import Breach

if TYPE_CHECKING:
    from decisions.articles import Article
    from decisions.models import StepRecord

Records = dict[str, "StepRecord"]
"""The last record of each step, by its key."""


@dataclass(frozen=True)
class Assertion:
    """A sentence with its article that the records show to be true or not."""

    sentence: str
    article: Article
    holds: bool

    @property
    def breach(self) -> Breach:
        return Breach(self.sentence, self.article)
