"""What a form says when something the law asks for is left out: what, and which article."""

from typing import Any

from django.utils.text import format_lazy

from decisions.articles import Article


def by_law(sentence: Any, article: Article) -> dict[str, Any]:
    """Error messages of a required field: the sentence and its article."""
    return {"required": format_lazy("{}（{}）", sentence, str(article))}
