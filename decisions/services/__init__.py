"""Every write, by chapter of the procedure. A service writes its facts and its event in one transaction."""

from .proposing import appoint_undertaking, propose
from .recording import (
    Actor,
    Occasion,
    SeparationBreached,
    begin_execution,
    broken_links,
    close_decision,
    complete_step,
    exempt_step,
    hold,
    involve,
    log,
    record_refusal,
    separation_breaches,
    submit_once,
)

__all__ = [
    "Actor",
    "Occasion",
    "SeparationBreached",
    "appoint_undertaking",
    "begin_execution",
    "broken_links",
    "close_decision",
    "complete_step",
    "exempt_step",
    "hold",
    "involve",
    "log",
    "propose",
    "record_refusal",
    "separation_breaches",
    "submit_once",
]
