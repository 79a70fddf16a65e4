"""What an ordinary completion costs in statements; times are for `make bench`, never for a test."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions.forms import ActForm
from tests.walk.drafting import DRAFT
from workflows import acting

MOST = 25


@pytest.mark.postgres
def test_an_ordinary_completion_takes_few_statements(office):
    decision = office.initiate()
    office.act(decision, "write_draft", **DRAFT)
    task = office.task(decision, "conclude_drafting")
    with CaptureQueriesContext(connection) as captured:
        acting.act(task.pk, ActForm.registry["conclude_drafting"], by=office.people["sun"], data={})
    assert decision.records.filter(step="drafting").exists()
    assert len(captured) + 2 <= MOST
