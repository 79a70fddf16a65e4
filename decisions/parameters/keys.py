"""Which figures and needs there are: their Chinese names, the units they come in, and which way is stricter."""

from enum import StrEnum
from typing import NamedTuple

from decisions.periods import Unit


class Sense(StrEnum):
    """What a figure bounds: at least, at most, or nothing that could be tightened."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    FREE = "free"


class Key(NamedTuple):
    """One figure a jurisdiction may set."""

    label: str
    units: tuple[str, ...]
    sense: Sense = Sense.FREE


class Need(StrEnum):
    """When a step is required. An exemption from a step that is required is an act with its ground, never a silence."""

    ALWAYS = "always"
    UNLESS_EXEMPT = "unless_exempt"
    IF_TECHNICAL = "if_technical"
    IF_POSSIBLE_HARM = "if_possible_harm"
    IF_MARKET_ACTORS = "if_market_actors"
    IF_HEARING_REQUIRED = "if_hearing_required"
    IF_TRIGGERED = "if_triggered"
    NEVER = "never"

    @property
    def strictness(self) -> int:
        """The higher, the more often the step is required; conditions are not compared with each other."""
        return {Need.NEVER: 0, Need.UNLESS_EXEMPT: 2, Need.ALWAYS: 3}.get(self, 1)

    @property
    def label(self) -> str:
        """The need in Chinese."""
        return NEED_LABELS[self]


NEED_LABELS = {
    Need.ALWAYS: "必须履行",
    Need.UNLESS_EXEMPT: "必须履行，依法不予公开的除外",
    Need.IF_TECHNICAL: "专业性、技术性较强的，必须履行",
    Need.IF_POSSIBLE_HARM: "可能对社会稳定、公共安全等造成不利影响的，必须履行",
    Need.IF_MARKET_ACTORS: "涉及市场主体经济活动的，必须履行",
    Need.IF_HEARING_REQUIRED: "法律、法规、规章要求听证或者决定举行听证的，必须履行",
    Need.IF_TRIGGERED: "出现规定情形的，应当履行",
    Need.NEVER: "不适用",
}

STEPS = {
    "proposal": "决策建议",
    "initiation": "决策启动",
    "drafting": "拟订草案",
    "coordination": "部门协商",
    "public_participation": "公众参与",
    "hearing": "听证会",
    "expert_review": "专家论证",
    "risk_assessment": "风险评估",
    "fair_competition_review": "公平竞争审查",
    "revision": "修改完善",
    "legality_review": "合法性审查",
    "submission": "提请审议",
    "collective_decision": "集体讨论决定",
    "party_report": "请示报告",
    "publication": "决策公布",
    "archiving": "归档",
    "execution": "决策执行",
    "evaluation": "决策后评估",
    "suspension": "中止执行",
    "adjustment": "决策调整",
}

PERSONS, OPINIONS, COMMENTS = "persons", "opinions", "comments"
SHARE, SHARE_EXCEEDED = "share", "share exceeded"
FLAG, YEARLY_DAY = "flag", "month-day"
PERIODS = tuple(unit.value for unit in Unit)
SHARES = (SHARE, SHARE_EXCEEDED)

KEYS = {
    "comment_minimum": Key("公开征求意见期限", PERIODS, Sense.MINIMUM),
    "comment_minimum_planning": Key("城乡规划草案公告期限", PERIODS, Sense.MINIMUM),
    "comment_shortening_needs_reason": Key("缩短征求意见期限须在公布时说明理由", (FLAG,), Sense.MINIMUM),
    "public_comment_required": Key("应当向社会公开征求意见", (FLAG,), Sense.MINIMUM),
    "poll_for_livelihood": Key("重大民生事项应当开展民意调查", (FLAG,), Sense.MINIMUM),
    "market_actors_heard": Key("应当听取企业和行业协会商会意见", (FLAG,), Sense.MINIMUM),
    "adoption_feedback": Key("决策公布后应当反馈意见采纳情况", (FLAG,), Sense.MINIMUM),
    "hearing_notice": Key("听证公告提前时间", PERIODS, Sense.MINIMUM),
    "hearing_list": Key("听证参加人名单公布提前时间", PERIODS, Sense.MINIMUM),
    "hearing_materials": Key("听证材料送达提前时间", PERIODS, Sense.MINIMUM),
    "hearing_participants": Key("听证参加人数", (PERSONS,), Sense.MINIMUM),
    "hearing_stakeholder_share": Key("利害关系人占听证参加人比例", SHARES, Sense.MINIMUM),
    "expert_minimum": Key("论证专家人数", (PERSONS,), Sense.MINIMUM),
    "legality_minimum": Key("合法性审查时间", PERIODS, Sense.MINIMUM),
    "legal_adviser_opinions": Key("法律顾问、公职律师意见份数", (OPINIONS,), Sense.MINIMUM),
    "quorum": Key("会议到会人数占组成人员比例", SHARES, Sense.MINIMUM),
    "publication_maximum": Key("决策公布期限", PERIODS, Sense.MAXIMUM),
    "progress_report_interval": Key("执行情况报告间隔", PERIODS),
    "evaluation_after": Key("决策实施后开展评估的时间", PERIODS),
    "evaluation_opinions_threshold": Key("启动决策后评估的公众意见数量", (COMMENTS,)),
    "catalogue_required": Key("应当编制年度决策事项目录", (FLAG,), Sense.MINIMUM),
    "catalogue_publish_by": Key("年度目录公布日期", (YEARLY_DAY,), Sense.MAXIMUM),
    "coordination_reply": Key("被征求意见单位答复期限", PERIODS),
} | {f"{step}_due": Key(f"{name}办理期限", PERIODS) for step, name in STEPS.items() if step != "publication"}
