"""Filing a document, possible within every step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions import services
from decisions.rules import STEPS
from decisions.services import Actor, Occasion
from decisions.terms import DocumentKind, Openness, Role

from .base import ActForm
from .fields import EvidenceField


class FileDocument(ActForm):
    """File a document of the step in the dossier, stating whether the public may have it."""

    steps = tuple(step.key for step in STEPS)
    title = _("上传材料")
    lead = _("材料归入本事项卷宗，登记后不能更改或者撤回；有误的，另行上传更正件。")
    button = _("上传并登记")
    is_aside = True
    roles = frozenset(Role)

    kind = forms.ChoiceField(label=_("材料类别"), choices=[("", _("请选择")), *DocumentKind.choices])
    # `title` is the act's own; the field is named by what it is.
    document_title = forms.CharField(label=_("材料名称"), max_length=200)
    upload = EvidenceField(label=_("文件"))
    openness = forms.ChoiceField(
        label=_("公开属性"), choices=Openness.choices, widget=forms.RadioSelect, initial=Openness.NOT_PUBLIC
    )

    current_step: str = ""
    """The step within which the document is filed; set by whoever performs the act."""

    def perform(self, *, by: Actor, occasion: Occasion) -> Any:
        return services.file_document(
            self.decision,
            self.current_step,
            self.cleaned_data["kind"],
            self.cleaned_data["document_title"],
            self.cleaned_data["upload"],
            by=by,
            openness=self.cleaned_data["openness"],
        )
