"""Every write, by chapter of the procedure. A service writes its facts and its event in one transaction."""

from .adopting import adopt, change_at_meeting, receive_reply, report_to_party, withdraw_adoption
from .comparing import changes_since_judged
from .coordination import ask_unit, register_unit_reply, reply_due, state_dispute
from .documents import file_document, is_public, serve
from .drafting import hash_of, voidable, write_draft
from .execution import (
    order_evaluation,
    plan_execution,
    receive_feedback,
    report_progress,
    resume,
    submit_evaluation,
    supervise,
    suspend,
)
from .experts import (
    add_expert,
    appoint_expert,
    declare_interest,
    renew_expert_link,
    reply_to_expert,
    sign_expert_opinion,
    withdraw_expert,
)
from .fair_competition import record_fair_competition_review
from .legality import remark_on_article, request_supplement, sign_legal_opinion, supply
from .meeting import body_on, chief_on, convene, is_settled, open_item, put_on_agenda, register_attendance
from .proposing import appoint_undertaking, propose
from .publication import dossier_breaches, is_document_number, publish
from .recording import (
    Actor,
    Occasion,
    SeparationBreached,
    begin_execution,
    broken_links,
    close_decision,
    complete_step,
    exempt_step,
    hold,
    involve,
    log,
    record_refusal,
    separation_breaches,
    submit_once,
)
from .risk import submit_risk_report
from .speaking import record_recusal, record_statement, speakers

__all__ = [
    "Actor",
    "Occasion",
    "SeparationBreached",
    "add_expert",
    "adopt",
    "appoint_expert",
    "appoint_undertaking",
    "ask_unit",
    "begin_execution",
    "body_on",
    "broken_links",
    "change_at_meeting",
    "changes_since_judged",
    "chief_on",
    "close_decision",
    "complete_step",
    "convene",
    "declare_interest",
    "dossier_breaches",
    "exempt_step",
    "file_document",
    "hash_of",
    "hold",
    "involve",
    "is_document_number",
    "is_public",
    "is_settled",
    "log",
    "open_item",
    "order_evaluation",
    "plan_execution",
    "propose",
    "publish",
    "put_on_agenda",
    "receive_feedback",
    "receive_reply",
    "record_fair_competition_review",
    "record_recusal",
    "record_refusal",
    "record_statement",
    "register_attendance",
    "register_unit_reply",
    "remark_on_article",
    "renew_expert_link",
    "reply_due",
    "reply_to_expert",
    "report_progress",
    "report_to_party",
    "request_supplement",
    "resume",
    "separation_breaches",
    "serve",
    "sign_expert_opinion",
    "sign_legal_opinion",
    "speakers",
    "state_dispute",
    "submit_evaluation",
    "submit_once",
    "submit_risk_report",
    "supervise",
    "supply",
    "suspend",
    "voidable",
    "withdraw_adoption",
    "withdraw_expert",
    "write_draft",
]
