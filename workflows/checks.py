"""System checks: every flow uses the one lock, published graphs are unchanged, no path skips a mandatory step."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from workflows.locks import lock_of, process_lock


@register()
def check_locks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without the lock, branches that finish together hang for ever."""
    from workflows.flows.published import PUBLISHED

    return [
        Error(f"{flow_class.__name__} does not use workflows.locks.process_lock.", id="workflows.E001")
        for flow_class in PUBLISHED
        if lock_of(flow_class) is not process_lock
    ]


@register()
def check_published_graphs(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A published graph never changes: processes under way would skip or lose nodes."""
    from workflows.flows.published import PUBLISHED
    from workflows.starting import graph_hash

    return [
        Error(
            f"The graph of {flow_class.__name__} changed after it was published.",
            hint="Write the new version as a new module (docs/adr/0005).",
            id="workflows.E002",
        )
        for flow_class, published in PUBLISHED.items()
        if graph_hash(flow_class) != published
    ]


@register()
def check_mandatory_steps(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No path of a published flow skips a mandatory step (the short form of `manage.py prove`)."""
    from workflows.flows.published import PUBLISHED
    from workflows.graph import Graph
    from workflows.proof import prove

    return [
        Error(str(fault), id="workflows.E003")
        for flow_class in PUBLISHED
        for fault in prove(Graph.of(flow_class), everything=False).faults
    ]
