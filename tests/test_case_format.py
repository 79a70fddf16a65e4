"""The page on case files says what the code says."""

import re
from pathlib import Path

import pytest

from tests.test_play import run
from workflows.play.reference import MARK, reference

PAGE = Path(__file__).parent.parent / "docs" / "case-format.md"

pytestmark = pytest.mark.django_db


def test_the_reference_is_what_the_code_says() -> None:
    _prose, _mark, listed = PAGE.read_text().partition(MARK)
    assert listed.strip() == reference().strip(), "run: manage.py play --reference docs/case-format.md"


def test_the_small_case_plays(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n(.+?)```", PAGE.read_text(), re.DOTALL)
    assert block is not None
    file = tmp_path / "small.yaml"
    file.write_text(block[1])
    assert run(file)[0] == 0
