"""Citations in the official way."""

import pytest

from decisions.articles import Article, in_chinese


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (42, "四十二"), (100, "一百"), (110, "一百一十")]
    + [(101, "一百零一"), (204, "二百零四"), (1000, "一千"), (1010, "一千零一十"), (1260, "一千二百六十")],
)
def test_articles_are_numbered_in_chinese(number: int, written: str) -> None:
    assert in_chinese(number) == written


def test_an_article_is_cited_in_full_and_in_short() -> None:
    article = Article.parse("SC713 art. 3(1)(4)")
    assert article == Article("SC713", 3, 1, 4)
    assert str(article) == "《重大行政决策程序暂行条例》第三条第一款第四项"
    assert Article("SC713", 26, 2).short() == "条例第二十六条"
    assert str(Article("SEED")) == "木李镇“办、审、定”三分离制度"
    for wrong in ("SC713 26", "XX art. 1", "SC713 art. 1(2", ""):
        with pytest.raises(ValueError, match="law|citation"):
            Article.parse(wrong)
