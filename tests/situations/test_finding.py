"""Each risk factor is found by the words that a worker would type for it, in English and in French, among the first three."""

import pytest

from agencies.models import Entry
from agencies.vocabulary import load
from situations.forms import pickers

# risk factor: everyday words for it
ENGLISH = {
    "HOU-01": ["homeless", "evicted", "eviction", "shelter"],
    "HOU-02": ["couch surfing", "no fixed address"],
    "ALC-01": ["drunk", "alcoholic"],
    "ALC-03": ["drinking"],
    "DRG-01": ["fentanyl", "overdose", "crack", "addict", "cocaine", "meth", "opioids"],
    "DRG-03": ["weed"],
    "MIS-04": ["runaway"],
    "MIS-03": ["ran away"],
    "MIS-02": ["missing"],
    "SUI-02": ["suicide", "suicidal"],
    "SHA-01": ["cutting", "self harm"],
    "PVI-03": ["beaten", "abused", "domestic violence"],
    "SVI-03": ["raped", "trafficked", "sex work"],
    "VIC-09": ["stalked", "threats"],
    "EMO-04": ["harassed", "bullied"],
    "VIC-05": ["scammed"],
    "VIC-06": ["robbed"],
    "COG-01": ["dementia", "brain injury", "autism", "fasd"],
    "COG-03": ["confused"],
    "MEN-01": ["schizophrenia", "psychosis", "anxiety"],
    "MEN-06": ["hearing voices", "depressed"],
    "MEN-02": ["grief"],
    "MEN-07": ["trauma"],
    "MEN-04": ["off meds"],
    "BAS-03": ["hoarding", "hungry", "starving"],
    "BAS-01": ["neglect"],
    "PHY-06": ["pregnant"],
    "PHY-07": ["cancer"],
    "PHY-01": ["diabetes"],
    "PHY-05": ["wheelchair"],
    "POV-01": ["poor", "broke", "rent"],
    "UNE-03": ["jobless"],
    "UNE-04": ["fired", "laid off"],
    "GNG-01": ["gang"],
    "CRI-06": ["dealer"],
    "CRI-12": ["stealing", "shoplifting"],
    "CRI-08": ["probation", "jail"],
    "CRI-09": ["gun", "knife"],
    "SCH-02": ["skipping school", "truant"],
    "SCH-01": ["absent"],
    "GAM-01": ["gambling", "casino"],
    "ELD-02": ["elder abuse"],
    "SUP-01": ["left alone"],
    "PEE-01": ["bad crowd"],
    "VIC-01": ["fire"],
    "SOC-01": ["encampment"],
}
FRENCH = {
    "HOU-01": ["itinérance", "sans-abri", "expulsion", "expulsé", "évincé", "logement", "refuge"],
    "HOU-02": ["sans domicile"],
    "ALC-01": ["ivre", "soûl", "alcoolique", "boit"],
    "DRG-01": ["fentanyl", "surdose", "toxicomane", "drogué", "cocaïne", "crack"],
    "DRG-03": ["pot"],
    "MIS-04": ["fugue", "fugueuse"],
    "MIS-02": ["disparue"],
    "SUI-02": ["suicide", "suicidaire", "idées noires"],
    "SHA-01": ["automutilation", "se coupe"],
    "PVI-03": ["battue", "violence conjugale", "coups"],
    "SVI-03": ["viol", "violée", "traite"],
    "EMO-04": ["harcelée", "intimidée"],
    "VIC-05": ["arnaque", "fraude"],
    "VIC-08": ["volé"],
    "COG-01": ["démence", "autisme", "tsaf"],
    "COG-03": ["confuse"],
    "MEN-01": ["schizophrénie", "psychose", "dépression", "anxiété"],
    "MEN-06": ["voix", "déprimé"],
    "MEN-02": ["deuil"],
    "MEN-07": ["traumatisme"],
    "MEN-04": ["médicaments"],
    "BAS-03": ["accumulation", "faim"],
    "BAS-01": ["négligence"],
    "PHY-06": ["enceinte"],
    "PHY-07": ["cancer"],
    "PHY-01": ["diabète"],
    "PHY-05": ["fauteuil"],
    "POV-01": ["pauvre", "loyer"],
    "UNE-03": ["chômage"],
    "UNE-04": ["congédié", "mise à pied"],
    "GNG-01": ["gang"],
    "CRI-06": ["revendeur"],
    "CRI-08": ["prison", "probation"],
    "CRI-09": ["arme", "couteau"],
    "SCH-02": ["école buissonnière"],
    "SCH-01": ["décrochage", "absences"],
    "GAM-01": ["casino", "jeu"],
    "ELD-02": ["aîné maltraité"],
    "SUP-01": ["laissée seule"],
    "PEE-01": ["mauvaises fréquentations"],
    "VIC-01": ["incendie"],
    "VIC-09": ["menaces"],
    "SOC-01": ["campement"],
}
WORDS = [
    *[(word, code, "en-ca") for code, words in ENGLISH.items() for word in words],
    *[(word, code, "fr-ca") for code, words in FRENCH.items() for word in words],
]


@pytest.fixture
def offered(table):
    return pickers.entries("risk_factor")["risk_factor"]


def first_three(offered, typed, language):
    adult = pickers.fitting_age(offered, is_minor=False)
    options = pickers.options("risk_factors", tuple(adult), tuple(offered), language)
    return [option.key.partition(":")[2] for option, __ in pickers.find(options, typed)[:3]]


@pytest.mark.parametrize("language", ["en-ca", "fr-ca"])
def test_everyday_words_find_their_factor_among_the_first_three(offered, language):
    asked = [(typed, code) for typed, code, spoken in WORDS if spoken == language]

    astray = {typed: found for typed, code in asked if code not in (found := first_three(offered, typed, language))}

    assert (len(asked) >= 40, astray) == (True, {})


def test_a_word_of_the_other_language_finds_it_too(offered):
    assert first_three(offered, "itinérance", "en-ca")[0] == first_three(offered, "homeless", "fr-ca")[0] == "HOU-01"


def test_a_loaded_list_learns_new_synonyms_and_what_was_edited_stays(table):
    Entry.objects.filter(pk="risk_factor:HOU-01").update(synonyms_en="homeless")
    Entry.objects.filter(pk="risk_factor:HOU-02").update(synonyms_en="our own word", version=2)

    load()

    assert "evicted" in Entry.objects.get(pk="risk_factor:HOU-01").synonyms_en.split(";")
    assert Entry.objects.get(pk="risk_factor:HOU-02").synonyms_en == "our own word"
