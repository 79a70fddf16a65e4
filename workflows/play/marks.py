"""YAML that remembers its lines, so that every complaint about a file names line and field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

DEEPEST = 12
MOST_NODES = 50_000


class Malformed(Exception):
    """A file that cannot be played as it is written: where, which field, and what is wrong there."""

    def __init__(self, file: Path | str, line: int, field: str, sentence: str) -> None:
        self.file, self.line, self.field, self.sentence = str(file), line, field, sentence
        super().__init__(f"{file}:{line}: {field or '（文件）'}：{sentence}")


class Section:
    """A mapping of the file with its place; its keys are asked for by the kind of value they should have."""

    def __init__(self, file: Path, line: int, path: str, values: dict[str, Any], lines: dict[str, int]) -> None:
        self.file, self.line, self.path = file, line, path
        self.values, self.lines = values, lines

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def wrong(self, key: str, sentence: str) -> Malformed:
        """The complaint about one key, or about the whole when the key is empty."""
        return Malformed(self.file, self.lines.get(key, self.line), f"{self.path}.{key}".strip("."), sentence)

    @classmethod
    def empty(cls, within: Section, path: str = "") -> Section:
        """One without any key, for what was left out."""
        return cls(within.file, within.line, path, {}, {})

    def over(self, below: Section) -> Section:
        """This section with what it leaves out taken from the one below."""
        line = self.line if self.values else below.line
        file = self.file if self.values else below.file
        inherited = {} if self.values else below.lines
        return Section(file, line, self.path or below.path, below.values | self.values, inherited | self.lines)

    def allow(self, *known: str) -> None:
        """Refuse keys that mean nothing here."""
        for key in self.values:
            if key not in known:
                raise self.wrong(key, f"没有这个字段；可用的有：{'、'.join(known)}")

    def get(self, key: str, default: Any = None) -> Any:
        value = self.values.get(key)
        return default if value is None else value

    def text(self, key: str, default: str | None = None) -> str:
        """One line or paragraph of text; numbers and days are taken as written."""
        value = self.get(key, default)
        if value is None:
            raise self.wrong(key, "必须填写")
        if isinstance(value, bool) or not isinstance(value, str | int | float | date):
            raise self.wrong(key, f"应当是文字，不是{kind_of(value)}")
        if not is_storable(value):
            raise self.wrong(key, NOT_STORABLE)
        return str(value).strip()

    def flag(self, key: str) -> bool:
        value = self.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"应当是 true 或者 false，不是{kind_of(value)}")
        return value

    def items(self, key: str) -> list[Any]:
        """A list; a single value counts as a list of one."""
        value = self.get(key, [])
        return value if isinstance(value, list) else [value]

    def texts(self, key: str) -> list[str]:
        items = self.items(key)
        for item in items:
            if isinstance(item, bool) or not isinstance(item, str | int | float | date):
                raise self.wrong(key, f"应当是文字的列表，其中有{kind_of(item)}")
        return [str(item).strip() for item in items]

    def section(self, key: str) -> Section:
        """A mapping; an empty one when the key is not given."""
        value = self.get(key)
        if value is None:
            return Section(self.file, self.lines.get(key, self.line), f"{self.path}.{key}".strip("."), {}, {})
        if not isinstance(value, Section):
            raise self.wrong(key, f"应当是“字段: 值”的一组，不是{kind_of(value)}")
        return value

    def sections(self, key: str) -> list[Section]:
        """A list of mappings."""
        found = self.items(key)
        for item in found:
            if not isinstance(item, Section):
                raise self.wrong(key, f"应当是若干组“字段: 值”，其中有{kind_of(item)}")
        return found


NOT_STORABLE = "含有无法保存的字符"


def is_storable(value: Any) -> bool:
    """Whether no database would refuse the text: it holds no half character."""
    return not any("\ud800" <= letter <= "\udfff" for letter in str(value))


def kind_of(value: Any) -> str:
    """What a wrong value is, in plain words."""
    if isinstance(value, Section):
        return "一组字段"
    if isinstance(value, list):
        return "列表"
    return "空值" if value is None else f"“{value}”"


def read_documents(file: Path) -> list[Section]:
    """Every document of a YAML file as a section."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Malformed(file, 1, "", f"无法读取：{error}") from error
    try:
        reader = _Reader(file, text)
    except yaml.YAMLError as error:
        raise _syntax_error(file, error) from error
    try:
        return list(reader.documents())
    except yaml.YAMLError as error:
        raise _syntax_error(file, error) from error
    finally:
        reader.dispose()


class _Reader(yaml.SafeLoader):
    """Builds sections, lists and scalars out of YAML nodes, whose marks give the lines."""

    def __init__(self, file: Path, text: str) -> None:
        super().__init__(text)
        self.file, self.nodes_built = file, 0

    def documents(self) -> Iterator[Section]:
        while self.check_node():
            node = self.get_node()
            assert node is not None
            built = self.build(node, "", 0)
            if not isinstance(built, Section):
                raise Malformed(self.file, _line(node), "", f"案例应当是“字段: 值”的一组，不是{kind_of(built)}")
            yield built

    def build(self, node: yaml.Node, path: str, depth: int) -> Any:
        self.nodes_built += 1
        if depth > DEEPEST or self.nodes_built > MOST_NODES:
            raise Malformed(self.file, _line(node), path, "嵌套过深或者内容过多")
        if isinstance(node, yaml.MappingNode):
            return self._section(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, f"{path}[{n}]", depth + 1) for n, child in enumerate(node.value, 1)]
        return self._scalar(node, path)

    def _section(self, node: yaml.MappingNode, path: str, depth: int) -> Section:
        own = [key for key, _value in node.value if key.tag != "tag:yaml.org,2002:merge"]
        names = [str(key.value) for key in own]
        for place, key in enumerate(own):
            if names[place] in names[:place]:
                raise Malformed(self.file, _line(key), f"{path}.{names[place]}".strip("."), "同一字段写了两次")
        self.flatten_mapping(node)  # brings in what `<<` merges; the section's own keys come last and win
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            values[key] = self.build(value_node, f"{path}.{key}".strip("."), depth + 1)
            lines[key] = _line(key_node)
        return Section(self.file, _line(node), path, values, lines)

    def _scalar(self, node: yaml.Node, path: str) -> Any:
        try:
            value = self.construct_object(node)
        except ValueError as error:
            raise Malformed(self.file, _line(node), path, f"“{node.value}”不是有效的值") from error
        return value.strip() if isinstance(value, str) else value


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _syntax_error(file: Path, error: yaml.YAMLError) -> Malformed:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return Malformed(file, mark.line + 1 if mark else 1, "", f"不是正确的YAML：{problem}")
