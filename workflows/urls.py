"""Pages for officials. One URL for a task, whatever its step."""

from django.urls import path

from workflows.views import (
    certificate,
    deputies,
    diagram,
    documents,
    drafts,
    events,
    experts,
    home,
    matters,
    opinion_table,
    opinions,
    proposing,
    record,
    steps,
    supervision,
    workspace,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("decisions/", matters.matters, name="decisions"),
    path("decisions/<int:pk>/", workspace.workspace, name="decision"),
    path("decisions/<int:pk>/record/", record.record, name="record"),
    path("decisions/<int:pk>/documents/", record.documents, name="documents"),
    path("decisions/<int:pk>/events/", events.events, name="events"),
    path("decisions/<int:pk>/certificate/", certificate.certificate, name="certificate"),
    path("decisions/<int:pk>/process/", diagram.process, name="process"),
    path("decisions/new/", proposing.propose, name="propose"),
    path("decisions/<int:pk>/drafts/", drafts.drafts, name="drafts"),
    path("decisions/<int:pk>/drafts/<int:number>/", drafts.draft, name="draft"),
    path("decisions/<int:pk>/drafts/<int:a>..<int:b>/", drafts.draft_changes, name="draft_changes"),
    path("decisions/<int:pk>/opinions/", opinions.opinions, name="opinions"),
    path("decisions/<int:pk>/opinions/print/", opinion_table.opinions_print, name="opinions_print"),
    path("decisions/<int:pk>/opinions.csv", opinion_table.opinions_csv, name="opinions_csv"),
    path("deputies/", deputies.deputies, name="deputies"),
    path("deputies/<int:pk>/end/", deputies.end_deputy, name="end_deputy"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("expert/<str:token>/", experts.expert_page, name="expert_page"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("tasks/<int:pk>/", steps.task, name="task"),
    path("tasks/<int:pk>/<slug:key>/", steps.act, name="act"),
]
