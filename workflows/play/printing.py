"""What is said about a case as it is played: lines for people, or one JSON object a line for machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from decisions import clock
from workflows.play.grounds import Reason, written

if TYPE_CHECKING:
    from workflows.play.case import Case
    from workflows.play.player import Played

Write = Callable[[str], Any]
WIDE = 0x2E80
"""The first character that takes two columns in a terminal, near enough."""


@dataclass
class Tally:
    """What was played of one case."""

    accepted: int = 0
    refused: int = 0
    unmet: int = 0

    def count(self, played: Played) -> None:
        self.accepted += played.is_accepted
        self.refused += not played.is_accepted
        self.unmet += bool(played.unmet)


class Voice(Protocol):
    """Whoever tells about a case as it is played."""

    def begin(self, case: Case, jurisdiction: str) -> None: ...

    def tell(self, played: Played) -> None: ...

    def end(self, tally: Tally, *, is_kept: bool) -> None: ...


class Lines:
    """For people."""

    def __init__(self, write: Write) -> None:
        self.write = write
        self.supposing: tuple[str, ...] = ()

    def begin(self, case: Case, jurisdiction: str) -> None:
        self.write(f"案例：{case.title}（{case.file}）")
        self.write(f"规则：{jurisdiction}")

    def tell(self, played: Played) -> None:
        day = f"{played.at.astimezone(clock.SHANGHAI):%Y-%m-%d}"
        result = "通过" if played.is_accepted else "拒绝"
        indent = "  " * len(played.supposing)
        if played.supposing and played.supposing != self.supposing:
            self.write(f"{indent[2:]}假设：{played.supposing[-1]}")
        self.supposing = played.supposing
        self.write(f"{indent}{day}  {padded(played.act.by or '—', 10)}  {result}  {played.title}（{played.act.name}）")
        for reason in played.reasons:
            self.write(f"{indent}            · {reason}")
        for sentence in played.unmet:
            self.write(f"{indent}            ！与案例预期不符（第{played.act.line}行）：{sentence}")

    def end(self, tally: Tally, *, is_kept: bool) -> None:
        outcome = "全部符合预期" if not tally.unmet else f"{tally.unmet}处与预期不符"
        kept = "已保存" if is_kept else "未保存"
        counted = f"通过{tally.accepted}项，拒绝{tally.refused}项"
        self.write(f"共办理{tally.accepted + tally.refused}项：{counted}；{outcome}；{kept}。\n")


class Objects:
    """For machines: docs/case-format.md lists the keys."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def write(self, found: dict[str, Any]) -> None:
        self._write(json.dumps(found, ensure_ascii=False, default=str))

    def begin(self, case: Case, jurisdiction: str) -> None:
        self.write({"type": "case", "case": case.title, "file": str(case.file), "jurisdiction": jurisdiction})

    def tell(self, played: Played) -> None:
        decision = played.decision
        self.write(
            {
                "type": "act",
                "line": played.act.line,
                "on": f"{played.at.astimezone(clock.SHANGHAI):%Y-%m-%d}",
                "by": played.act.by,
                "act": played.act.name,
                "supposing": list(played.supposing),
                "result": "accepted" if played.is_accepted else "refused",
                "reasons": [as_object(reason) for reason in played.reasons],
                "decision": decision.number if decision else None,
                "status": decision.status if decision else None,
                "draft": decision.current_draft.number if decision and decision.current_draft else None,
                "open": played.open_steps,
                "unmet": played.unmet,
            }
        )

    def end(self, tally: Tally, *, is_kept: bool) -> None:
        self.write({"type": "end", **vars(tally), "kept": is_kept})


def as_object(reason: Reason) -> dict[str, Any]:
    """One reason of a refusal."""
    return {
        "sentence": reason.sentence,
        "article": written(reason.article) if reason.article else None,
        "cited": str(reason.article) if reason.article else None,
        "way_out": reason.way_out,
        "ground": reason.ground.value if reason.ground else None,
    }


def padded(text: str, width: int) -> str:
    """The text filled up to a width in terminal columns."""
    return text + " " * (width - sum(2 if ord(character) >= WIDE else 1 for character in text))
