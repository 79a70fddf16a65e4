"""Articles of law: what every rule, figure and due date refers to, in the official way of citing."""

import re
from dataclasses import dataclass
from typing import NamedTuple, Self


class Law(NamedTuple):
    """An instrument: its official title, the name used where space is short, and whether it is cited in 《》."""

    title: str
    short: str
    is_instrument: bool = True

    def __str__(self) -> str:
        return f"《{self.title}》" if self.is_instrument else self.title


LAWS = {
    "SC713": Law("重大行政决策程序暂行条例", "条例"),
    "SC711": Law("中华人民共和国政府信息公开条例", "公开条例"),
    "LFCR": Law("公平竞争审查条例", "公平竞争审查条例"),
    "LCIV": Law("中华人民共和国民法典", "民法典"),
    "LHOL": Law("全国年节及纪念日放假办法", "放假办法"),
    "LORG": Law("中华人民共和国地方各级人民代表大会和地方各级人民政府组织法", "地方组织法"),
    "LSEC": Law("中华人民共和国保守国家秘密法", "保密法"),
    "LSEI": Law("中华人民共和国保守国家秘密法实施条例", "保密法实施条例"),
    "LARC": Law("中华人民共和国档案法", "档案法"),
    "LARI": Law("中华人民共和国档案法实施条例", "档案法实施条例"),
    "LPLN": Law("中华人民共和国城乡规划法", "城乡规划法"),
    "LEIA": Law("中华人民共和国环境影响评价法", "环评法"),
    "LINV": Law("政府投资条例", "政府投资条例"),
    "LSUP": Law("政府督查工作条例", "督查条例"),
    "LREV": Law("中华人民共和国行政复议法", "行政复议法"),
    "LLIT": Law("中华人民共和国行政诉讼法", "行政诉讼法"),
    "LCYB": Law("中华人民共和国网络安全法", "网络安全法"),
    "LPIP": Law("中华人民共和国个人信息保护法", "个人信息保护法"),
    "LSIG": Law("中华人民共和国电子签名法", "电子签名法"),
    "LACC": Law("中华人民共和国无障碍环境建设法", "无障碍环境建设法"),
    "SD336": Law("山东省重大行政决策程序规定", "山东规定"),
    "SDPP": Law("山东省重大行政决策公众参与工作办法", "山东公众参与办法"),
    "SEED": Law("木李镇“办、审、定”三分离制度", "三分离制度", is_instrument=False),
    "MULI": Law("木李镇人民政府2021年度法治政府建设工作报告（木政发〔2022〕1号）", "木李镇报告", is_instrument=False),
}

_CITATION = re.compile(
    r"(?P<law>[A-Z]+\d*)(?: art\. (?P<number>\d+)(?:\((?P<paragraph>\d+)\)(?:\((?P<item>\d+)\))?)?)?"
)


@dataclass(frozen=True, order=True)
class Article:
    """A place in an instrument: article (条), paragraph (款), item (项); no number means the instrument as a whole."""

    law: str
    number: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def __post_init__(self) -> None:
        if self.law not in LAWS:
            raise ValueError(f"unknown law {self.law!r}; known are {', '.join(LAWS)}")
        if self.number is None and (self.paragraph or self.item):
            raise ValueError(f"{self.law}: a paragraph or item needs its article")

    @classmethod
    def parse(cls, citation: str) -> Self:
        """Read a citation as the parameter files write it: "SC713 art. 26(2)", "SC713 art. 3(1)(4)", "SDPP"."""
        match = _CITATION.fullmatch(citation)
        if match is None:
            raise ValueError(f"not a citation: {citation!r}; write it as 'SC713 art. 26(2)'")
        places = (match[name] for name in ("number", "paragraph", "item"))
        return cls(match["law"], *(int(place) if place else None for place in places))

    def __str__(self) -> str:
        return f"{LAWS[self.law]}{self.place}"

    def short(self) -> str:
        """The citation with the instrument's short name and no paragraph: 条例第二十六条."""
        return LAWS[self.law].short + (f"第{in_chinese(self.number)}条" if self.number else "")

    @property
    def place(self) -> str:
        """The place inside the instrument: 第三条第一款第四项."""
        parts = ((self.number, "条"), (self.paragraph, "款"), (self.item, "项"))
        return "".join(f"第{in_chinese(number)}{name}" for number, name in parts if number)


def in_chinese(number: int) -> str:
    """A whole number from 0 to 9999 in Chinese numerals as statutes write it: 26 is 二十六, 204 is 二百零四."""
    if not 0 <= number <= 9999:
        raise ValueError(f"no article is numbered {number}")
    written = ""
    for place, unit in enumerate(("", "十", "百", "千")):
        digit = number // 10**place % 10
        written = ("零一二三四五六七八九"[digit] + (unit if digit else "")) + written
    written = re.sub("零+", "零", written).strip("零")
    return re.sub("^一十", "十", written) or "零"
