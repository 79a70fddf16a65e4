"""Every template keeps the content security policy and names only what exists."""

import re
from pathlib import Path

import pytest

from decisions.templatetags.juece import STATES, TONE_ICONS

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=[\"']|javascript:|https?://", re.I)
MULTILINE_COMMENT = re.compile(r"\{#(?:(?!#\}).)*$", re.M)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_has_no_inline_script_or_style_and_no_foreign_host(path):
    assert INLINE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_includes_only_what_exists_and_shows_no_comment(path):
    text = path.read_text("utf-8")
    included = re.findall(r"{% (?:include|extends) [\"']((?!django/)[^\"']+)[\"']", text)

    assert [name for name in included if not (ROOT / "templates" / name).exists()] == []
    assert MULTILINE_COMMENT.findall(text) == []


def test_the_style_guide_names_every_component():
    guide = (ROOT / "docs/style.md").read_text("utf-8")
    parts = {"breadcrumbs", "cell", "messages", "navigation", "redline_text", "site_header", "text_size"}
    components = {path.stem for path in (ROOT / "templates/components").glob("*.html")}

    assert {name for name in components - parts if f"`{name}`" not in guide} == set()


def test_the_sprite_has_every_icon_used():
    drawn = set(re.findall(r'symbol id="(\w+)"', (ROOT / "static/juece/icons.svg").read_text("utf-8")))
    used = {name for path in TEMPLATES for name in re.findall(r'{% icon "(\w+)"', path.read_text("utf-8"))}

    assert used | {state.icon for state in STATES.values()} | set(TONE_ICONS.values()) <= drawn
