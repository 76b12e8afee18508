from situations.models.forgetting import LegalHold, Tombstone
from situations.models.rights import Disclosure, Recusal
from situations.models.screening import NotBroughtForward
from situations.models.sealed import SealedText, SituationKey, WordCell
from situations.models.situation import NumberCounter, Situation, number_of

__all__ = [
    "Disclosure",
    "LegalHold",
    "NotBroughtForward",
    "NumberCounter",
    "Recusal",
    "SealedText",
    "Situation",
    "SituationKey",
    "Tombstone",
    "WordCell",
    "number_of",
]
