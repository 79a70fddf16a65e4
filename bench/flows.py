"""The peer: Viewflow as it comes, with a timer on every task, its own lock, and a three-way split."""

from datetime import timedelta

from django.views.generic import View
from viewflow import this
from viewflow.workflow import flow, lock

DAYS = timedelta(days=30)


class Stock(flow.Flow):
    """Stock Viewflow with timers"""

    lock_impl = lock.select_for_update_lock

    start = flow.StartHandle().Next(this.proposal)
    proposal = flow.View(View.as_view()).OnTimeout(DAYS, this.late).Next(this.initiation)
    initiation = flow.View(View.as_view()).OnTimeout(DAYS, this.late).Next(this.is_started)
    is_started = flow.If(lambda activation: True).Then(this.drafting).Else(this.late)
    drafting = flow.View(View.as_view()).OnTimeout(DAYS, this.late).Next(this.coordination)
    coordination = flow.View(View.as_view()).OnTimeout(DAYS, this.late).Next(this.procedures)
    procedures = flow.Split().Always(this.participation).Always(this.experts).Always(this.risk)
    participation = flow.View(View.as_view()).Next(this.procedures_done)
    experts = flow.View(View.as_view()).Next(this.procedures_done)
    risk = flow.View(View.as_view()).Next(this.procedures_done)
    procedures_done = flow.Join().Next(this.late)
    late = flow.End()
