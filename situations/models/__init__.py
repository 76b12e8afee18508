from situations.models.rights import Disclosure, Recusal
from situations.models.sealed import SealedText, SituationKey
from situations.models.situation import NumberCounter, Situation

__all__ = ["Disclosure", "NumberCounter", "Recusal", "SealedText", "Situation", "SituationKey"]
