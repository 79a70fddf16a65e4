"""Pages for officials. One URL for a task, whatever its step."""

from django.urls import path

from workflows.views import documents, drafts, experts, opinion_table, opinions, proposing, steps

urlpatterns = [
    path("decisions/new/", proposing.propose, name="propose"),
    path("decisions/<int:pk>/drafts/", drafts.drafts, name="drafts"),
    path("decisions/<int:pk>/drafts/<int:number>/", drafts.draft, name="draft"),
    path("decisions/<int:pk>/drafts/<int:a>..<int:b>/", drafts.draft_changes, name="draft_changes"),
    path("decisions/<int:pk>/opinions/", opinions.opinions, name="opinions"),
    path("decisions/<int:pk>/opinions/print/", opinion_table.opinions_print, name="opinions_print"),
    path("decisions/<int:pk>/opinions.csv", opinion_table.opinions_csv, name="opinions_csv"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("expert/<str:token>/", experts.expert_page, name="expert_page"),
    path("tasks/<int:pk>/", steps.task, name="task"),
    path("tasks/<int:pk>/<slug:key>/", steps.act, name="act"),
]
