"""What the matching pages may be asked."""

from matching.forms.asking import (
    MAX_SENTENCE,
    AnswerForm,
    PlaceField,
    PreviewForm,
    ResponseForm,
    SuggestionForm,
)

__all__ = [
    "MAX_SENTENCE",
    "AnswerForm",
    "PlaceField",
    "PreviewForm",
    "ResponseForm",
    "SuggestionForm",
]
