"""Every write, by chapter of the procedure. A service writes its facts and its event in one transaction."""

from .adopting import adopt, change_at_meeting, receive_reply, report_to_party, withdraw_adoption
from .attendance import body_memberships, body_on, chief_on, is_settled, register_attendance
from .calendars import import_notice, imported, may_import, standing_notices, year_to_import
from .comparing import changes_since_judged, compare_versions, judged_versions, opinions_by_article
from .coordination import ask_unit, register_unit_reply, reply_due, state_dispute
from .documents import file_document, serve
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
from .expert_signing import declare_interest, sign_expert_opinion
from .experts import (
    add_expert,
    appoint_expert,
    renew_expert_link,
    reply_to_expert,
    withdraw_expert,
)
from .fair_competition import record_fair_competition_review
from .hearing import (
    Listed,
    announce_hearing,
    deliver_materials,
    list_participants,
    postpone_hearing,
    publish_participant_list,
)
from .hearing_record import close_hearing, record_hearing, sign_hearing_record
from .legality import remark_on_article, request_supplement, sign_legal_opinion, supply
from .meeting import convene, open_item, put_on_agenda
from .opinions import answer_opinion, answer_opinions, receipt_for, receive_comment, register_opinion
from .participation import (
    decide_hearing,
    extend_participation,
    hold_participation,
    open_public_comment,
    publish_results,
)
from .people import appoint_deputy, deputy_problems, end_deputy, is_office, may_appoint
from .planning import save_plan
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
    "import_notice",
    "imported",
    "may_import",
    "save_plan",
    "standing_notices",
    "year_to_import",
    "Actor",
    "Listed",
    "Occasion",
    "SeparationBreached",
    "add_expert",
    "adopt",
    "announce_hearing",
    "answer_opinion",
    "answer_opinions",
    "appoint_deputy",
    "appoint_expert",
    "appoint_undertaking",
    "ask_unit",
    "begin_execution",
    "body_memberships",
    "body_on",
    "broken_links",
    "change_at_meeting",
    "changes_since_judged",
    "chief_on",
    "close_decision",
    "close_hearing",
    "compare_versions",
    "complete_step",
    "convene",
    "decide_hearing",
    "declare_interest",
    "deliver_materials",
    "deputy_problems",
    "dossier_breaches",
    "end_deputy",
    "exempt_step",
    "extend_participation",
    "file_document",
    "hash_of",
    "hold",
    "hold_participation",
    "involve",
    "is_document_number",
    "is_office",
    "is_settled",
    "judged_versions",
    "list_participants",
    "log",
    "may_appoint",
    "open_item",
    "open_public_comment",
    "opinions_by_article",
    "order_evaluation",
    "plan_execution",
    "postpone_hearing",
    "propose",
    "publish",
    "publish_participant_list",
    "publish_results",
    "put_on_agenda",
    "receipt_for",
    "receive_comment",
    "receive_feedback",
    "receive_reply",
    "record_fair_competition_review",
    "record_hearing",
    "record_recusal",
    "record_refusal",
    "record_statement",
    "register_attendance",
    "register_opinion",
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
    "sign_hearing_record",
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
