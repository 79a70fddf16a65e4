"""The vocabulary of the procedure in its official wording; English identifiers follow the glossary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A duty that a person holds in an authority, or, for the last ones, an outsider performs."""

    HANDLER = "handler", _("承办人")
    UNIT_HEAD = "unit_head", _("承办单位负责人")
    LEGALITY_REVIEWER = "legality_reviewer", _("合法性审查人员")
    LEGAL_ADVISER = "legal_adviser", _("法律顾问（公职律师）")
    MEMBER = "member", _("会议组成人员")
    CHIEF = "chief", _("行政首长")
    OFFICE_CLERK = "office_clerk", _("党政办（政府办）工作人员")
    ASSESSOR = "assessor", _("风险评估人员")
    EVALUATOR = "evaluator", _("决策后评估人员")
    EXECUTOR = "executor", _("执行单位人员")
    SUPERVISOR = "supervisor", _("督查人员")


class AdminRole(TextChoices):
    """The three administrators (三员分立); none of them ever acts in a case."""

    SYSTEM = "system", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDIT = "audit", _("审计管理员")


class Side(TextChoices):
    """The sides that must be different people on one decision (办、审、定三分离)."""

    HANDLE = "handle", _("承办")
    REVIEW = "review", _("审查")
    DECIDE = "decide", _("决定")
    ASSESS = "assess", _("决策前评估论证")
    EVALUATE = "evaluate", _("决策后评估")


class AuthorityLevel(TextChoices):
    COUNTY = "county", _("县级人民政府")
    TOWNSHIP = "township", _("乡镇人民政府")


class MatterClass(TextChoices):
    """The five classes of matters (Decree 713, art. 3, para. 1)."""

    PUBLIC_POLICY = "1", _("公共服务、市场监管、社会管理、环境保护等方面的重大公共政策和措施")
    PLANNING = "2", _("经济和社会发展等方面的重要规划")
    RESOURCES = "3", _("开发利用、保护重要自然资源和文化资源的重大公共政策和措施")
    CONSTRUCTION = "4", _("在本行政区域实施的重大公共建设项目")
    OTHER = "5", _("对经济社会发展有重大影响、涉及重大公共利益或者社会公众切身利益的其他重大事项")


class Exclusion(TextChoices):
    """Matters outside the decree (art. 3, para. 3)."""

    NONE = "none", _("不属于除外事项")
    MACRO_CONTROL = "macro_control", _("财政政策、货币政策等宏观调控决策")
    LEGISLATION = "legislation", _("政府立法决策")
    EMERGENCY = "emergency", _("突发事件应急处置决策")


class ProposerKind(TextChoices):
    """Who proposes the matter (art. 10)."""

    LEADER = "leader", _("行政首长或者其他领导人员")
    UNIT = "unit", _("所属部门、下一级人民政府或者内设机构")
    DEPUTY = "deputy", _("人大代表（建议）")
    CPPCC_MEMBER = "cppcc_member", _("政协委员（提案）")
    PUBLIC = "public", _("公民、法人或者其他组织")


class Openness(TextChoices):
    """Whether and how the public may see it (Decree 711, arts. 13 to 16)."""

    PUBLIC = "public", _("主动公开")
    ON_APPLICATION = "on_application", _("依申请公开")
    NOT_PUBLIC = "not_public", _("依法不予公开")


class NonDisclosureGround(TextChoices):
    """Grounds for not disclosing (Decree 711, arts. 14 to 16)."""

    STATE_SECRET = "state_secret", _("依法确定为国家秘密")
    FORBIDDEN = "forbidden", _("法律、行政法规禁止公开")
    SECURITY = "security", _("公开后可能危及国家安全、公共安全、经济安全、社会稳定")
    THIRD_PARTY = "third_party", _("涉及商业秘密、个人隐私，公开会损害第三方合法权益")
    INTERNAL = "internal", _("内部事务信息")
    PROCESS = "process", _("过程性信息")


class DocumentKind(TextChoices):
    """What a document is in the dossier (arts. 10 to 37)."""

    PROPOSAL = "proposal", _("决策建议")
    STUDY_REPORT = "study_report", _("研究论证报告")
    DRAFT = "draft", _("决策草案")
    EXPLANATORY_NOTE = "explanatory_note", _("起草说明")
    COST_BENEFIT = "cost_benefit", _("成本效益分析")
    CONSULTATION_REPLY = "consultation_reply", _("部门意见")
    PARTICIPATION_NOTICE = "participation_notice", _("公众参与公告")
    PARTICIPATION_RECORD = "participation_record", _("公众参与记录")
    ADOPTION_TABLE = "adoption_table", _("意见采纳情况表")
    HEARING_RECORD = "hearing_record", _("听证笔录")
    HEARING_REPORT = "hearing_report", _("听证报告")
    EXPERT_OPINION = "expert_opinion", _("专家论证意见")
    RISK_REPORT = "risk_report", _("风险评估报告")
    FAIR_COMPETITION = "fair_competition", _("公平竞争审查材料")
    LEGAL_BASIS = "legal_basis", _("制定依据")
    PROCEDURE_STATEMENT = "procedure_statement", _("履行程序情况说明")
    LEGALITY_OPINION = "legality_opinion", _("合法性审查意见")
    MINUTES = "minutes", _("会议纪要")
    PARTY_REPLY = "party_reply", _("党委批复")
    SECRECY_REVIEW = "secrecy_review", _("保密审查表")
    PUBLISHED_TEXT = "published_text", _("公布文本")
    EXECUTION_REPORT = "execution_report", _("执行情况报告")
    EVALUATION_REPORT = "evaluation_report", _("决策后评估报告")
    OTHER = "other", _("其他材料")


class Outcome(TextChoices):
    """How a step ended; what lets the decision go on differs by step."""

    DONE = "done", _("已完成")
    EXEMPT = "exempt", _("依法豁免")
    STARTED = "started", _("同意启动")
    NOT_STARTED = "not_started", _("不予启动")
    CONTROLLABLE = "controllable", _("风险可控")
    UNCONTROLLABLE = "uncontrollable", _("风险不可控")
    LAWFUL = "lawful", _("合法")
    LAWFUL_AFTER_CHANGES = "lawful_after_changes", _("修改后合法")
    EXPLORATORY = "exploratory", _("探索性改革，已载明法律风险")
    UNLAWFUL = "unlawful", _("不合法")
    RETURNED = "returned", _("退回")
    ADOPTED = "adopted", _("通过")
    ADOPTED_WITH_CHANGES = "adopted_with_changes", _("修改后通过")
    REVISE = "revise", _("修改后再次讨论")
    POSTPONED = "postponed", _("暂缓决定")
    REJECTED = "rejected", _("不予通过")
    AGREED = "agreed", _("同意")
    GRAVE_PROBLEM = "grave_problem", _("出现严重影响决策目标实现的情形")
    SUSPENDED = "suspended", _("中止执行")
    NOT_SUSPENDED = "not_suspended", _("不中止执行")
    CONTINUE = "continue", _("继续执行")
    ADJUST = "adjust", _("调整")
    SUSPEND = "suspend", _("暂缓执行")
    STOP = "stop", _("停止执行")
    RESUMED = "resumed", _("恢复执行")
    SUPERSEDED = "superseded", _("依程序作出新决策")


class Status(TextChoices):
    """Where a decision stands as a fact, for lists and the public; each set by the step that makes it true."""

    PROPOSED = "proposed", _("已提出建议")
    NOT_STARTED = "not_started", _("不予启动")
    STARTED = "started", _("已启动")
    DRAFTED = "drafted", _("草案已形成")
    REVIEWED = "reviewed", _("合法性审查通过")
    SUBMITTED = "submitted", _("已提请审议")
    ADOPTED = "adopted", _("已通过")
    REJECTED = "rejected", _("未通过")
    PUBLISHED = "published", _("已公布")
    IN_EXECUTION = "in_execution", _("执行中")
    SUSPENDED = "suspended", _("中止执行")
    CLOSED = "closed", _("已办结")
    SUPERSEDED = "superseded", _("已由新决策替代")


class ParticipationForm(TextChoices):
    """The forms of public participation (art. 14, para. 2)."""

    PUBLIC_COMMENT = "public_comment", _("向社会公开征求意见")
    SYMPOSIUM = "symposium", _("座谈会")
    QUESTIONNAIRE = "questionnaire", _("问卷调查")
    FIELD_VISIT = "field_visit", _("实地走访")
    WRITTEN_OPINIONS = "written_opinions", _("书面征求意见")
    OPINION_POLL = "opinion_poll", _("民意调查")
    OTHER = "other", _("其他方式")


class NoticeChannel(TextChoices):
    """By which way the public learns of a notice (art. 15, para. 1; the seed's villages have more than websites)."""

    WEBSITE = "website", _("政府网站")
    NEW_MEDIA = "new_media", _("政务新媒体")
    PRESS = "press", _("报刊、广播、电视")
    LOUDSPEAKER = "loudspeaker", _("村村响大喇叭")
    NOTICE_BOARD = "notice_board", _("三务公开栏")
    SCREEN = "screen", _("电子显示屏")
    MARKET_DAY = "market_day", _("逢集日宣传")
    VISITS = "visits", _("入村入户走访")


class OpinionChannel(TextChoices):
    """How an opinion reached the authority; all join one numbered set."""

    ONLINE = "online", _("网上提交")
    PAPER = "paper", _("书面来信")
    SPOKEN = "spoken", _("口头反映")
    EMAIL = "email", _("电子邮件")
    PHONE = "phone", _("电话")
    MEETING = "meeting", _("座谈会")
    HEARING = "hearing", _("听证会")
    VISIT = "visit", _("走访")


class Adoption(TextChoices):
    """What became of an opinion (arts. 18 and 32)."""

    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    NOT_ADOPTED = "not_adopted", _("未采纳")


class ParticipantKind(TextChoices):
    """Whom a hearing participant speaks for (art. 16, para. 3)."""

    STAKEHOLDER = "stakeholder", _("利害关系人代表")
    PUBLIC = "public", _("社会公众代表")
    DEPUTY = "deputy", _("人大代表、政协委员")
    SPECIALIST = "specialist", _("专业人士")
    LAWYER = "lawyer", _("法律工作者")
    SUPERVISOR = "supervisor", _("监察人")
    OBSERVER = "observer", _("旁听人")


class RiskKind(TextChoices):
    """Kinds of risk to be assessed (art. 22; the seed names stability, environment and economy)."""

    STABILITY = "stability", _("社会稳定")
    ENVIRONMENT = "environment", _("生态环境")
    ECONOMY = "economy", _("经济财政")
    SAFETY = "safety", _("公共安全")


class RiskLevel(TextChoices):
    LOW = "low", _("低风险")
    MEDIUM = "medium", _("中风险")
    HIGH = "high", _("高风险")


class FairCompetitionConclusion(TextChoices):
    """Conclusion of the fair-competition review (Regulation on Fair Competition Review, arts. 8 to 12)."""

    COMPLIES = "complies", _("符合公平竞争审查标准")
    EXCEPTION = "exception", _("适用例外规定，可以出台")
    VIOLATES = "violates", _("不符合公平竞争审查标准")


class Position(TextChoices):
    """A member's position on an item."""

    AGREE = "agree", _("同意")
    AGREE_WITH_CHANGES = "agree_with_changes", _("修改后同意")
    DISAGREE = "disagree", _("不同意")
    ABSTAIN = "abstain", _("保留意见")


class Presence(TextChoices):
    PRESENT = "present", _("出席")
    ON_LEAVE = "on_leave", _("请假")
    ABSENT = "absent", _("缺席")


class IncidentKind(TextChoices):
    """What an executing unit must report at once (art. 35, para. 1)."""

    NONE = "none", _("执行正常")
    PROBLEM = "problem", _("决策存在问题")
    CHANGE = "change", _("客观情况发生重大变化")
    FORCE_MAJEURE = "force_majeure", _("发生不可抗力")


class EvaluationTrigger(TextChoices):
    """Why a decision is evaluated after it was made (art. 36, para. 1; the timer is the jurisdiction's own)."""

    POOR_EFFECT = "poor_effect", _("明显未达到预期效果")
    MANY_OPINIONS = "many_opinions", _("公众和社会组织提出较多意见")
    AUTHORITY = "authority", _("决策机关认为有必要")
    TIMER = "timer", _("本机关规定的评估期限届满")


class PlanTarget(TextChoices):
    """What a plan is laid backwards from."""

    MEETING = "meeting", _("集体讨论会议")
    PUBLICATION = "publication", _("决策公布")
