"""Reads a sentence about a situation and marks what could tell the room who it is about.

The short "why now" is heard by everyone at the table before the table has decided anything, so it must not say who
the person is. This is the first, rule-based checker: it reads English and French together, whichever language the page
is in, since people here mix them in one sentence. It marks, explains and suggests; it never changes a text and never
blocks one. When it cannot run it raises ``CannotCheck``: the form must say so, because silence would look like a clean
text.

What it cannot do: a story that a small town recognises, a rare job, a first name in lower case that is not in its
lists. ``tests/situations/test_deidentification.py`` holds how much it finds and how often it is wrong.

How it reads:

1. every letter becomes its plain form (``É`` is ``E``, curly quotes are straight), with a way back to where it stood,
   so that accents left out and accents typed as two characters are read alike;
2. patterns, known places and known names propose spans; the longest wins, the rest keeps what is left of it;
3. outside those spans, a capital letter where none is needed is taken for a name.

Deliberately left alone: a weekday, a month or a year alone ("since Friday", "in March"), the vocabulary's age groups
("12–17 years", "60 ans et plus"), a situation's number ("2026-031"), and the agencies' own names.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

# A typed line is a few hundred characters. Longer than this is not a line, and is not read in the time a form has.
LONGEST_TEXT = 5_000


class CannotCheck(Exception):
    """The text was not checked; whoever shows it must say so."""


class Kind(StrEnum):
    """What a marked word could give away."""

    NAME = "name"
    AGE = "age"
    DATE = "date"
    ADDRESS = "address"
    STREET = "street"
    PLACE = "place"
    TOWN = "town"
    FIRST_NATION = "first_nation"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    POSTAL_CODE = "postal_code"
    NUMBER = "number"
    PLATE = "plate"
    OTHER_SCRIPT = "other_script"


EXPLANATIONS: dict[Kind, Any] = {
    Kind.NAME: _("This looks like the name of a person or a place. Say who or what it is to the situation instead."),
    Kind.AGE: _("An exact age or school grade can give someone away. The age group is enough."),
    Kind.DATE: _("A date can be matched with the news or with a record. Say roughly when."),
    Kind.ADDRESS: _("This looks like an address."),
    Kind.STREET: _("This looks like a street or a road."),
    Kind.PLACE: _("This looks like a named building or place."),
    Kind.TOWN: _("The name of a town or a neighbourhood can give someone away, above all in a small one."),
    Kind.FIRST_NATION: _("This names a First Nation or its community. In a small community that can give someone away."),
    Kind.SCHOOL: _("This names a school."),
    Kind.WORKPLACE: _("This names a workplace."),
    Kind.PHONE: _("This looks like a phone number."),
    Kind.EMAIL: _("This looks like an e-mail address."),
    Kind.HANDLE: _("This looks like a link or a name used on social media."),
    Kind.POSTAL_CODE: _("This looks like a postal code."),
    Kind.NUMBER: _("This looks like a number from a card or a record."),
    Kind.PLATE: _("This looks like a licence plate or a driver’s licence."),
    Kind.OTHER_SCRIPT: _("Only English and French letters are checked. Make sure that this does not name anyone or any place."),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in a text that could identify someone.

    ``start`` and ``end`` are positions in the text as typed, in Python characters (browsers count some characters as
    two), and ``text`` is ``typed[start:end]``. ``explanation`` is a lazy translation in the reader's language;
    ``suggestion`` is in the language asked for, takes the place of ``text`` as it stands, and is ``""`` when leaving
    the words out is the only advice.
    """

    start: int
    end: int
    text: str
    kind: Kind
    explanation: str
    suggestion: str


def marks(text: str, *, language: str) -> list[Mark]:
    """What in this text could identify someone, in reading order, without overlaps.

    ``language`` (``en``, ``fr``, or either with a region) only chooses the words of the suggestions. Raises
    ``CannotCheck``, and nothing else, when the text could not be read through: too long, no text, no such language, or
    a fault of ours.
    """
    spoken = str(language)[:2].lower()
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or spoken not in _SUGGESTIONS:
        raise CannotCheck(f"Cannot check {type(text).__name__} in {language!r}")
    try:
        return _read(text, spoken)
    except Exception as fault:
        # Whatever went wrong, an unchecked text must never be taken for a clean one.
        raise CannotCheck("The checker failed on this text") from fault


# --- The text as it is read ------------------------------------------------------------------------------------------

_PLAIN_FORMS = {
    **dict.fromkeys("’‘‛ʼʻ′`´＇", "'"),
    **dict.fromkeys("“”„«»‹›″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **{"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"},
    **{"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"},
}


@lru_cache(maxsize=4096)
def _plain_form(character: str) -> str | None:
    """The character as the rules read it; None for what only decorates the one before (accents, invisible joiners)."""
    if character in _PLAIN_FORMS:
        return _PLAIN_FORMS[character]
    if character in "\n\r\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return None
    if category[0] in "ZC":
        return " "
    plain = ""
    for part in unicodedata.normalize("NFKD", character):
        if unicodedata.category(part) in ("Mn", "Me", "Cf"):
            continue
        if part.isdecimal():
            plain += str(unicodedata.decimal(part))
        elif part.isalpha() and not part.isascii() and "LATIN" in unicodedata.name(part, ""):
            plain += "X" if part.isupper() else "x"
        else:
            plain += _PLAIN_FORMS.get(part, part)
    return plain or " "


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text in plain letters, and where each of them stands in the text as typed."""

    typed: str
    plain: str
    starts: list[int] | range
    ends: list[int] | range

    def has_an_accent(self, at: int) -> bool:
        """Whether the plain letter here was typed with an accent: «à» and "a" are read alike."""
        return not self.typed[self.starts[at] : self.ends[at]].isascii()


def _reading(text: str) -> _Reading:
    if text.isascii() and text.isprintable():
        return _as_read(text, text, range(len(text)), range(1, len(text) + 1))
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(text):
        form = character if character.isascii() and character >= " " else _plain_form(character)
        if form is None:
            if ends:
                ends[-1] = at + 1
            continue
        plain.extend(form)
        starts.extend([at] * len(form))
        ends.extend([at + 1] * len(form))
    return _as_read(text, "".join(plain), starts, ends)


def _as_read(typed: str, read: str, starts: list[int] | range, ends: list[int] | range) -> _Reading:
    capitals = sum(map(str.isupper, read))
    # In a text typed in capitals a capital says nothing: only the lists and the patterns that need none are left.
    is_shouted = capitals > 12 and capitals > 0.6 * sum(map(str.isalpha, read))
    return _Reading(typed, _lower(read) if is_shouted else read, starts, ends)


def _lower(plain: str) -> str:
    """Lower case without ever changing the length (some capitals become two characters)."""
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


# --- Words the rules know --------------------------------------------------------------------------------------------
# All in plain letters without accents. Lists are small on purpose and come from general knowledge of the region; a
# person named here is nobody in particular.


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Agencies, services, conditions and papers that the table says aloud. Other groups of capitals may be initials.
ALLOWED_ACRONYMS = _set("""
    aa ace acsm act actt adhd ado ae aer am arc asap asd asi avc bcc bpd cas cat cbt ccac ccb cctv cfs cfsa chc chsld clsc cmha cms
    cnib copd cpp cpr cra csc cspaat csw ct ctb cto cyfsa cyw dbt dm dms dob dsb dssab dui dv ecg ect ed efry ei elgbtq ems emt er etc
    etcaf faq fasd fippa fyi gbv gis gp gps grc gsps hccss hep hiv hrto hsn icu id iep iph ipv iq irm isc it itss iud jhs jk laimpvp
    laipvp lcbo led lgbt lgbtq lhin lprps lsejf lsjpa ltb ltc md mfippa mh mha mpoc mri msw na ncr nctr ngo nihb nosm np npi nvp oas
    ocd od odsp ok opp osap ot otc ow oxy pa pc pdf pgt phipa phsd pic pm posph ppo psd psw ptsd qr rap rcmp rdsp rdv reei rn rpc rpn
    rsg rtd sa sae sdf sdhu si sin sk slgbtq slt sms smu sro std sti sud sv tac tbd tbi tcc tcl tcp tdah tdc tdi toc tpl tsa tspt tv
    uk un us usa usb uti vaw vha vih vpi vr vus wsib ycja ymca ytc ywca
    """)

# Words that may carry a capital inside a sentence without being anyone's name: the sentence's own, the vocabulary's.
_ORDINARY = _set("""
    i a an the and or but nor so if then when while as at by for from in into of off on onto out over to up with without within after
    before during since until because about above across against along among around behind below beneath beside between beyond despite
    down except inside like near outside past per through throughout toward towards under upon via he she they it we you his her hers
    their theirs its our ours your yours my mine me him them us who whom whose which what where why how that this these those there
    here is was are were be been being am has have had having do does did done doing will would can could may might must shall should
    not no none never nothing nobody yes ok one two three four five six seven eight nine ten eleven twelve first second third last
    next new old older young younger very more most less least many much few several some any all both each every either neither other
    others another same such only own too also again still just now today tonight yesterday tomorrow currently recently always often
    once twice daily weekly monthly early late later soon ago ever even however therefore although though whether monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september october november december spring
    summer fall autumn winter morning afternoon evening night weekend week weeks month months year years day days hour hours minute
    minutes time times noon midnight person people individual individuals adult adults youth youths child children kid kids baby
    infant toddler teen teens teenager boy boys girl girls man men woman women male female senior seniors elder elders family families
    mother father mom mum dad mommy daddy parent parents parental parenting stepmother stepfather stepdad stepmom stepson stepdaughter
    brother brothers sister sisters sibling siblings son sons daughter daughters grandmother grandfather grandma grandpa gran nana
    grandparents grandson granddaughter aunt auntie uncle cousin cousins nephew niece husband wife spouse partner partners boyfriend
    girlfriend ex friend friends neighbour neighbours neighbor neighbors roommate roommates landlord landlords tenant tenants
    caregiver caregivers guardian stranger strangers twin twins peer peers couple victim worker workers staff officer officers nurse
    doctor paramedic paramedics teacher principal counsellor social psychiatrist therapist lawyer judge dealer dealers gang gangs
    client patient resident student students pupil member members agency agencies table situation risk risks factor factors acutely
    elevated harm safety plan plans police crisis hospital emergency ambulance fire service services support supports health mental
    physical sexual emotional home homes house housing shelter shelters outreach community communities centre center clinic care
    treatment detox withdrawal management addiction addictions alcohol drug drugs substance use abuse fentanyl opioid opioids crystal
    meth methamphetamine cocaine crack heroin cannabis marijuana naloxone narcan methadone suboxone sublocade overdose overdosed
    overdoses suicide suicidal self violence violent domestic intimate assault assaulted threat threats threatened threatens
    threatening weapon weapons gun guns knife theft robbery arson crime criminal involvement justice court bail probation parole jail
    custody charges charged convicted breach breached release released arrest arrested warrant trial hearing law act crown attorney
    legal aid victims witness human trafficking exploitation exploited missing runaway homeless homelessness unsheltered encampment
    eviction evicted rent poverty income works ontario disability canada canadian northern provincial federal municipal government
    ministry food bank benefits employment unemployment job jobs work education school schools secondary elementary public catholic
    high middle primary college university board class grade absenteeism truancy suspended suspension expelled indigenous nation
    nations metis inuit anishinaabe anishinabek anishnawbek anishinaabek anishinaabemowin ojibwe ojibway cree aboriginal native french
    english francophone anglophone bilingual arabic spanish newcomer refugee immigrant lgbtq queer trans transgender gay lesbian
    spirit healing circle ceremony band council chief reserve elder's cultural culture spiritual church faith pastor negative positive
    environment neighbourhood basic needs cognitive impairment disorder disorders diagnosis diagnosed depression anxiety psychosis
    psychotic schizophrenia schizophrenic bipolar autism autistic dementia alzheimer alzheimer's parkinson's asperger's fetal syndrome
    brain injury grief trauma traumatic chronic disease illness terminal pregnant pregnancy nutritional medication medications
    prescription injection injections pills pill tylenol advil ritalin valium xanax ativan percocet hydro seroquel insulin voices
    delusions paranoia paranoid hoarding gambling bullying harassment stalking supervision supervised unsupervised antisocial
    behaviour behavior problematic firearm firearms internet online phone cell text texts snapchat facebook instagram tiktok messenger
    whatsapp discord youtube google kik roblox fortnite christmas easter thanksgiving halloween ramadan christian muslim jewish bible
    covid hepatitis red cross salvation army alcoholics narcotics anonymous gladue form section order orders attends attending
    attended called calls call came come comes goes go going gone went left leave leaves leaving lives living lived live lost loses
    said says say saying told tells tell asked asks ask found finds find refuses refused refusing refuse need needed wants want wanted
    feels feel felt fears fear reports reported report referred referral referrals moved moves moving stays stayed staying sleeps
    sleeping slept sleep kicked broke broken hit hits hurt hurting kill kills killed killing die dies died dying dead death stabbed
    shot shooting strangled strangulation beaten bruises cut cuts cutting burned drinks drinking drank drunk uses using used smokes
    sells selling buys paid pays money owes debt debts seen sees saw known unknown discharged admitted apprehended held taken takes
    took brought closed open opened opens stopped stops stop started starts start got gets get gave gives made makes sent sends wrote
    writes written posted posts post watched waiting wait waits alone unable able afraid scared angry aggressive sick unwell worse
    worsening escalating escalated escalation increased increasing severe low serious significant immediate urgent acute imminent
    recent current previous prior repeated multiple ongoing history pattern incident incidents concern concerns issue issues problem
    problems conflict breakdown break breakup separation divorce access contact contacts visit visits safe unsafe danger dangerous
    stable unstable temporary long short term no-contact door window room car truck vehicle trailer motel hotel tent apartment
    building unit street road bus water heat power electricity fridge dog dogs cat cats pet pets animal animals bylaw landlord's place
    reason reasons note notes details update summary age ages aged gender sex language sector type trying tried tries try attempts
    attempted attempt worried worry everyone someone anyone somebody anybody everything something anything thing things lot lots bit
    way end ended ends body head face arm leg hand hands back eyes black white blue green grey north south east west central downtown
    city town area district region rural remote lawyer's worker's children's women's men's seniors' society association network team
    ward program programs office department commission authority tribunal ombudsman insurance cheque assistance cancer diabetes
    epilepsy stroke seizure seizures hiv aids eating bed beds bath clothes clothing winter's let's don't doesn't didn't won't can't
    cannot isn't wasn't aren't hasn't haven't he's she's they're it's i'm i'll cash fraud scam loan loans account rcmp cas gas camera
    video photos photo pictures nude nudes good bad better best full empty free hard easy big small little great major minor miss
    misses missed total real true un une le la les l des du de d et ou mais donc ni que qu qui quoi dont quand comme si lorsque
    puisque parce ainsi alors aussi apres avant avec chez contre dans depuis derriere devant durant en entre hors jusque jusqu malgre
    par parmi pendant pour sans sauf selon sous sur vers voici voila il elle ils elles nous vous je tu moi toi lui leur leurs eux se s
    y ne n pas plus moins tres trop peu beaucoup assez tout toute tous toutes chaque plusieurs quelques quelque quelqu aucun aucune
    autre autres meme memes tel telle ce c cet cette ces ca cela ceci celui celle ceux sa ses mon ma mes ton ta tes notre nos votre
    vos est sont etait etaient sera seront ete etre ont avait avaient aura ai avoir fait faire font faisait va vont aller allait peut
    peuvent pouvait pouvoir doit doivent devait veut veulent voulait vouloir dit dire disait disent vit vivent vivait vivre habite
    habitait loge dort dorment dormait boit mange consomme consomment consommait refusent refusait menace menacent menacait craint
    craignent pense croit sait voit entend prend prennent met mettre parle parlait reste restait rentre sort sortie sorti part parti
    partie quitte quitter arrive arrivee attend perd perdu perdue trouve trouvee pris prise mis mise vu vue connu connue dite demande
    demander frappe blesse blessee battu battue tue tuer mort morte vivant seul seule seuls seules lundi mardi mercredi jeudi vendredi
    samedi dimanche janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre printemps automne hiver matin
    midi soir nuit jour jours semaine semaines mois ans annee annees heure heures hier demain aujourd'hui maintenant toujours jamais
    souvent encore deja bientot recemment enfin puis ensuite surtout seulement environ presque personne personnes individu adulte
    adultes jeune jeunes enfant enfants bebe nourrisson adolescent adolescente ado ados garcon garcons fille filles homme hommes femme
    femmes aine aines ainee ainees famille familles mere pere maman papa beau-pere belle-mere beau-frere belle-soeur frere freres
    soeur soeurs fils grand-mere grand-pere grands-parents tante oncle cousine neveu mari conjoint conjointe conjugal conjugale copain
    copine ami amie amis amies voisin voisine voisins coloc colocs colocataire locataire locataires proprietaire proprio tuteur
    tutrice aidant aidante proche proches etranger jumeaux jumelles pair pairs victime victimes travailleur travailleuse intervenant
    intervenante agent agente agents infirmier infirmiere medecin docteur ambulancier ambulanciere enseignant enseignante directeur
    directrice conseiller conseillere psychiatre avocat avocate juge vendeur eleve eleves etudiant etudiante usager membre organisme
    organismes risque risques facteur facteurs acru prejudice securite policiere policiers crise hopital urgence urgences pompiers
    incendie soutien sante mentale physique sexuelle psychologique domicile maison logement refuge hebergement clinique soins
    traitement sevrage desintoxication dependance dependances alcool drogue drogues substances consommation surdose surdoses
    suicidaire automutilation violente agression agressions agresse menaces arme armes fusil couteau vol criminel criminelle
    implication cour caution liberation prison detention accusations accuse accusee mandat proces audience loi aide juridique temoin
    traite disparu disparue disparition fugue fugueur itinerance sans-abri campement expulsion expulse expulsee evince loyer pauvrete
    revenu travail canadien canadienne nord provinciale gouvernement ministere alimentaire banque prestations emploi chomage ecole
    ecoles secondaire elementaire primaire publique catholique universite conseil scolaire classe absenteisme autochtone autochtones
    premiere premieres premier francais francaise anglais anglaise arabe nouvel arrivant refugie refugiee cercle guerison ceremonie
    bande chef communaute communautaire culturel culturelle eglise foi negatif milieu quartier besoins fondamentaux fonctionnement
    cognitif trouble troubles diagnostic anxiete psychose schizophrenie bipolaire autisme demence alcoolisation foetale lesion cerveau
    deuil traumatique chronique maladie terminale grossesse enceinte medicament medicaments ordonnance pilules voix delire
    accumulation jeu jeux intimidation harcelement maltraitance surveillance comportement problematique telephone texto textos noel
    paques toussaint croix-rouge croix rouge armee salut alcooliques narcotiques anonymes dossier motif motifs raison raisons agee
    sexe genre langue secteur arret arrete arretee libere liberee hospitalise hospitalisee retrouve retrouvee signalement signalements
    aggravation escalade recidive rupture conflit garde acces visite visites grave actuel actuelle chambre porte fenetre auto voiture
    camion roulotte tente immeuble appartement rue route chemin autobus eau chauffage electricite chien chiens chat chats animaux
    argent dette dettes nouveau nouvelle vieux vieille bon bonne mauvais grand grande petit petite haut bas gauche droite ouest sud
    societe reseau equipe programme bureau departement assurance diabete epilepsie avc lit vetements fraude compte academic accessing
    accompany acquired adaptability adequate already appropriate caring case circumstances close compelling conference connected
    consent consistent cost counselling counseling cyber deceased declined demonstrates developmental diversion dwelling engaged
    environmental financial functioning gaming gap geographical group immigration inappropriate informed interpreter involved joint
    learning life lowered medical meet non-criminal notice optimism originator personal policing pro-social probability ready
    recidivism relationships relocated security self-efficacy self-esteem sense settlement severity sexting sign single stability
    strong stuck systemic taking transportation trespassing victimization friendship recovery superior wellness unhoused
    accompagnement aiguillage amities attente avis barriere besoin bien-etre blocage bonnes capacite collectivite commerce
    communication competences comportements concertation conciliation consentement considerations consultation cout cri cybersecurite
    deces deficience dejudiciarisation demenagement deux difficultes engage engagement environnement estime experiences fin
    fournisseur gestion gravite groupe inconnu inconnue informee interet interprete interrompu intervention intrusion isolement liens
    liste logis manque modeles niveau non optimisme participation participe pourrait presence presentee prete probabilite probleme
    problemes questions recours reduction reduit reglements regles relais relation relations rencontre reussite rien role sens
    sentiment sextage stabilite strategies supplement transport victimisation vie voie volonte absent absente disparait tentative
    tentatives personne-ressource pres loin dehors dedans appeler appelle appels appel ecrit ecrire ecrivait frequente frequentait
    travaille travaillait fetes cst const sgt det insp supt rev hon prof gabapentin lyrica clozapine adderall vyvanse concerta abilify
    invega lithium wellbutrin zoloft prozac trazodone xylazine carfentanil dilaudid ketamine ecstasy telegram reddit tinder grindr
    onlyfans uber airbnb
    """)

# Endings that common nouns and verbs have and names seldom do; asked only of a sentence's first word.
_COMMON_ENDING = re.compile(
    r"(?:ing|tion|tions|sion|sions|ment|ments|ness|ity|ite|ence|ences|ance|ances|ship|hood|ism|isme|ly|ed|able|ible|age|ages|eur|euse|ies)$"
)

# What follows a person's name at the head of a sentence.
_VERBS_AFTER_A_NAME = _set("""
    is was has had isn't wasn't hasn't does doesn't did didn't will won't would can can't cannot could said says told tells lives
    lived went goes left leaves threatened threatens refuses refused wants wanted attends works worked needs keeps kept uses used runs
    ran feels fears sleeps drinks broke hit texted called posted came comes got gets stopped est etait avait sera dit disait vit
    vivait habite habitait refuse refusait menace menacait veut voulait va consomme consommait travaille frequente dort boit pense
    craint sait perd quitte peut doit reste ne n'a n'est s'est se a
    """)

# First names that are no other word in English or French, so that they are known in lower case too.
_FIRST_NAMES = _set("""
    aaliyah aaron abby abigail adam addison adele adrien agathe agnes aidan aiden alain alan albert alejandro alex alexandra alexandre
    alexis alice alicia alison allison alyssa amanda amelia amelie amy anais andre andrea andrew angela angelique anna annie anne
    anthony antoine ariane ashley aubrey audrey aurelie austin ava axel bailey barbara beatrice benjamin benoit bernadette bernard
    beth betty bianca bradley brandon brayden brenda brendan brenden brent brianna britney brittany bruno bryan caleb cameron camille
    carla carol-ann caroline carolyn cassandra catherine cathy cecile cedric celine charlene charles charlotte chelsea cheryl chloe
    chris christine christopher cindy claude claudette claudia cody colette colin colleen colton connor corey coralie courtney craig
    crystelle curtis cynthia daniel danielle danny darlene darren darryl dave david deborah debbie delphine denis denise derek derrick
    devon diane dianne dominic dominique donald donna doris dorothy doug douglas duncan dustin dylan eddie edith edouard edward eileen
    elaine eleanor elena elianne elijah elisabeth elise elizabeth ella ellie eloise emerson emilie emily emma emmanuel eric erica
    erika erin ernest estelle ethan etienne eugene evan evelyn fabien fatima felicia felix fernand florence francine francis francois
    francoise fred frederic frederick gabriel gabrielle gaetan gail gary genevieve geoffrey george georges gerald gerard gilbert
    gilles ginette gisele glenn gloria gordon greg gregory guillaume guylaine hailey hannah harold harry hassan hayley heather hector
    helen helene henri henry herve hubert hugo huguette ian ibrahim irene isaac isabella isabelle isaiah jackie jackson jacob
    jacqueline jacques jaden jaime jake james jamie jane janet janice jared jasmine jason jayden jeanne jeannine jeff jeffrey jenna
    jennifer jenny jeremie jeremy jerome jesse jessica jill jimmy joan joanne jocelyn jocelyne joel joelle joey johanne johnny jonah
    jonathan jordan jose josee joseph josephine josh joshua josiane josie joyce juan judith judy julia julian julie julien juliette
    justin justine karen karine karl kate katherine kathleen kathy katie katrina kayla kaylee keith kelly kelsey ken kenneth kenny
    kerry kevin kim kimberly kirk kristen kristina kurt kyle laura lauren laurence laurent laurie lawrence leah leanne leo leon
    leonard leonie leslie liam lilianne lily linda lindsay lindsey lisa liz logan loic lori lorraine lou-ann louis louise luc lucas
    lucie lucien lucy luis luke lydia lyne lynn lynne mackenzie madeleine madison maeve maggie maika malik manon marc marcel marcus
    margaret maria mariam marianne marilyn mario marjorie marlene martha martine mary maryse mathieu mathilde matt matthew matthieu
    maureen maurice maxime megan melanie melissa mia michael michel michele micheline michelle mike miranda mireille mitchell mohamed
    mohammed monica monique muhammad murray myriam nadia nadine nancy natalie natasha nathalie nathan nathaniel neil nicholas nicolas
    nicole nina noah noemie nolan normand oceane odette olivia olivier omar oscar owen pamela pascale patricia patrick paul paula
    pauline peggy penelope philip philippe phillip phyllis pierrette quentin quinn rachel rachelle ralph randall randy raphael raymond
    rebecca regis rejean renee ricardo richard rita robbie robert roberta roch rodney roger roland romain ronald ronnie roxanne roy
    russell ruth ryan sabrina sally sam samantha samuel sandra sara sarah scott sean sebastien serena serge shane shannon sharon shaun
    shawn sheila shelby shelley sherry shirley sidney simon simone skyler solange sonia sophia sophie spencer stacey stacy stanley
    stefan stephan stephane stephanie stephen steve steven stewart stuart susan suzanne sylvain sylvia sylvie tabitha tamara tammy
    tania tanner tanya tara tasha tatiana taylor ted terri terry thelma theodore theresa therese thierry thomas tiffany tim timothy
    tina todd tom tommy toni tony tracey tracy travis trevor tristan tyler tyson valerie vanessa vera veronica veronique vicky victor
    victoria vincent virginia vivian vivianne wanda walter warren wayne wendy wesley whitney wilfred william xavier yannick yasmine
    yolande yvan yves yvette yvon yvonne zachary zoe ahmed aisha amina amir arjun dmitri olga oleksandr priya svetlana yusuf
    """)

# Family names common in the region that are no other word.
_FAMILY_NAMES = _set("""
    tremblay gagnon lalonde lafleur rainville desjardins beaulieu belanger bertrand bouchard boudreau brunet charbonneau charette
    chartrand corbiere cormier debassige desrosiers dubois dufresne dupuis eshkibok gauthier gervais giroux guenette labelle lachance
    lacroix laframboise lamothe landry langlois lapointe larocque lavallee leblanc leclair lefebvre levesque maclean macdonald
    mcdonald mcgregor mcintyre mckenzie mcleod manitowabi menard morin naokwegijig nadeau nahwegahbow odjig osawamick ouellette
    paquette peltier pitawanakwat pelletier quesnel recollet rochon roy seguin shawanda st-denis st-jean st-onge simard taibossigai
    thibault toulouse trudeau trudel vaillancourt villeneuve wabegijig wakegijig wassegijig williams wilson johnson smith jones
    thompson anderson campbell macneil sinclair nguyen singh patel khan mohammad kim chen wong
    """)

# Who a person is to another: after these words a name needs no other word in its place.
_KIN = _set("""
    stepson stepdaughter enfant garcon mother father mom mum dad stepmother stepfather stepdad stepmom brother sister son daughter
    grandmother grandfather grandma grandpa aunt auntie uncle cousin nephew niece husband wife spouse partner boyfriend girlfriend
    friend ex roommate neighbour neighbor landlord caregiver mere pere maman papa frere soeur fils fille tante oncle cousine neveu
    mari femme conjoint conjointe copain copine ami amie voisin voisine coloc beau-pere belle-mere grand-mere grand-pere
    """)

_KINDS_OF_PLACES: dict[Kind | None, str] = {
    # Names of agencies and of what everyone at the table knows: read as a whole, so that "Sudbury" in them is no town.
    None: """
        health sciences north; horizon sante nord; greater sudbury police service; greater sudbury police;
        police du grand sudbury; service de police du grand sudbury; sudbury police; public health sudbury;
        public health sudbury districts; sante publique sudbury et districts; sante publique sudbury;
        city of greater sudbury; ville du grand sudbury; canadian mental health association;
        association canadienne pour la sante mentale; children's aid society; societe de l'aide a l'enfance;
        ontario works; ontario au travail; ontario provincial police; salvation army; armee du salut; red cross;
        croix rouge; narcotics anonymous; alcoholics anonymous; alcooliques anonymes; northern ontario;
        nord de l'ontario; mental health act; crown attorney; community mobilization sudbury;
        first nation; first nations; premiere nation; premieres nations
        """,
    Kind.FIRST_NATION: """
        wikwemikong; wiikwemkoong; wikwemkoong; wiky; m'chigeeng; mchigeeng; aundeck omni kaning; aundeck; sheguiandah;
        sheshegwaning; zhiibaahaasing; whitefish river first nation; whitefish lake first nation; birch island;
        atikameksheng; atikameksheng anishnawbek; wahnapitae first nation; wahnapitei; sagamok; sagamok anishnawbek;
        serpent river; mississauga first nation; mississaugi; dokis; henvey inlet; magnetawan; shawanaga; wasauksing;
        garden river; batchewana; nipissing first nation; mattagami; brunswick house; chapleau cree; chapleau ojibwe;
        temagami first nation; bear island; moose cree; moose factory; fort albany; attawapiskat; kashechewan; peawanuck;
        weenusk; taykwa tagamou; constance lake; thessalon first nation; michipicoten; matachewan; wahgoshig;
        missanabie cree; flying post; beaverhouse; pic mobert; biigtigong; long lake 58; ginoogaming; aroland;
        curve lake; akwesasne; six nations
        """,
    Kind.TOWN: """
        sudbury; greater sudbury; grand sudbury; new sudbury; nouveau sudbury; val caron; val therese; valley east;
        blezard valley; hanmer; chelmsford; azilda; capreol; garson; coniston; copper cliff; levack; onaping;
        onaping falls; dowling; naughton; wahnapitae; wanup; skead; falconbridge; nickel centre; rayside balfour;
        minnow lake; flour mill; moulin a fleur; gatchell; lockerby; estaire; espanola; webbwood; mckerrow; nairn centre;
        little current; gore bay; manitowaning; mindemoya; providence bay; south baymouth; spring bay; kagawong;
        tehkummah; meldrum bay; manitoulin; manitoulin island; ile manitoulin; killarney; french river;
        riviere des francais; noelville; monetville; markstay; st charles; hagar; verner; sturgeon falls; west nipissing;
        nipissing ouest; north bay; elliot lake; blind river; sault ste marie; sault sainte marie; timmins;
        kirkland lake; temiskaming shores; new liskeard; iroquois falls; kapuskasing; hearst; chapleau; foleyet; gogama;
        cartier ontario; biscotasing; britt; parry sound; pointe au baril; thunder bay; kenora; dryden; sioux lookout;
        toronto; ottawa; mississauga; brampton; montreal; gatineau; winnipeg; vancouver; calgary; edmonton; peterborough;
        oshawa; scarborough; huntsville; bracebridge; orillia; rouyn noranda
        """,
    Kind.SCHOOL: """
        lo ellen; lo ellen park; lasalle secondary; confederation secondary; lively district; manitoulin secondary;
        bishop carter; marymount; marymount academy; macdonald cartier; college notre dame; college boreal;
        cambrian college; college cambrian; laurentian university; universite laurentienne; universite de sudbury;
        university of sudbury; kenjgewin teg; canadore; nipissing university; algoma university
        """,
    Kind.WORKPLACE: """
        tim hortons; tim horton; canadian tire; home depot; walmart; costco; mcdonald's; mcdonalds; glencore;
        food basics; no frills; sobeys; shoppers drug mart; giant tiger; dollarama; burger king; wendy's; science north;
        science nord; home hardware; rona; vale base metals; petro canada
        """,
}

# The same, known only with a capital: each is also another word or a person's name.
_CAPITALISED_PLACES: dict[Kind | None, str] = {
    Kind.TOWN: "lively; walden; whitefish; warren; massey; alban; donovan; cochrane; barrie; hamilton; cobalt; nairn",
    Kind.SCHOOL: "laurentian; laurentienne; cambrian; boreal; lockerby",
    Kind.WORKPLACE: "vale; inco",
    Kind.FIRST_NATION: "aok; wrfn; wfn; wuct",
}

_FINE_WORD = re.compile(r"[a-z0-9]+")


def _phrases() -> dict[str, list[tuple[tuple[str, ...], Kind | None, bool]]]:
    """Every known phrase under its first word, longest first."""
    known: dict[str, list[tuple[tuple[str, ...], Kind | None, bool]]] = {}
    for places, needs_capital in ((_CAPITALISED_PLACES, True), (_KINDS_OF_PLACES, False)):
        for kind, lines in places.items():
            for line in lines.split(";"):
                words = tuple(_FINE_WORD.findall(line))
                known.setdefault(words[0], []).append((words, kind, needs_capital))
    for entries in known.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return known


_PHRASES = _phrases()

# --- Pieces of patterns ----------------------------------------------------------------------------------------------

_CAPITALISED = r"(?:Ste?\.|Mt\.|[A-Z]\.(?=[ ]?[A-Z])|[A-Z][A-Za-z]*(?:['-][A-Za-z]+)*)"
_NAMED = rf"{_CAPITALISED}(?:[ ](?:(?:of the|of|and|&)[ ])?{_CAPITALISED}){{0,4}}"
_DE = r"(?:de la[ ]|de l'|des[ ]|du[ ]|de[ ]|d'|la[ ]|le[ ]|les[ ]|l'|aux?[ ]|a la[ ])?"
_NOMME = rf"{_DE}{_CAPITALISED}(?:[ ]{_DE}{_CAPITALISED}){{0,4}}"

_ENGLISH_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FRENCH_UNITS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
_FRENCH_TENS = {"quatre-vingt": 80, "quatre-vingts": 80, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_NUMBER_WORDS = {
    **{word: n for n, word in enumerate(_ENGLISH_UNITS.split(), 1)},
    **{word: 10 * n for n, word in enumerate(_ENGLISH_TENS.split(), 2)},
    **{word: n for n, word in enumerate(_FRENCH_UNITS.split(), 1)},
    **{"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "une": 1, "et": 0},
}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_EN_NUMBER = (
    rf"(?:(?:{_either(_ENGLISH_TENS.split())})(?:[ -](?:{_either(_ENGLISH_UNITS.split()[:9])}))?|{_either(_ENGLISH_UNITS.split())})"
)
_FR_NUMBER = (
    rf"(?:(?:{_either(_FRENCH_TENS)})(?:[ -](?:et[ -])?(?:une|{_either(_FRENCH_UNITS.split())}))?|une|{_either(_FRENCH_UNITS.split())})"
)
_AGE_NUMBER = rf"(?:\d{{1,3}}|{_EN_NUMBER}|{_FR_NUMBER})"
_AGE_LIST = rf"(?P<numbers>{_AGE_NUMBER}(?:(?:,[ ]|,?[ ](?:and|or|et|ou|to|a|&)[ ]|[ ]?[-/][ ]?){_AGE_NUMBER}){{0,3}})"

_MONTHS = (
    "jan january janv janvier feb february fev fevr fevrier mar march mars apr april avr avril may mai june jun juin july jul juil"
    " juillet aug august aout sep sept september septembre oct october octobre nov november novembre dec december decembre"
)
_MONTH = rf"(?:{_either(_MONTHS.split())})\b(?:\.(?=[ ]\d))?"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche"
_WEEKDAY = rf"(?:{_either(_WEEKDAYS.split())})"
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    r"|seventeenth|eighteenth|nineteenth|twentieth|twenty-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth"
    r"|thirty-first|premier)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19|20)\d\d"
_HOLIDAY = (
    r"(?:(?:Christmas|Boxing|New Year'?s|Canada|Labour|Family|Victoria|Mother'?s|Father'?s|Valentine'?s|Remembrance|Orange Shirt)"
    r" (?:Day|Eve)"
    r"|Halloween|Thanksgiving|Good Friday|Easter (?:Sunday|Monday|weekend)|la (?:veille|nuit) (?:de Noel|du jour de l'An)"
    r"|(?:le )?jour de (?:Noel|l'An)|Vendredi saint|Saint-Jean(?:-Baptiste)?|l'Action de graces?"
    r"|fete (?:du Canada|du Travail|des meres|des peres))"
)

_STREETS = "street st avenue ave road rd drive dr boulevard blvd crescent cres lane terrace parkway pkwy sideroad"
_STREET = _either(_STREETS.split())
_RUES = "rue chemin ch avenue av boulevard boul rang allee montee impasse promenade croissant ruelle place"
_RUE = rf"(?i:(?:{_either(_RUES.split())})\b\.?)"
_LANDMARKS = (
    "lake bay park mall arena church hotel motel inn plaza apartment apartments manor lodge villa tower towers residence residences island"
    " beach river hall library bridge mine camp centre center clinic shelter house place court tavern pub bar restaurant cafe pizza garage"
    " store"
)
_LIEUX = (
    "lac baie parc arena hotel motel eglise paroisse manoir residence foyer villa ile plage riviere pont mine camp centre boulangerie"
    " restaurant epicerie garage maison clinique refuge auberge taverne bar cafe bibliotheque immeuble tour tours"
)

_PERSON = (
    r"he|she|they|who|boy|girl|youth|child|kid|teen|teenager|son|daughter|brother|sister|sibling|mother|father|mom|dad|person|man|woman"
    r"|student|senior|male|female|oldest|youngest|eldest|victim|partner|girlfriend|boyfriend|friend|cousin|nephew|niece"
)
_AFTER_BARE_AGE = r"(?=[ ]?(?:[.,;:!?)]|$|\n|(?:and|but|with|now|who|or|when|so|because|today|tomorrow|last|this|next|in|on)\b))"

# --- What each pattern must also satisfy -----------------------------------------------------------------------------


def _is_ordinary(word: str) -> bool:
    """Whether a word (plain letters) may be capitalised without being a name."""
    word = word.lower().strip(".")
    word = word.removesuffix("'s")
    if word in _ORDINARY or word in ALLOWED_ACRONYMS:
        return True
    return "-" in word and all(part in _ORDINARY for part in word.split("-") if part)


def _names_something(match: re.Match[str]) -> bool:
    """The captured words hold at least one that is not an ordinary word."""
    return any(not _is_ordinary(word) for word in re.findall(_CAPITALISED, match["name"]))


def _names_a_school(match: re.Match[str]) -> bool:
    # "Kevin's school" names Kevin, not a school.
    is_somebodys = match["name"].endswith("'s") and " " not in match["name"] and match["type"][0].islower()
    return _names_something(match) and not is_somebodys


def _is_no_phrase_of_the_street(match: re.Match[str]) -> bool:
    """Lower-case words before "street" that are none of the language's own ("the street", "3 weeks on the street")."""
    return not any(word in _ORDINARY or word in _NOT_STREETS for word in match["words"].lower().split())


_NOT_STREETS = _set("side dirt gravel ice open busy wrong private test hard off cross access logging bush winding main-side quiet dead-end")


def _is_no_agency(match: re.Match[str]) -> bool:
    """Not "ODSP 100": four capitals that the table knows."""
    return not _is_ordinary(match["letters"])


def _is_a_plate(match: re.Match[str]) -> bool:
    plate = match["mark"]
    return any(map(str.isdecimal, plate)) and (" " not in plate or plate.upper() == plate)


def _is_a_record_number(match: re.Match[str]) -> bool:
    """Not a year, nor the number of a situation."""
    return not re.fullmatch(rf"{_YEAR}(?:-\d{{3}})?", match["mark"])


def _is_no_type(match: re.Match[str]) -> bool:
    """A single letter that is someone's initial, not "hepatitis C."."""
    return not re.search(
        r"\b(?:hepatitis|hepatite|vitamine?|plan|type|schedule|annexe|form)[ ]$",
        match.string[max(0, match.start() - 12) : match.start()],
        re.I,
    )


def _is_no_agency_in_points(match: re.Match[str]) -> bool:
    return not _is_ordinary(match[0].replace(".", "").replace(" ", ""))


def _is_no_ordinary_word(match: re.Match[str]) -> bool:
    return not _is_ordinary(match["mark"])


def _is_someones(match: re.Match[str]) -> bool:
    """A number after a word for a person or after a name, not "Police (3)"."""
    return match["who"] is None or not _is_ordinary(match["who"])


def _is_not_ascii(match: re.Match[str]) -> bool:
    return not match[0].isascii()


def _is_a_month_and_day(match: re.Match[str]) -> bool:
    """Not the verbs "may" and "march" before a number."""
    return match["month"].rstrip(".") not in ("may", "march", "mar") or bool(
        match["ordinal"] or match["cue"] or match["on"] or match["year"]
    )


def _number(words: str) -> int | None:
    """The value of an age in digits or words; None when it is no age."""
    words = words.lower()
    if words.isdecimal():
        return int(words)
    words = words.replace("quatre-vingts", "quatre-vingt")
    rest, total = (words.removeprefix("quatre-vingt"), 80) if words.startswith("quatre-vingt") else (words, 0)
    if rest in _NUMBER_WORDS:
        return total + _NUMBER_WORDS[rest]
    parts = re.split(r"[ -]", rest.strip(" -"))
    return total + sum(_NUMBER_WORDS.get(part, 0) for part in parts)


_RANGE = re.compile(rf"^({_AGE_NUMBER})[ ]?(?:-|to|a|and|et)[ ]?({_AGE_NUMBER})$", re.I)
_OPEN_BEFORE = re.compile(
    r"\b(?:over|under|above|below|than|least|plus de|moins de|au moins|au-dessous de|au-dessus de|up to|jusqu'a)[ ]$", re.I
)
_OPEN_AFTER = re.compile(r"^(?:[ ]?\+|[ ](?:years[ ]|ans[ ])?(?:and|or|et|ou)[ ](?:over|older|under|younger|up|more|plus|moins)\b)", re.I)
_BETWEEN = re.compile(r"\b(?:between|entre)(?:[ ]the[ ]ages[ ]of)?[ ]$", re.I)


def _is_exact_age(match: re.Match[str]) -> bool:
    """An age of one number or a narrow choice of numbers; the vocabulary's age groups are not.

    The narrowest group of the vocabulary spans five years (25–29), so a range of five or more is no exact age.
    """
    before, after = match.string[max(0, match.start("numbers") - 40) : match.start("numbers")], match.string[match.end("numbers") :]
    if _OPEN_BEFORE.search(before) or _OPEN_AFTER.match(after[:20]) or _OPEN_AFTER.match(match.string[match.end() :][:20]):
        return False
    ages = _RANGE.match(match["numbers"])
    if not ages:
        return True
    low, high = _number(ages[1]) or 0, _number(ages[2]) or 0
    is_a_choice = re.search(r"[ ](?:and|et)[ ]", match["numbers"]) and not _BETWEEN.search(before)
    return bool(is_a_choice) or high - low < 4


_DURATION_BEFORE = re.compile(
    r"\b(?:depuis|il y a|y a|pendant|durant|dans|apres|pour|en|sur|aux|tous les|toutes les|chaque|voila|fait|d'ici|ces|les|des|dernieres"
    r"|(?:peine|sentence|relation|mariage|bail|contrat|attente|abstinence|sobriete|absence|liste|ordonnance|interdiction|probation|union"
    r"|service|prison|experience|delai|condamnation|terme|periode|sursis) de)[ ]"
    r"(?:(?:plus|moins|pres|environ|au moins|presque|a peine)[ ](?:de[ ])?)?$",
    re.I,
)


_PERSON_OF = re.compile(
    r"\b(?:ado\w{0,8}|jeune|filles?|fils|garcons?|enfants?|homme|femme|personne|soeurs?|freres?|mere|pere|eleve|agee?s?) de[ ]$", re.I
)


def _is_french_age(match: re.Match[str]) -> bool:
    """«14 ans» of a person, not a span of time («depuis 3 ans», «5 ans de sobriété»)."""
    before, after = match.string[max(0, match.start() - 40) : match.start()], match.string[match.end() : match.end() + 12]
    if _PERSON_OF.search(before):
        return _is_exact_age(match)
    if _DURATION_BEFORE.search(before) or re.match(r"[ ](?:de[ ]|d')[a-z]|[ ](?:plus tard|apres|avant|ensemble)", after):
        return False
    return _is_exact_age(match)


# --- The patterns ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, what it must also satisfy, and words or parts of words of which one must be there for it to be tried.

    Most sentences hold few of these words, so most patterns are never tried: that is what keeps the check fast.
    """

    kind: Kind
    pattern: re.Pattern[str]
    accepts: Callable[[re.Match[str]], bool]
    parts: tuple[str, ...]
    words: frozenset[str]

    def is_worth_trying(self, lowered: str, words: frozenset[str]) -> bool:
        if not self.parts and not self.words:
            return True
        return not self.words.isdisjoint(words) or any(part in lowered for part in self.parts)


def _always(_match: re.Match[str]) -> bool:
    return True


def _rule(
    kind: Kind,
    *pattern: str,
    parts: str = "",
    words: str = "",
    accepts: Callable[[re.Match[str]], bool] = _always,
    any_case: bool = False,
) -> _Rule:
    """The mark is the pattern's group ``mark``, else all of it. Repeats are bounded: no text can make a pattern slow."""
    return _Rule(kind, re.compile("".join(pattern), re.I if any_case else 0), accepts, tuple(parts.split()), _set(words))


_DIGIT = "0 1 2 3 4 5 6 7 8 9"

_NUMBERS_AND_NETWORKS = [
    _rule(Kind.EMAIL, r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", parts="@", any_case=True),
    _rule(
        Kind.EMAIL,
        r"\b[\w.+-]{1,64}[ ](?:at|arobas\w{0,2})[ ](?:gmail|hotmail|outlook|yahoo|icloud|live)\b(?:[ .](?:dot|point|com|ca)[ ]?\w{0,3})?",
        words="gmail hotmail outlook yahoo icloud live",
        any_case=True,
    ),
    _rule(
        Kind.HANDLE,
        r"\b(?:(?:https?://|www\.)[^\s]{1,200}|[\w-]{1,63}\.(?:com|ca|org|net|me|tv)/[^\s]{1,200})(?<![.,;:!?)\"'])",
        parts="://  www. .com .ca .org .net .me .tv",
        any_case=True,
    ),
    _rule(Kind.HANDLE, r"(?<![\w.@])@[A-Za-z0-9_][\w.]{0,40}\w|(?<![\w#])#[A-Za-z]\w{2,40}", parts="@ #"),
    _rule(
        Kind.HANDLE,
        r"\b(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|facebook|fb|discord|gamertag|twitter|kik|user ?name|pseudo|compte)",
        r"[ ]?[:=][ ]?(?P<mark>[\w.-]{2,40}\w)",
        parts=": =",
        any_case=True,
    ),
    _rule(
        Kind.HANDLE,
        r"(?<![\w.@-])(?P<mark>(?:[a-z]{2,20}[._]){1,3}[a-z]{2,20}\d{1,4}|[a-z]{2,20}_[a-z_]{2,20})(?![\w@])",
        parts=". _",
        any_case=True,
    ),
    _rule(
        Kind.PHONE,
        r"(?<![\w-])(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?:[ ]?(?:ext|poste|x)\.?[ ]?\d{1,5})?(?![\w-])",
        parts=_DIGIT,
    ),
    _rule(Kind.PHONE, r"(?<![\w-])\d{3}[ .-]\d{4}(?![\w-])|\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}\b", parts=_DIGIT),
    _rule(Kind.POSTAL_CODE, r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d\b", parts=_DIGIT, any_case=True),
    _rule(Kind.POSTAL_CODE, r"\b[GHJKLMNP]\d[A-Z]\b", parts=_DIGIT),
    # A health card, then a social insurance number.
    _rule(Kind.NUMBER, r"\b\d{4}[ -]?\d{3}[ -]?\d{3}(?:[ -]?[A-Z]{2}\b)?(?!\d)|\b\d{3}[ -]\d{3}[ -]\d{3}\b", parts=_DIGIT, any_case=True),
    _rule(
        Kind.NUMBER,
        r"\b(?:file|case|occurrence|incident|report|badge|mrn|chart|hcn|ohip|health ?card|sin|record|client|dossier|rapport|matricule|nas",
        r"|carte ?(?:sante)?|passport|passeport|status card|treaty)(?:[ ](?:number|no|num|numero|id|is|est))*\b[ .:#-]{0,3}(?:n[o°])?[ ]?",
        r"(?P<mark>[A-Z]{0,4}[ -]?\d[\dA-Z-]{3,20})\b",
        parts=_DIGIT,
        accepts=_is_a_record_number,
        any_case=True,
    ),
    _rule(
        Kind.NUMBER,
        r"(?:\bno\.?|\bn°|\bnumero|\bnumber|#)[ ]?(?P<mark>[A-Z]{0,4}-?\d[\dA-Z-]{3,20})\b",
        parts=_DIGIT,
        accepts=_is_a_record_number,
        any_case=True,
    ),
    _rule(Kind.NUMBER, r"\b[A-Z]{1,4}-?\d{5,12}\b|(?<![\d$.,])(?<!\$[ ])\b\d{6,16}\b(?![ ]?[$%])", parts=_DIGIT),
    _rule(Kind.PLATE, r"\b[A-Z]\d{4}-?\d{5}-?\d{5}\b", parts=_DIGIT, any_case=True),
    _rule(
        Kind.PLATE,
        r"\b(?:plates?|plaques?|licen[cs]e|immatricule?e?|immatriculation)(?:[ ](?:plate|number|no|is|d'immatriculation|est|numero))*",
        r"[ .:#]{0,3}(?P<mark>[A-Z0-9]{2,4}[ -]?[A-Z0-9]{3,4})\b",
        parts="plate plaque licen immatric",
        accepts=_is_a_plate,
        any_case=True,
    ),
    _rule(Kind.PLATE, r"\b(?P<letters>[A-Z]{4})[ -]?\d{3}\b", parts=_DIGIT, accepts=_is_no_agency),
]

_DATES = [
    _rule(
        Kind.DATE,
        rf"\b(?:on[ ]|le[ ])?(?:{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:{_YEAR}|\d\d))\b",
        parts=_DIGIT,
        any_case=True,
    ),
    _rule(
        Kind.DATE,
        rf"\b(?P<cue>(?P<on>on|le)[ ])?(?:{_WEEKDAY},?[ ])?(?:(?:the|le)[ ])?",
        rf"(?:{_DAY}(?P<ordinal>st|nd|rd|th|er|e)?|{_ORDINAL}|{_FR_NUMBER})[ -](?:of[ ])?(?P<month>{_MONTH})(?P<year>,?[ ]{_YEAR}\b)?",
        words=_MONTHS,
        accepts=_is_a_month_and_day,
        any_case=True,
    ),
    _rule(
        Kind.DATE,
        rf"\b(?P<cue>(?:since|until|by|before|after|depuis)[ ])?(?P<mark>(?P<on>(?:on|le)[ ])?(?:{_WEEKDAY},?[ ])?",
        rf"(?P<month>{_MONTH})[ ](?:the[ ])?(?:{_DAY}(?P<ordinal>st|nd|rd|th)?|{_ORDINAL})\b(?P<year>,?[ ]{_YEAR}\b)?)",
        words=_MONTHS,
        accepts=_is_a_month_and_day,
        any_case=True,
    ),
    _rule(Kind.DATE, rf"\b{_MONTH},?[ ](?:of[ ]|de[ ])?{_YEAR}\b", words=_MONTHS, any_case=True),
    _rule(
        Kind.DATE,
        rf"\b{_WEEKDAY},?[ ](?:the|le)[ ]{_DAY}(?:st|nd|rd|th|er)?\b|\b{_WEEKDAY},?[ ]{_DAY}(?:st|nd|rd|th|er)\b",
        words=_WEEKDAYS,
        any_case=True,
    ),
    _rule(
        Kind.DATE,
        rf"\b(?:on|by|until|before|since|after|for)[ ](?P<mark>the[ ]{_DAY}(?:st|nd|rd|th))",
        r"(?=[ ]?(?:[.,;:!?)]|$|\n|(?:and|of|at|but|because|with|for|if|unless|when|she|he|they)\b))",
        parts=_DIGIT,
        any_case=True,
    ),
    _rule(
        Kind.DATE,
        rf"\ble[ ]{_DAY}(?:er)?(?=[ ]?(?:[.;:!?)]|,(?![ ](?:rue|chemin|avenue|av|boul))|$|\n",
        r"|(?:dernier|prochain|courant|au|et|pour|si)\b))",
        parts=_DIGIT,
        any_case=True,
    ),
    _rule(
        Kind.DATE,
        rf"\b(?:on|since|by|until|before|after|le|du|depuis|dated|avant|dob:?)[ ](?P<mark>(?!24/7|50/50){_DAY}/{_DAY})(?![/\d])",
        parts="/",
        any_case=True,
    ),
    _rule(
        Kind.DATE,
        rf"\b{_HOLIDAY}",
        words="day eve halloween thanksgiving friday easter noel an saint grace graces canada travail meres peres",
        any_case=True,
    ),
    _rule(Kind.DATE, rf"\b(?:born|nee?|naissance|birth|dob)(?:[ ](?:in|en)|:)?[ ](?P<mark>{_YEAR})\b", parts="19 20", any_case=True),
]

_AGES = [
    _rule(
        Kind.AGE,
        rf"\b{_AGE_LIST}[ -]{{0,2}}(?:years?|yrs?|months?|weeks?|days?|mths?)[ -](?:olds?|of age)\b",
        words="old olds age",
        accepts=_is_exact_age,
        any_case=True,
    ),
    _rule(
        Kind.AGE,
        rf"\b(?:aged?|ages|age of|agee?s? de|age:)[ ]?:?[ ](?P<mark>{_AGE_LIST}",
        r"(?:[ ](?:years?|ans|mois|semaines|jours|months?|weeks?))?)\b",
        words="age aged ages agee agees",
        accepts=_is_exact_age,
        any_case=True,
    ),
    _rule(Kind.AGE, rf"\b{_AGE_LIST}[ ]?(?:y/?o|y\.o\.?)(?!\w)", parts="yo y/o y.o", accepts=_is_exact_age, any_case=True),
    _rule(Kind.AGE, r"(?<![$\d.,-])\b[1-9]\d[ -]?[MF]\b(?!\$)", parts=_DIGIT),
    _rule(
        Kind.AGE,
        rf"\b(?:{_PERSON})(?:'s|'re|[ ](?:is|are|was|were))(?:[ ](?:only|just|almost|about|now))?[ ](?P<mark>{_AGE_LIST}){_AFTER_BARE_AGE}",
        parts=_DIGIT,
        words=_ENGLISH_UNITS + " " + _ENGLISH_TENS,
        accepts=_is_exact_age,
        any_case=True,
    ),
    # "Her son, 12, …", "Kevin (12)".
    _rule(
        Kind.AGE,
        rf"(?:\b(?i:{_PERSON}|{_either(_KIN)})|\b(?P<who>[A-Z][a-z]{{2,20}}))(?:,[ ]|[ ]\()(?P<mark>\d{{1,2}})(?=,[ ][a-z(]|\))",
        parts=", (",
        accepts=_is_someones,
    ),
    _rule(
        Kind.AGE,
        rf"\bturn(?:s|ed|ing)?[ ](?:only[ ]|just[ ])?(?P<mark>{_AGE_LIST})\b(?![ ](?:times|people|days|weeks|months|of|percent|degrees))",
        words="turn turns turned turning",
        accepts=_is_exact_age,
        any_case=True,
    ),
    _rule(Kind.AGE, rf"\b{_AGE_LIST}[ ]ans\b", words="ans", accepts=_is_french_age, any_case=True),
    _rule(
        Kind.AGE,
        r"\b(?:bebe|nourrisson|poupon|baby|infant|fille|fils|garcon|enfant)[ ](?:de|of)[ ]",
        rf"(?P<mark>{_AGE_LIST}[ ](?:mois|semaines|jours|months|weeks))\b",
        words="mois semaines jours months weeks",
        accepts=_is_exact_age,
        any_case=True,
    ),
    _rule(
        Kind.AGE,
        r"\b(?P<numbers>\d{1,3})(?:st|nd|rd|th|e|ieme|eme)[ ](?:birthday|anniversaire)\b",
        words="birthday anniversaire",
        any_case=True,
    ),
    _rule(Kind.AGE, rf"\bgrade[ ](?P<grade>1[0-2]|[1-9]|{_either(_ENGLISH_UNITS.split()[:12])})\b(?![/-]\d)", words="grade", any_case=True),
    _rule(
        Kind.AGE,
        r"\b(?P<grade>1[0-2]|[1-9])(?:(?:st|nd|rd|th)[ -]grade(?:rs?)?|(?:re|e|ieme|eme)[ ]annee)\b(?![ ](?:d['e]|consecutive))",
        words="grade grader graders annee",
        any_case=True,
    ),
]

_COMMUNITIES_SCHOOLS_WORKPLACES = [
    _rule(
        Kind.FIRST_NATION,
        rf"\b(?P<name>{_NAMED})[ ](?:(?i:first nations?|reserve|reservation|unceded territory|anishi?naw?a?bek)|FN|IR)\b",
        parts="nation reserv territory anish",
        words="fn ir",
        accepts=_names_something,
    ),
    _rule(
        Kind.FIRST_NATION,
        r"\b(?i:premieres? nations?|reserve)[ ](?:(?i:indienne|ojibwee?|crie|anishinabe)[ ])?(?i:at|of|in|des|de|d')[ ]?",
        rf"(?P<name>{_NOMME})",
        words="nation nations reserve",
        accepts=_names_something,
    ),
    _rule(
        Kind.FIRST_NATION,
        rf"\b(?i:first nation|band|reserve)[ ](?:of|at)[ ](?:the[ ])?(?P<name>{_NAMED})",
        words="nation band reserve",
        accepts=_names_something,
    ),
    _rule(
        Kind.SCHOOL,
        rf"\b(?P<name>{_NAMED})[ ]",
        r"(?:(?i:public|catholic|secondary|elementary|high|middle|primary|composite|district|vocational)[ ]){0,3}",
        r"(?P<type>(?i:school|collegiate|academy|college|university|daycare|preschool)|PS|SS|HS|CVI)\b",
        words="school collegiate academy college university daycare preschool ps ss hs cvi",
        accepts=_names_a_school,
    ),
    _rule(
        Kind.SCHOOL,
        r"\b(?i:ecole|college|universite|garderie|cegep|lycee|academie|polyvalente)[ ]",
        r"(?:(?i:secondaire|elementaire|primaire|publique|catholique|intermediaire|francaise|anglaise|separee|alternative)[ ]){0,4}",
        rf"(?P<name>{_NOMME})",
        words="ecole college universite garderie cegep lycee academie polyvalente",
        accepts=_names_something,
    ),
    _rule(
        Kind.SCHOOL,
        r"\b(?i:attend(?:s|ed|ing)?|(?:student|pupil) at|enrolled (?:at|in)|(?:expelled|suspended) from|frequent(?:e|ait|ent)",
        rf"|eleve (?:a|de)|etudiante? a|inscrite? au?|etudie au?)[ ](?:(?:the|la|le)[ ]|l')?(?P<mark>(?P<name>{_NAMED}))",
        parts="attend student pupil enrolled expelled suspended frequent eleve etudi inscrit",
        accepts=_names_something,
    ),
    _rule(
        Kind.WORKPLACE,
        r"\b(?i:works?|working|worked|employed|job|shifts?|employee|fired|laid off|manager|boss|cook|cashier|clerk)[ ]",
        rf"(?:[a-z]{{1,12}}[ ]){{0,2}}?(?:at|for|by|from)[ ](?:the[ ]|a[ ])?(?P<mark>(?P<name>{_NAMED}))",
        parts="work employ job shift fired laid manager boss cook cashier clerk",
        accepts=_names_something,
    ),
    _rule(
        Kind.WORKPLACE,
        r"\b(?i:travaill\w{1,6}|employee?|emploi|boulot|poste|quart|congediee?|caissiere?|commis|gerante?|patron)[ ]",
        rf"(?:[a-z]{{1,12}}[ ]){{0,2}}?(?:chez|au|a la|a l'|a|pour|par)[ ]?(?P<mark>(?P<name>{_NOMME}))",
        parts="travaill emplo boulot poste quart congedie caissi commis gerant patron",
        accepts=_names_something,
    ),
    _rule(
        Kind.WORKPLACE,
        rf"\b(?P<mark>(?P<name>{_NAMED})),?[ ](?:where|which)[ ](?:he|she|they)[ ](?:works?|worked)\b",
        parts="work",
        accepts=_names_something,
    ),
    _rule(
        Kind.WORKPLACE,
        rf"\b(?P<mark>(?:[A-Z][a-z]{{2,15}}[ ])?(?P<name>{_NOMME})),?[ ]ou[ ](?:il|elle)[ ]travaill",
        parts="travaill",
        accepts=_names_something,
    ),
]

_DIRECTION = r"(?:[ ](?:East|West|North|South|Est|Ouest|Nord|Sud|[EWNS])\b)?"
_NOT_A_TIME = r"(?![ ](?:times?|nights?|days?|weeks?|months?|years?|hours?|fois|nuits?|jours?|semaines?|mois|ans|heures?)\b)"

_ADDRESSES_AND_PLACES = [
    _rule(
        Kind.ADDRESS,
        rf"\b\d{{1,5}}[A-Za-z]?(?:-\d{{1,4}})?,?[ ](?P<name>{_CAPITALISED}(?:[ ]{_CAPITALISED}){{0,2}})[ ]",
        rf"(?:(?i:{_STREET})|Court|Crt|Ct|Way|Place|Circle|Trail|Line)\b{_DIRECTION}",
        parts=_DIGIT,
    ),
    _rule(
        Kind.ADDRESS,
        rf"\b\d{{1,5}}[a-z]?[ ](?P<words>[a-z'-]{{2,20}}(?:[ ][a-z'-]{{2,20}}){{0,2}})[ ](?:{_STREET}|court|way|place)\b",
        parts=_DIGIT,
        accepts=_is_no_phrase_of_the_street,
        any_case=True,
    ),
    _rule(
        Kind.ADDRESS,
        rf"\b\d{{1,5}}[a-z]?,?[ ](?:rue|chemin|ch\.|avenue|av\.|boulevard|boul\.|rang|promenade|croissant)[ ]{_DE}[a-z'-]{{2,30}}",
        parts=_DIGIT,
        any_case=True,
    ),
    _rule(Kind.ADDRESS, rf"\b\d{{1,5}}[A-Za-z]?,?[ ]{_RUE}[ ](?P<name>{_NOMME}){_DIRECTION}", parts=_DIGIT),
    _rule(
        Kind.ADDRESS,
        rf"\b(?:at|au|near|from|of|number|numero)[ ](?P<mark>\d{{2,5}}[A-Za-z]?,?[ ](?P<name>{_CAPITALISED}))",
        parts=_DIGIT,
        accepts=_names_something,
    ),
    _rule(
        Kind.ADDRESS,
        r"\b(?:apt|apartment|unit|suite|room|appartement|app|appt|chambre|logement|p\.?o\.?[ ]box|box|c\.p|casier postal)\b\.?[ ]?",
        rf"(?:#|no\.?|n°)?[ ]?\d{{1,5}}[A-Z]?\b{_NOT_A_TIME}",
        parts=_DIGIT,
        any_case=True,
    ),
    _rule(
        Kind.STREET,
        rf"\b(?P<name>(?:{_CAPITALISED}|\d{{1,3}}(?:st|nd|rd|th))(?:[ ]{_CAPITALISED}){{0,2}})[ ]",
        rf"(?:(?i:{_STREET})(?!\.[ ][A-Z][a-z]|-)|Way|Circle|Trail|Line)\b{_DIRECTION}",
        words=f"{_STREETS} way circle trail line",
        accepts=_names_something,
    ),
    _rule(
        Kind.STREET,
        r"\b(?P<words>[a-z'-]{2,20})[ ](?:street|avenue|ave|road|crescent|boulevard|blvd)\b",
        words="street avenue ave road crescent boulevard blvd",
        accepts=_is_no_phrase_of_the_street,
        any_case=True,
    ),
    _rule(Kind.STREET, r"\b\d{1,3}(?:st|nd|rd|th)[ ](?:street|avenue|ave|line|concession)\b", parts=_DIGIT, any_case=True),
    _rule(Kind.STREET, rf"\b{_RUE}[ ](?P<name>{_NOMME}){_DIRECTION}", words=_RUES, accepts=_names_something),
    _rule(Kind.STREET, r"\brue principale\b", words="rue", any_case=True),
    _rule(
        Kind.STREET,
        r"\b(?:highway|hwy|regional road|county road|rr|sideroad|concession|route|autoroute|rte|chemin)\.?[ ]#?\d{1,4}[A-Z]?\b",
        parts=_DIGIT,
        any_case=True,
    ),
    _rule(Kind.PLACE, rf"\b(?P<name>{_NAMED})[ ](?i:{_either(_LANDMARKS.split())})\b", words=_LANDMARKS, accepts=_names_something),
    _rule(Kind.PLACE, rf"\b(?i:{_either(_LIEUX.split())})[ ](?P<name>{_NOMME})", words=_LIEUX, accepts=_names_something),
]

_PEOPLE = [
    _rule(
        Kind.NAME,
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Drs?|Dre|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Docteure?|Prof|M\.|Me(?=[ ]))\.?[ ]",
        rf"(?P<name>{_CAPITALISED}(?:[ ](?:(?:de la|de|van|von)[ ])?{_CAPITALISED}){{0,2}})",
        words="mr mrs ms miss mx dr drs dre mme mmes mlle monsieur madame mademoiselle docteur docteure prof m me",
        accepts=_names_something,
    ),
    _rule(Kind.NAME, r"\b(?:mr|mrs|mme|mlle)\b\.?[ ][a-z][a-z'-]{1,30}", words="mr mrs mme mlle", any_case=True),
    _rule(
        Kind.NAME,
        r"\b(?:named|nicknamed|aka|a\.k\.a\.|alias|nommee?|prenommee?|surnommee?|s'appelle)[ ][\"']?(?P<mark>[a-z][a-z'-]{1,30})",
        parts="a.k.a.",
        words="named nicknamed aka alias nomme nommee prenomme prenommee surnomme surnommee appelle",
        accepts=_is_no_ordinary_word,
        any_case=True,
    ),
    # Initials: two or three, or one before a verb.
    _rule(Kind.NAME, r"(?<![\w.])(?:[A-Z]\.[ ]?){1,2}[A-Z]\.(?!\w)", parts=".", accepts=_is_no_agency_in_points),
    _rule(Kind.NAME, r"(?<![\w.])[A-LN-Z]\.(?=[ ][a-z]|'s)", parts=".", accepts=_is_no_type),
    # A month or a season that is someone's name.
    _rule(
        Kind.NAME,
        rf"\b(?:{_either(_KIN)})[ ](?P<mark>April|May|June|August|Summer|Autumn|Will|Crystal|Christian)\b(?![ ]\d)",
        words="april may june august summer autumn will crystal christian",
    ),
    _rule(Kind.OTHER_SCRIPT, r"[^\W\d_a-zA-Z](?:[^\W_]|[ '-](?=[^\W\d_a-zA-Z]))*", accepts=_is_not_ascii),
]

_RULES = [*_NUMBERS_AND_NETWORKS, *_DATES, *_AGES, *_COMMUNITIES_SCHOOLS_WORKPLACES, *_ADDRESSES_AND_PLACES, *_PEOPLE]


# --- Spans -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the plain text; ``kind`` None is a stretch that is known to be harmless."""

    start: int
    end: int
    kind: Kind | None
    match: re.Match[str] | None = None


def _spans_of_patterns(plain: str) -> Iterator[_Span]:
    lowered = _lower(plain)
    words = frozenset(_FINE_WORD.findall(lowered))
    for rule in _RULES:
        if not rule.is_worth_trying(lowered, words):
            continue
        for match in rule.pattern.finditer(plain):
            if rule.accepts(match):
                start, end = match.span("mark") if "mark" in rule.pattern.groupindex else match.span()
                yield _Span(*_without_ordinary_edges(plain, start, end, rule.kind), rule.kind, match)


def _without_ordinary_edges(plain: str, start: int, end: int, kind: Kind) -> tuple[int, int]:
    """Leave out a sentence's first word ("Attends Lo-Ellen …") and a capital that follows a name ("Dr. Lee Monday")."""
    if kind in _NAMED_KINDS and _starts_sentence(plain, start):
        first = re.match(r"([A-Z][a-z]+)[ ](?=[A-Z])", plain[start:end])
        if first and _is_ordinary(first[1]) and not _TITLE.match(first[1]):
            start += first.end()
    if kind is Kind.NAME:
        last = re.search(r"(?<=[a-z.])[ ]([A-Z][a-z]+)$", plain[start:end])
        if last and _is_ordinary(last[1]) and not _TITLE.match(plain[start : start + last.start()]):
            end = start + last.start()
        if plain[start:end].endswith("'s"):
            end -= 2
    return start, end


_NAMED_KINDS = {Kind.SCHOOL, Kind.STREET, Kind.PLACE, Kind.FIRST_NATION, Kind.WORKPLACE}
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Dre|Mme|Mlle|Me|M|College|Ecole|Universite|Garderie|Parc|Lac|Hotel|Motel|Rue|Chemin|Premieres?)\b\.?$"
)


def _spans_of_known_phrases(plain: str) -> Iterator[_Span]:
    words = [(match[0], *match.span()) for match in _FINE_WORD.finditer(_lower(plain))]
    at = 0
    while at < len(words):
        step = 1
        for phrase, kind, needs_capital in _PHRASES.get(words[at][0], ()):
            here = words[at : at + len(phrase)]
            is_close = all(after[1] - before[2] <= 2 for before, after in pairwise(here))
            is_written = not needs_capital or plain[here[0][1]].isupper()
            if tuple(word[0] for word in here) == phrase and is_close and is_written:
                yield _Span(here[0][1], here[-1][2], kind)
                step = len(phrase)
                break
        at += step


_UNCOVERED = re.compile(rb"\x00+")


def _longest(spans: Iterable[_Span], plain: str) -> tuple[list[_Span], bytearray]:
    """The longest spans, none over another, and which places they cover.

    A shorter one keeps what a longer one leaves of it, where that still says something.
    """
    kept: list[_Span] = []
    covered = bytearray(len(plain))
    for span in sorted(spans, key=lambda span: span.start - span.end):
        for left in list(_UNCOVERED.finditer(covered, span.start, span.end)):
            start, end = left.span()
            if (start, end) == (span.start, span.end):
                kept.append(span)
            elif any(word.isdecimal() or not _is_ordinary(word) for word in re.findall(r"[A-Za-z'-]{2,}|\d+", plain[start:end])):
                kept.append(_Span(start, end, span.kind))
            else:
                continue
            covered[start:end] = b"\x01" * (end - start)
    return kept, covered


# --- Names -----------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
_ELIDED = re.compile(r"(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu)'(?=[A-Za-z]{2})", re.I)
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:mr|mrs|ms|mx|dr|dre|mme|mlle|st|ste|prof|sgt|cst|const|det|rev|fr|hon|vs|apt))\.$", re.I)
_BETWEEN_NAMES = re.compile(r"[ ](?:[A-Z]\.?[ ])?(?:(?:de la|de|du|la|le|van|von|der|al|bin|St\.|Ste\.)[ ])?|,[ ](?=[A-Z])")


def _starts_sentence(plain: str, at: int) -> bool:
    """Whether a capital here may be that of a sentence."""
    before = plain[:at].rstrip(" \"'([{*")
    if not before or before[-1] in "!?:;\n":
        return True
    if before[-1] == "-":
        return len(before) == 1 or before[-2] in " \n"
    return before[-1] == "." and not _ABBREVIATION.search(before)


def _spans_of_names(reading: _Reading, covered: bytearray) -> Iterator[_Span]:
    """Capitals where no sentence begins, and known names, outside what is already covered."""
    plain, previous = reading.plain, None
    for match in _WORD.finditer(plain):
        if covered[match.start()] or covered[match.end() - 1]:
            continue
        start, end = _word_alone(match)
        if not _is_a_name(reading, match, plain[start:end]):
            continue
        if previous and _BETWEEN_NAMES.fullmatch(plain, previous.end, start) and not any(covered[previous.end : start]):
            previous = _Span(previous.start, end, Kind.NAME)
            continue
        if previous:
            yield previous
        previous = _Span(_first_name_before(plain, start, covered), end, Kind.NAME)
    if previous:
        yield previous


def _word_alone(match: re.Match[str]) -> tuple[int, int]:
    """The word without «l'» before it or "'s" after it."""
    start, end = match.span()
    elided = _ELIDED.match(match[0])
    if elided:
        start += elided.end()
    if match[0].lower().endswith("'s"):
        end -= 2
    return start, max(end, start + 1)


def _is_a_name(reading: _Reading, match: re.Match[str], word: str) -> bool:
    lowered = word.lower()
    if lowered in _FIRST_NAMES or lowered in _FAMILY_NAMES:
        return True
    if "-" in lowered and lowered.split("-")[0] in _FIRST_NAMES:
        return True
    if not word[0].isupper() or len(word) == 1 or _is_ordinary(word):
        return False
    if _starts_sentence(reading.plain, match.start()) and not _has_a_capital_inside(match[0]):
        return not _is_common(lowered) and _does_something(reading, match)
    return not (word[:-1].isupper() and lowered.removesuffix("s") in ALLOWED_ACRONYMS)


def _has_a_capital_inside(word: str) -> bool:
    """As in O'Brien, MacKenzie, Jean-Luc or D'Amours: no sentence makes that capital."""
    return any(before.islower() or before in "'-" for before, after in pairwise(word) if after.isupper())


def _is_common(word: str) -> bool:
    return bool(_COMMON_ENDING.search(word)) or word.removesuffix("s") in _ORDINARY


_NEXT_WORD = re.compile(r",?[ ]([a-z]+(?:'[a-z]+)?)")


def _does_something(reading: _Reading, match: re.Match[str]) -> bool:
    """At the head of a sentence a capital says nothing, so a name is known by the verb or the "'s" after it."""
    if match[0].lower().endswith("'s"):
        return True
    following = _NEXT_WORD.match(reading.plain, match.end())
    if not following or following[1] not in _VERBS_AFTER_A_NAME:
        return False
    # «Retour à la maison»: the accent that the plain letters lost tells «à» from «a».
    return following[1] != "a" or not reading.has_an_accent(following.start(1))


def _first_name_before(plain: str, start: int, covered: bytearray) -> int:
    """A sentence's first word belongs to the family name after it, unless it is an ordinary word."""
    before = re.search(r"([A-Z][a-z]+(?:-[A-Z]?[a-z]+)?)[ ](?:[A-Z]\.[ ])?$", plain[max(0, start - 40) : start])
    if not before or _is_ordinary(before[1]) or _is_common(before[1].lower()):
        return start
    first = max(0, start - 40) + before.start()
    return start if covered[first] else first


# --- Suggestions -----------------------------------------------------------------------------------------------------
# Not translations of the page: they are in the language of the text, which need not be the page's.

_SUGGESTIONS: dict[str, dict[Kind | None, str]] = {
    "en": {
        Kind.NAME: "the person",
        Kind.ADDRESS: "an address in the area",
        Kind.STREET: "a street in the area",
        Kind.PLACE: "a place in the area",
        Kind.TOWN: "the area",
        Kind.FIRST_NATION: "{their} community",
        Kind.SCHOOL: "{their} school",
        Kind.WORKPLACE: "{their} workplace",
        Kind.HANDLE: "an account",
    },
    "fr": {
        Kind.NAME: "la personne",
        Kind.ADDRESS: "une adresse du secteur",
        Kind.STREET: "une rue du secteur",
        Kind.PLACE: "un lieu du secteur",
        Kind.TOWN: "la région",
        Kind.FIRST_NATION: "sa communauté",
        Kind.SCHOOL: "son école",
        Kind.WORKPLACE: "son lieu de travail",
        Kind.HANDLE: "un compte",
    },
}

# The vocabulary's age groups: last year of age, English, French.
_AGE_GROUPS = (
    (5, "0–5", "0 à 5 ans"),
    (11, "6–11", "6 à 11 ans"),
    (17, "12–17", "12 à 17 ans"),
    (24, "18–24", "18 à 24 ans"),
    (29, "25–29", "25 à 29 ans"),
    (39, "30–39", "30 à 39 ans"),
    (59, "40–59", "40 à 59 ans"),
    (125, "60+", "60 ans et plus"),
)


def _suggestion(span: _Span, plain: str, language: str) -> str:
    if span.kind is Kind.AGE:
        return _age_group(span, plain, language)
    if span.kind is Kind.DATE:
        return _roughly_when(span, plain, language)
    if span.kind is Kind.NAME:
        return _who(span, plain, language)
    return _SUGGESTIONS[language].get(span.kind, "").format(their=_possessive(plain))


def _possessive(plain: str) -> str:
    """His, her or their: what the text itself says, when it says one only."""
    words = set(re.findall(r"[a-z]+", plain.lower()))
    his, her = bool(words & {"he", "his", "him"}), bool(words & {"she", "her", "hers"})
    return "his" if his and not her else "her" if her and not his else "their"


def _who(span: _Span, plain: str, language: str) -> str:
    """Who a named person is: nothing where the word before has said it ("his brother Tyler")."""
    if re.match(r"D(?:r|re|octeure?)\b", plain[span.start : span.end]):
        return "a doctor" if language == "en" else "un médecin"
    word_before = re.search(r"([A-Za-z-]+),?[ ]$", plain[: span.start])
    if word_before and word_before[1].lower() in _KIN:
        return ""
    return _SUGGESTIONS[language][Kind.NAME]


def _roughly_when(span: _Span, plain: str, language: str) -> str:
    """Recently or soon, where that fits the sentence ("on March 3", «le 3 mars»)."""
    words, before = plain[span.start : span.end].lower(), plain[max(0, span.start - 12) : span.start].lower()
    if not words.startswith(("on ", "le ")) or re.search(r"(?:depuis|avant|jusqu'|apres|nee?|born|des) ?$", before):
        return ""
    # What stands before the day says whether it has been ("was evicted on March 3 and will…"); what follows tells of something else.
    until_then = re.split(r"[.!?;]", plain[: span.start])[-1]
    told = until_then + words if re.search(r"\w", until_then) else re.split(r"[.!?;]", plain[span.start :])[0]
    is_to_come = re.search(
        r"\b(?:will|court|hearing|trial|until|before|sera|va \w+(?:er|ir|re)|proces|audience|avant|est le|\w+era)\b", told, re.IGNORECASE
    )
    if language == "en":
        return "soon" if is_to_come else "recently"
    return "bientôt" if is_to_come else "récemment"


def _age_group(span: _Span, plain: str, language: str) -> str:
    """The vocabulary's age group, in the form of words that it replaces, or "" where none fits."""
    words, before = plain[span.start : span.end].lower(), plain[max(0, span.start - 20) : span.start].lower()
    if words.endswith(("birthday", "anniversaire")):
        return "birthday" if language == "en" else "anniversaire"
    groups = {_group_of(years) for years in _years(span, words)}
    does_not_fit = re.search(r"\bturn\w*(?: only| just)? $", before) or (words.startswith("grade") and before.endswith("in "))
    if len(groups) != 1 or does_not_fit:
        return ""
    english, french = groups.pop()
    return french if language == "fr" or not english else _in_english(words, before, english)


def _in_english(words: str, before: str, group: str) -> str:
    if re.search(r"\b(?:ans|mois|semaines|jours|annee)$", words):
        return f"{group} years"
    if re.search(r"year|yr|month|mth|week|day|y/?o|y\.o|grade|\d[ -]?[mf]$", words):
        return "senior" if group == "60+" else f"{group}-year-old"
    return group if re.search(r"\b(?:aged?|ages|age of|age:) ?$", before) else f"aged {group}"


def _years(span: _Span, words: str) -> list[int]:
    captured = span.match.groupdict() if span.match else {}
    if captured.get("grade"):
        return [(_number(captured["grade"]) or 0) + 5]
    if re.search(r"month|week|day|mths?|mois|semaine|jour", words):
        return [0]
    numbers = re.findall(_AGE_NUMBER, captured.get("numbers") or words, re.I)
    return [_number(number) or 0 for number in numbers]


def _group_of(years: int) -> tuple[str, str]:
    return next(((english, french) for last, english, french in _AGE_GROUPS if years <= last), ("", ""))


# What French makes of the words before a suggestion: (how they end, what they become). "{de}" is «de» or «d'».
_FRENCH_JOINTS = [
    (re.compile(r"\b(?:du|de la|de l'|de|d')[ ]?$", re.I), "{de}"),
    (re.compile(r"\b(?:au|a la|a l')[ ]?$", re.I), "à "),
    (re.compile(r"\bqu'$", re.I), "que "),
    (re.compile(r"\b(?:la|le|les|l')[ ]?$", re.I), ""),
]
_PLACES_ONE_IS_IN = {Kind.TOWN, Kind.FIRST_NATION, Kind.PLACE}


def _joined(span: _Span, reading: _Reading, suggestion: str, language: str) -> tuple[int, str]:
    """Where the suggestion must begin so that the sentence still reads well («au Collège X» → «à son école»)."""
    plain, start = reading.plain, span.start
    before = plain[max(0, start - 8) : start]
    joint, becomes = None, ""
    if language == "en":
        # "a" may be the «à» of a French sentence, which no English article replaces.
        joint = None if start > 1 and reading.has_an_accent(start - 2) else re.search(r"\b(?:the|an?)[ ]$", before, re.I)
    elif span.kind in _PLACES_ONE_IS_IN and re.search(r"\ba[ ]$", before, re.I):
        joint, becomes = re.search(r"a[ ]$", before, re.I), "dans "
    elif span.kind is Kind.WORKPLACE and re.search(r"\bchez[ ]$", before, re.I):
        joint, becomes = re.search(r"chez[ ]$", before, re.I), "à "
    else:
        joint, becomes = next(((found, to) for ending, to in _FRENCH_JOINTS if (found := ending.search(before))), (None, ""))
    if joint:
        start -= len(joint[0])
        suggestion = becomes.format(de="d’" if suggestion[0] in "aeiou" else "de ") + suggestion
    if _starts_sentence(plain, start):
        suggestion = suggestion[0].upper() + suggestion[1:]
    return start, suggestion


# --- The whole -------------------------------------------------------------------------------------------------------


def _read(text: str, language: str) -> list[Mark]:
    reading = _reading(text)
    known, covered = _longest([*_spans_of_patterns(reading.plain), *_spans_of_known_phrases(reading.plain)], reading.plain)
    spans = sorted([*known, *_spans_of_names(reading, covered)], key=lambda span: span.start)
    found: list[Mark] = []
    for span in spans:
        if span.kind is None:
            continue
        start, suggestion = span.start, _suggestion(span, reading.plain, language)
        if suggestion and span.kind not in (Kind.AGE, Kind.DATE):
            start, suggestion = _joined(span, reading, suggestion, language)
        first, last = reading.starts[start], reading.ends[span.end - 1]
        if found and first < found[-1].end:
            first = max(reading.starts[span.start], found[-1].end)
        if first < last:
            found.append(Mark(first, last, text[first:last], span.kind, EXPLANATIONS[span.kind], suggestion))
    return found
