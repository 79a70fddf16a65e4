"""A citizen at the public site: reads, writes, answers the sum, keeps the receipt."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from django.test import Client

from decisions.models import Decision, Participation
from decisions.portal import question
from tests.office import Office
from tests.walk.participation import comment
from workflows.play import Objects, play, read_cases
from workflows.play.case import Act

RESERVOIR = Path(__file__).resolve().parents[2] / "cases" / "01-reservoir.yaml"


class Citizen:
    """Somebody without an account, in a browser that checks the form token as a real one."""

    def __init__(self, address: str = "203.0.113.5") -> None:
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)

    def get(self, path: str, status: int = 200) -> str:
        response = self.client.get(path)
        assert response.status_code == status, (path, response.status_code)
        return response.content.decode()

    def fill_in(self, path: str, **words: Any) -> dict[str, Any]:
        """The form of a page with the sum answered, ready to be sent."""
        page = self.get(path)
        hidden = {name: re.search(rf'name="{name}"[^>]* value="([^"]+)"', page) for name in HIDDEN}
        values = {name: found[1] for name, found in hidden.items() if found}
        key = question.key_of(values["token"])
        return {"answer": str(sum(question.terms(key))), "text": "请保障灌溉用水。", **values, **words}

    def send(self, path: str, form: dict[str, Any], status: int = 200) -> str:
        response = self.client.post(path, form)
        assert response.status_code == status, response.content.decode()[:3000]
        return response.content.decode()

    def comment(self, held: Participation, status: int = 200, **words: Any) -> str:
        path = f"/public/consultations/{held.pk}/comment/"
        return self.send(path, self.fill_in(path, **words), status)


HIDDEN = ("csrfmiddlewaretoken", "token")


def receipt_in(page: str) -> str:
    """The receipt code that a page shows."""
    found = re.search(r'class="receipt">([A-Z0-9]{10})<', page)
    assert found, page
    return found[1]


def consult(office: Office, **facts: Any) -> tuple[Decision, Participation]:
    """A matter whose draft is open for comment from today."""
    decision = office.advance(office.initiate(**facts), until="coordination")
    office.act(decision, "conclude_coordination", opinion="不涉及其他部门职责。")
    office.act(decision, "open_public_comment", **comment(office, decision))
    return decision, decision.participations.get()


def played(*, up_to: str) -> Decision:
    """The reservoir of case 1, played until an act is done and kept; what the case only supposes is left out."""
    (case,) = read_cases(RESERVOIR)
    acts = [each for each in case.acts if isinstance(each, Act)]
    case.acts = tuple(acts[: [act.name for act in acts].index(up_to) + 1])
    play(case, Objects(lambda line: None), keeps=True, today=date(2026, 3, 2))
    return Decision.objects.get()
