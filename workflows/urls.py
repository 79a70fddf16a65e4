"""Pages for officials. One URL for a task, whatever its step."""

from django.urls import path

from workflows.views import steps

urlpatterns = [
    path("tasks/<int:pk>/", steps.task, name="task"),
    path("tasks/<int:pk>/<slug:key>/", steps.act, name="act"),
]
