"""What must stay true about the structure."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks

from decisions import guards, parameters
from decisions.forms import ActForm, acts_of
from decisions.rules import STEPS, Rule
from workflows.flows.published import PUBLISHED
from workflows.nodes import Step

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
NOT_USED = {"helper", "helpers", "utils", "misc", "common", "info", "data", "core", "engine"}


def nodes() -> set[str]:
    return {node.rule.key for flow_class in PUBLISHED for node in flow_class.instance.nodes() if isinstance(node, Step)}


def test_every_rule_stands_in_the_order_of_the_procedure_once():
    assert {step.key for step in STEPS} == set(Rule.registry) == nodes()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.key)
def test_every_rule_has_its_article_page_test_act_and_words(step):
    assert step.article.law
    assert (step.__doc__ or "").strip().count(".") >= 1
    assert (ROOT / f"tests/steps/test_{step.key}.py").exists()
    assert (ROOT / f"templates/workflows/steps/{step.key}.html").exists() or not step.contributors
    completing = [act for act in acts_of(step.key) if act.completes and act.key != "exempt"]
    assert len(completing) == 1
    assert completing[0].roles & step.roles


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_leads_from_every_article_to_its_files(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    for step in STEPS:
        row = next(line for line in text.splitlines() if f"`decisions/rules/{step.key}.py`" in line)
        assert str(step.article) in row
        assert str(step.title) in row
        for file in re.findall(r"`([\w/.]+\.(?:py|html))`", row):
            assert (ROOT / file).exists(), file


def test_every_act_says_what_it_is_and_who_may():
    for act in ActForm.registry.values():
        assert str(act.title), act
        assert act.steps or getattr(act, "by_link", False), act
        assert act.roles or getattr(act, "by_link", False), act


def test_no_fact_can_be_deleted():
    assert guards.unguarded_models() == set()


def test_constraint_names_are_sentences():
    for model in apps.get_app_config("decisions").get_models():
        for constraint in model._meta.constraints:
            assert constraint.name.count("_") >= 2, constraint.name


@pytest.mark.parametrize("jurisdiction", [code for code, _name in parameters.choices()])
def test_no_jurisdiction_loosens_what_it_inherits(jurisdiction):
    assert parameters.check(jurisdiction) == []


def test_modules_are_named_by_topic():
    for app in ("decisions", "workflows", "config"):
        for path in (ROOT / app).rglob("*.py"):
            assert not NOT_USED & set(path.stem.split("_")), path


def test_the_system_checks_hold():
    assert run_checks() == []
