"""Pages for officials. One URL for a task, whatever its step."""

from django.urls import path

from workflows.views import documents, drafts, experts, proposing, steps

urlpatterns = [
    path("decisions/new/", proposing.propose, name="propose"),
    path("decisions/<int:pk>/drafts/", drafts.drafts, name="drafts"),
    path("decisions/<int:pk>/drafts/<int:number>/", drafts.draft, name="draft"),
    path("decisions/<int:pk>/drafts/<int:a>..<int:b>/", drafts.draft_changes, name="draft_changes"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("expert/<str:token>/", experts.expert_page, name="expert_page"),
    path("tasks/<int:pk>/", steps.task, name="task"),
    path("tasks/<int:pk>/<slug:key>/", steps.act, name="act"),
]
