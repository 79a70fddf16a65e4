"""The process diagram: every node of both flows with its words, its state, and the same as text."""

import pytest

from tests.office import Office
from workflows.diagram import ROWS, drawing, grid_of, title_of
from workflows.flows.published import PUBLISHED


@pytest.mark.parametrize("flow_class", PUBLISHED, ids=lambda flow: flow.__name__)
def test_every_node_has_a_place_of_its_own_and_chinese_words(flow_class: type) -> None:
    names = {node.name for node in flow_class.instance.nodes()}
    places = ROWS[flow_class.__name__]
    assert set(places) == names
    assert len(set(places.values())) == len(names)
    assert not [title for node in flow_class.instance.nodes() if (title := title_of(node)).isascii()]
    assert all(edge.segments for edge in grid_of(flow_class).edges)


@pytest.mark.parametrize("flow_class", PUBLISHED, ids=lambda flow: flow.__name__)
def test_every_answer_is_in_words(flow_class: type) -> None:
    drawn = drawing(flow_class, {})
    labels = {arrow.label for arrow in drawn["arrows"] if arrow.label}
    assert {"是", "否"} <= labels
    assert not [label for label in labels if label.isascii()]


def test_it_shows_where_the_matter_stands_in_picture_and_words(office: Office) -> None:
    decision = office.initiate()
    response = office.client("sun").get(f"/decisions/{decision.pk}/process/")
    page = response.content.decode()
    assert page.count("is-now") == 1
    assert 'class="node step is-done"' in page
    assert "style=" not in page
    words = {node["title"]: node["state"] for node in response.context["charts"][0]["twin"]}
    assert (words["决策启动"], words["拟订草案"], words["合法性审查"]) == ("done", "now", "not_yet")
    assert "是：拟订草案" in page
