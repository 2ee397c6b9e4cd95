"""Questions that patients ask, with their answers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.text import PlainTextBlock

__all__ = ["QuestionBlock", "QuestionListBlock", "QuestionsBlock"]


class QuestionBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=140, help_text=_("As a patient would ask it. At most 140 characters."))
    answer = PlainTextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        group = _("Questions")
        label = _("Question")
        description = _("A question that opens to its answer.")
        template = "blocks/question.html"
        preview_value = {"question": _("Does it hurt?"), "answer": _("<p>Most people feel heat and prickling. Tell us, and we stop.</p>")}


class QuestionListBlock(blocks.StreamBlock):
    """The frequently asked questions of one page."""

    question = QuestionBlock()

    class Meta:
        icon = "help"
        group = _("Questions")
        label = _("Questions")
        description = _("Frequent questions.")
        max_num = 20
        template = "blocks/question_list.html"
        preview_value = [{"type": "question", "value": QuestionBlock._meta_class.preview_value}]


class QuestionsBlock(blocks.StructBlock):
    """A titled group of questions inside running text."""

    title = blocks.CharBlock(label=_("Title"), max_length=90, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1, max_num=20)

    class Meta:
        icon = "help"
        group = _("Questions")
        label = _("Questions and answers")
        description = _("Questions that open to their answers, within the text.")
        template = "blocks/questions.html"
        preview_value = {"title": _("People also ask"), "questions": [QuestionBlock._meta_class.preview_value]}
