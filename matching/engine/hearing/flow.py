"""Which way the money flows: what kind of listing a sentence is about."""

import re
from enum import StrEnum

from matching.engine.text import fold


class Flow(StrEnum):
    """Who pays: the author, the other side, both, or nobody yet because it must be invented."""

    PAY = "pay"
    SELL = "sell"
    TOGETHER = "together"
    RESEARCH = "research"


_SIGNS = (
    (
        Flow.SELL,
        r"vend(?:o|emos|er)|ofre(?:zco|cemos|cer|co)|fabrico|fabricamos|"
        r"busc(?:o|amos) (?:clientes|compradores|distribuidor(?:es)?)|"
        r"procur(?:o|amos) (?:clientes|compradores|distribuidor(?:es)?)|"
        r"(?:we|i) (?:sell|offer|make)|looking for (?:clients|customers|buyers|distributors?)",
    ),
    (
        Flow.RESEARCH,
        r"investiga(?:r|cion)|i\+d|p\s?&\s?d|r\s?&\s?d|pesquisa(?:r)? (?:e|aplicada|conjunta)|"
        r"pesquisador(?:es|a)?|research|desarroll(?:o|ar) (?:de )?(?:una? )?(?:tecnologi|prototipo|"
        r"formula|ensayo)\w*|desenvolver (?:uma? )?(?:tecnologi|prototip|formul)\w*|prototipos?|"
        r"prototypes?|tesis|patentes?|patents?",
    ),
    (
        Flow.TOGETHER,
        r"consorcios?|alianza|aliad[oa]s?|soci[oa]s?|parceri[oa]s?|parceir[oa]s?|joint venture|"
        r"partner(?:s|ship)?|consortium|junt[oa]s|compra conjunta|together|en conjunto|em conjunto|"
        r"postular|presentarnos",
    ),
)
_PATTERNS = tuple((flow, re.compile(rf"(?<!\w)(?:{signs})(?!\w)")) for flow, signs in _SIGNS)


def likely_flow(text: str) -> Flow:
    """Return what the words suggest; without a sign the author pays."""
    plain = fold(text)
    return next((flow for flow, signs in _PATTERNS if signs.search(plain)), Flow.PAY)
