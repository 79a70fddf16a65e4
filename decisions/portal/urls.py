"""The public site: no login. What a name in an address does not name here is an authority's."""

from django.urls import path

from decisions.portal import consultations, hearings, home, published, reading

urlpatterns = [
    path("", home.home, name="portal_home"),
    path("receipt/", consultations.look_up, name="portal_receipt"),
    path("consultations/<int:pk>/", consultations.consultation, name="portal_consultation"),
    path("consultations/<int:pk>/comment/", consultations.comment, name="portal_comment"),
    path("hearings/<int:pk>/", hearings.hearing, name="portal_hearing"),
    path("results/", home.results, name="portal_results_list"),
    path("results/<int:pk>/", consultations.results, name="portal_results"),
    path("decisions/", home.decisions, name="portal_decisions"),
    path("decisions/<int:pk>/", published.decision, name="portal_decision"),
    path("decisions/<int:pk>/compare/<int:number>/", published.comparison, name="portal_comparison"),
    path("decisions/<int:pk>/feedback/", published.feedback, name="portal_feedback"),
    path("documents/<int:pk>/", published.document, name="portal_document"),
    path("text-size/", reading.text_size, name="text_size"),
    path("<slug:slug>/", home.home, name="portal_authority"),
    path("<slug:slug>/results/", home.results, name="portal_results_list"),
    path("<slug:slug>/decisions/", home.decisions, name="portal_decisions"),
]
