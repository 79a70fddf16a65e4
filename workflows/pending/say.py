"""What the facts say about a duty's part in an open step."""

from enum import StrEnum


class Say(StrEnum):
    """To act now, to wait, free to help, or done."""

    ACT = "act"
    WAIT = "wait"
    MAY = "may"
    DONE = "done"
