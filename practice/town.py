"""Loon Narrows, a northern town that does not exist: its tables, agencies and people, and the words in which it speaks.

Everything here is invented, and looks it: people are called after birds, stones, trees and weather.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, time

TOWN_EN = "Loon Narrows"
TOWN_FR = "Passe-du-Huart"
MAIL_DOMAIN = "practice.example"

CHILDREN = ("0-5", "6-11")
UNDER_18 = (*CHILDREN, "12-17")
YOUNG_ADULTS = ("18-24", "25-29")
ADULTS = (*YOUNG_ADULTS, "30-39", "40-59", "60+")
EVERYONE = (*UNDER_18, *ADULTS)


@dataclass(frozen=True)
class Agency:
    """A partner organisation, and its habits.

    ``brings`` is its weight among those of its kind that bring situations, ``attends`` how likely it is to be at a meeting,
    ``serves`` the age groups that it works with.
    """

    slug: str
    name: str
    language: str
    sector: str
    agency_type: str
    brings: float
    attends: float
    serves: tuple[str, ...] = EVERYONE


AGENCIES = (
    Agency("blueberry-hill", "Blueberry Hill School Board", "en", "SEC-01", "AGT-16", 7.0, 0.93, ("6-11", "12-17")),
    Agency("paper-kite", "Paper Kite Catholic School Board", "en", "SEC-01", "AGT-17", 4.0, 0.80, ("6-11", "12-17")),
    Agency("melezes", "Conseil scolaire public des Mélèzes", "fr", "SEC-01", "AGT-18", 2.2, 0.66, ("6-11", "12-17")),
    Agency("trois-renards", "Conseil scolaire catholique des Trois-Renards", "fr", "SEC-01", "AGT-19", 3.2, 0.72, ("6-11", "12-17")),
    Agency("driftwood", "Driftwood College", "en", "SEC-01", "AGT-20", 0.9, 0.45, YOUNG_ADULTS),
    Agency("maple-key", "Maple Key Hospital", "en", "SEC-02", "AGT-07", 4.8, 0.90),
    Agency("tamarack", "Tamarack Public Health", "en", "SEC-02", "AGT-08", 0.9, 0.75),
    Agency("thimbleberry", "Thimbleberry Community Health Centre", "en", "SEC-02", "AGT-09", 1.6, 0.70),
    Agency("warm-mittens", "Warm Mittens Home Care", "en", "SEC-02", "AGT-11", 1.4, 0.62, ("40-59", "60+")),
    Agency("red-canoe", "Red Canoe Fire Service", "en", "SEC-03", "AGT-05", 1.4, 0.60),
    Agency("swift-heron", "Swift Heron Paramedics", "en", "SEC-03", "AGT-06", 2.8, 0.72),
    Agency("granite-birch", "Granite & Birch Police Service", "en", "SEC-04", "AGT-01", 31.0, 0.99),
    Agency("long-portage", "Long Portage Provincial Detachment", "en", "SEC-04", "AGT-02", 4.0, 0.78),
    Agency("paper-lantern", "Paper Lantern Mental Health", "en", "SEC-05", "AGT-12", 9.5, 0.99, ADULTS),
    Agency("loon-call", "Loon Call Youth Services", "en", "SEC-05", "AGT-13", 3.0, 0.94, (*UNDER_18, "18-24")),
    Agency("second-spring", "Second Spring Addiction Care", "en", "SEC-05", "AGT-14", 2.5, 0.90, ("12-17", *ADULTS)),
    Agency("night-porch", "Night Porch Crisis Team", "en", "SEC-05", "AGT-15", 3.0, 0.88, ("12-17", *ADULTS)),
    Agency("kettle-lake", "Kettle Lake Child Services", "en", "SEC-06", "AGT-21", 7.5, 0.93, UNDER_18),
    Agency("blue-heron", "Blue Heron Child and Family Well-Being", "en", "SEC-06", "AGT-22", 1.8, 0.74, (*UNDER_18, "18-24")),
    Agency("cedar-landing", "Cedar Landing Friendship Centre", "en", "SEC-07", "AGT-35", 2.2, 0.80),
    Agency("whispering-pines", "Whispering Pines Indigenous Health Centre", "en", "SEC-07", "AGT-10", 1.6, 0.68),
    Agency("lucioles", "Les Lucioles, services à la jeunesse", "fr", "SEC-08", "AGT-36", 1.6, 0.78, (*UNDER_18, *YOUNG_ADULTS)),
    Agency("belle-boussole", "Centre communautaire La Belle Boussole", "fr", "SEC-08", "AGT-36", 1.2, 0.66),
    Agency("prism-harbour", "Prism Harbour Centre", "en", "SEC-09", "AGT-37", 0.8, 0.50, ("12-17", *ADULTS)),
    Agency("snowshoe", "Snowshoe Income Support", "en", "SEC-10", "AGT-29", 3.6, 0.92, ADULTS),
    Agency("jack-pine", "Jack Pine Disability Benefits Office", "en", "SEC-10", "AGT-30", 0.9, 0.52, ADULTS),
    Agency("quiet-oar", "Quiet Oar Adult Protection", "en", "SEC-10", "AGT-34", 1.8, 0.68, ADULTS),
    Agency("moonlight-ferry", "Moonlight Ferry Housing", "en", "SEC-11", "AGT-31", 4.2, 0.94, ADULTS),
    Agency("open-kettle", "Open Kettle Shelter", "en", "SEC-11", "AGT-32", 3.4, 0.86, ADULTS),
    Agency("juniper-door", "Juniper Door Women’s Shelter", "en", "SEC-11", "AGT-28", 1.5, 0.70, ADULTS),
    Agency("snow-bridge", "Snow Bridge Probation Office", "en", "SEC-12", "AGT-24", 2.4, 0.80, ADULTS),
    Agency("steady-hands", "Steady Hands Victim Services", "en", "SEC-12", "AGT-27", 1.5, 0.72),
)
AGENCY_INDEX = {agency.slug: index for index, agency in enumerate(AGENCIES)}


@dataclass(frozen=True)
class PracticeTable:
    """A table as its settings say it: three names, rhythm by weekday (0 is Monday) and wall clock, and the seats (agencies' slugs)."""

    slug: str
    name_en: str
    name_fr: str
    name_oj: str
    time_zone: str
    number_prefix: str
    weekdays: tuple[int, ...]
    starts_at: time
    length_minutes: int
    place: str
    decision_rule: str
    naming: str
    retention_days: int
    seats: tuple[str, ...]


MAIN_TABLE = PracticeTable(
    slug="main",
    name_en="Rapid Mobilization Table",
    name_fr="Table de mobilisation rapide",
    name_oj="Weweni EnjiNagidwendaagozing",
    time_zone="America/Toronto",
    number_prefix="",
    weekdays=(1, 3),
    starts_at=time(13, 30),
    length_minutes=120,
    place="Birch Room",
    decision_rule="consensus",
    naming="spoken",
    retention_days=30,
    seats=tuple(agency.slug for agency in AGENCIES),
)
# A table in the country, where the nearest partners are an hour apart and names cannot safely be spoken over the line.
# No third name: one is given by those whose language it is, and is not made up.
SISTER_TABLE = PracticeTable(
    slug="sister",
    name_en="Rural Table of Mitten Portage",
    name_fr="Table rurale du Portage-aux-Mitaines",
    name_oj="",
    time_zone="America/Toronto",
    number_prefix="MP",
    weekdays=(2,),
    starts_at=time(10, 0),
    length_minutes=90,
    place="Video",
    decision_rule="vote",
    naming="sealed",
    retention_days=14,
    seats=(
        "blueberry-hill",
        "thimbleberry",
        "long-portage",
        "paper-lantern",
        "second-spring",
        "kettle-lake",
        "lucioles",
        "snowshoe",
        "moonlight-ferry",
    ),
)
TABLES = (MAIN_TABLE, SISTER_TABLE)


def closed_days(year: int) -> dict[date, tuple[str, str]]:
    """The fixed days of a year on which no table sits, each with its name in English and French."""
    winter = ("Winter break", "Congé d’hiver")
    return {
        date(year, 1, 1): ("New Year’s Day", "Jour de l’An"),
        date(year, 7, 1): ("Canada Day", "Fête du Canada"),
        date(year, 9, 30): ("National Day for Truth and Reconciliation", "Journée nationale de la vérité et de la réconciliation"),
        **{date(year, 12, day): winter for day in range(24, 32)},
    }


@dataclass(frozen=True)
class Person:
    """Someone who acts for an agency, or for the table itself (``agency`` is None); ``roles`` are held at the main table."""

    full_name: str
    email: str
    agency: str | None
    language: str
    roles: tuple[str, ...]
    sister_roles: tuple[str, ...] = ()

    def roles_at(self, table: PracticeTable) -> tuple[str, ...]:
        return self.sister_roles if table.slug == SISTER_TABLE.slug else self.roles


def plain_ascii(text: str) -> str:
    """The text in lower-case ASCII letters, words joined by dots: ``Odile Mésange`` is ``odile.mesange``."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return ".".join(bare.lower().split())


def _person(full_name: str, agency: str | None, roles: str, *, language: str = "en", sister: str = "") -> Person:
    return Person(full_name, f"{plain_ascii(full_name)}@{MAIL_DOMAIN}", agency, language, tuple(roles.split()), tuple(sister.split()))


STAFF = (
    _person("Linden Kestrel", None, "chair", sister="chair"),
    _person("Phoebe Mica", None, "recorder", sister="recorder"),
    _person("Hazel Dolomite", None, "coordinator", sister="coordinator"),
    _person("Solène Ardoise", None, "coordinator recorder", language="fr", sister="coordinator"),
    _person("Garnet Zephyr", None, "steering", sister="steering"),
    _person("Laurel Basalt", None, "privacy_officer", sister="privacy_officer"),
    _person("Flint Nimbus", None, "administrator", sister="administrator"),
    _person("Teal Flurry", None, "observer"),
)

MEMBERS = (
    _person("Heath Waxwing", "blueberry-hill", "agency_lead representative", sister="representative"),
    _person("Clover Grosbeak", "blueberry-hill", "alternate", sister="alternate"),
    _person("Myrtle Siskin", "paper-kite", "agency_lead representative"),
    _person("Reed Gneiss", "paper-kite", "alternate"),
    _person("Colombe Épinette", "melezes", "agency_lead representative", language="fr"),
    _person("Sylvain Grésil", "melezes", "alternate", language="fr"),
    _person("Florent Chardonneret", "trois-renards", "agency_lead representative", language="fr"),
    _person("Rosalie Calcaire", "trois-renards", "alternate", language="fr"),
    _person("Basil Sandpiper", "driftwood", "agency_lead representative"),
    _person("Ivy Merganser", "maple-key", "agency_lead steering"),
    _person("Beryl Nuthatch", "maple-key", "representative"),
    _person("Aurore Sittelle", "maple-key", "alternate", language="fr"),
    _person("Juniper Quartz", "tamarack", "agency_lead representative"),
    _person("Peregrine Alder", "tamarack", "alternate"),
    _person("Fern Goldeneye", "thimbleberry", "agency_lead representative", sister="representative"),
    _person("Céleste Bouleau", "thimbleberry", "alternate", language="fr", sister="alternate"),
    _person("Olive Hornbeam", "warm-mittens", "agency_lead representative"),
    _person("Amber Cumulus", "warm-mittens", "alternate"),
    _person("Ash Thunder", "red-canoe", "agency_lead representative"),
    _person("Marten Hailstone", "red-canoe", "alternate"),
    _person("Lark Schist", "swift-heron", "agency_lead representative"),
    _person("Gale Bunting", "swift-heron", "alternate"),
    _person("Jasper Sleet", "granite-birch", "agency_lead steering"),
    _person("Rowan Kinglet", "granite-birch", "representative"),
    _person("Ambre Verglas", "granite-birch", "alternate", language="fr"),
    _person("Clay Dunlin", "long-portage", "agency_lead representative", sister="agency_lead representative"),
    _person("Holly Drizzle", "long-portage", "alternate", sister="alternate"),
    _person("Opal Chickadee", "paper-lantern", "agency_lead representative chair", sister="representative"),
    _person("Willow Vireo", "paper-lantern", "representative"),
    _person("Capucine Pinson", "paper-lantern", "alternate", language="fr", sister="alternate"),
    _person("Merlin Tanager", "loon-call", "agency_lead"),
    _person("Wren Feldspar", "loon-call", "representative"),
    _person("Sky Plover", "loon-call", "alternate"),
    _person("Aspen Pipit", "second-spring", "agency_lead representative", sister="representative"),
    _person("Garnet Larch", "second-spring", "alternate", sister="alternate"),
    _person("Storm Godwit", "night-porch", "agency_lead representative"),
    _person("Pearl Thaw", "night-porch", "alternate"),
    _person("Robin Bittern", "kettle-lake", "agency_lead representative steering", sister="representative"),
    _person("Marguerite Roitelet", "kettle-lake", "representative", language="fr"),
    _person("Briar Slate", "kettle-lake", "alternate", sister="alternate"),
    _person("Sage Whimbrel", "blue-heron", "agency_lead representative"),
    _person("Finch Tamarind", "blue-heron", "alternate"),
    _person("Cedar Osprey", "cedar-landing", "agency_lead representative"),
    _person("Aurora Pebble", "cedar-landing", "alternate"),
    _person("Raven Hemlock", "whispering-pines", "agency_lead representative"),
    _person("Brook Killdeer", "whispering-pines", "alternate"),
    _person("Odile Mésange", "lucioles", "agency_lead representative", language="fr", sister="representative"),
    _person("Olivier Giboulée", "lucioles", "alternate", language="fr", sister="alternate"),
    _person("Églantine Granit", "belle-boussole", "agency_lead representative", language="fr"),
    _person("Roch Quiscale", "belle-boussole", "alternate", language="fr"),
    _person("Iris Turnstone", "prism-harbour", "agency_lead representative"),
    _person("Poppy Basswood", "snowshoe", "agency_lead representative", sister="representative"),
    _person("Jay Gypsum", "snowshoe", "alternate", sister="alternate"),
    _person("Ruby Hickory", "jack-pine", "agency_lead representative"),
    _person("Perle Sorbier", "quiet-oar", "agency_lead representative", language="fr"),
    _person("Glen Sapsucker", "quiet-oar", "alternate"),
    _person("Martin Obsidian", "moonlight-ferry", "agency_lead representative", sister="representative"),
    _person("Starling Spruce", "moonlight-ferry", "alternate", sister="alternate"),
    _person("Copper Towhee", "open-kettle", "agency_lead representative"),
    _person("Misty Marl", "open-kettle", "alternate"),
    _person("Violet Grebe", "juniper-door", "agency_lead representative"),
    _person("Océane Poudrerie", "juniper-door", "alternate", language="fr"),
    _person("Cliff Dovekie", "snow-bridge", "agency_lead representative"),
    _person("Dawn Hawthorn", "steady-hands", "agency_lead representative"),
    _person("Anémone Rafale", "steady-hands", "alternate", language="fr"),
)
PEOPLE = (*STAFF, *MEMBERS)

# One named sign-in per role, and a representative who works in French.
SIGN_INS = {
    "representative": "wren.feldspar@practice.example",
    "representative_fr": "odile.mesange@practice.example",
    "alternate": "sky.plover@practice.example",
    "agency_lead": "merlin.tanager@practice.example",
    "chair": "linden.kestrel@practice.example",
    "recorder": "phoebe.mica@practice.example",
    "coordinator": "hazel.dolomite@practice.example",
    "steering": "garnet.zephyr@practice.example",
    "privacy_officer": "laurel.basalt@practice.example",
    "administrator": "flint.nimbus@practice.example",
    "observer": "teal.flurry@practice.example",
}

# Addresses under seal, at the sister table only; no sentence of a situation may hold one.
STREETS = ("Kettle Whistle Lane", "Odd Sock Road", "Teapot Crescent", "Button Jar Street", "rue de la Mitaine", "chemin du Chat-Botté")

# What follows are the words of *why now*: no name, place, date or exact age, and nothing that only one person could be.
PLACES = {
    "en": ("a stairwell", "a parking garage", "a bus shelter", "a laundry room", "an unheated shed", "a parked car"),
    "fr": (
        "une cage d’escalier",
        "un stationnement couvert",
        "un abribus",
        "une buanderie",
        "une remise sans chauffage",
        "une voiture stationnée",
    ),
}
SPANS = {
    "en": ("three weeks", "a month", "several weeks", "two months"),
    "fr": ("trois semaines", "un mois", "plusieurs semaines", "deux mois"),
}
TIMES = {"en": ("twice", "three times", "several times"), "fr": ("deux fois", "trois fois", "plusieurs fois")}

OPENINGS = {
    "en": {
        "crisis": (
            "Talks of wanting to die almost every night and has stopped the medication that used to help.",
            "Has been to emergency {times} and left each time before seeing a doctor.",
            "Hears voices that grow louder, no longer sleeps, and refuses food from anyone.",
            "Sends goodbye messages to relatives and has stopped opening the door to workers.",
        ),
        "substance": (
            "Survived two overdoses in {span} and now uses alone, at night, with nobody to call.",
            "Left treatment early and went back to using the same day, with a much lower tolerance.",
            "Uses in {place} and has been found unconscious there {times}.",
            "Sells belongings to pay for drugs and owes money to people who make threats.",
        ),
        "alcohol": (
            "Drinks from morning on, falls often, and has been found asleep outdoors {times}.",
            "Lost a place in treatment after drinking again and now drinks what is not meant for drinking.",
            "Drinks alone since a loss in the family and no longer takes heart medication.",
        ),
        "housing": (
            "Must leave the apartment within days and has nowhere else to go.",
            "Rent is months behind, the power is about to be cut, and an eviction order has been asked for.",
            "Sleeps on relatives’ couches, has worn out every welcome, and carries everything in one bag.",
            "Strangers have taken over the apartment and the tenant is afraid to go home.",
        ),
        "homeless": (
            "Sleeps in {place} since losing a bed at the shelter, with wounds that do not heal.",
            "Has stayed in {place} for {span} and is barred from the shelter until a review.",
            "Lives in a tent away from others and has lost touch with every outreach worker.",
        ),
        "violence": (
            "A former partner has found the new home and waits outside, in spite of a court order.",
            "Went back to a partner who is violent and has cancelled every appointment since.",
            "Has fresh bruises, says little, and is never allowed to speak with a worker alone.",
            "Has threatened to hurt a partner, and says that there is nothing left to lose.",
        ),
        "justice": (
            "Left custody with no place to live, no identification and no prescription.",
            "Has breached conditions {times} and says that going back to jail would be easier.",
            "Makes threats toward staff at several offices and has been barred from most of them.",
        ),
        "school": (
            "Has not come to class for {span}, sleeps in different places, and says that home is not safe.",
            "Spends the nights with older peers and comes back with new things that nobody can explain.",
            "Has self-harmed again, and the parent no longer knows how to keep the home safe.",
            "Ran away {times} and was found each time with adults who supply drugs.",
        ),
        "exploitation": (
            "Is driven to other towns by an older partner who keeps the phone and the money.",
            "Owes a debt to a group that sells drugs and is made to carry parcels to repay it.",
            "Receives threats online over private pictures and no longer leaves the bedroom.",
        ),
        "health": (
            "Misses treatment to look after someone else and has collapsed {times}.",
            "Left hospital against advice with an open wound and cannot climb the stairs at home.",
            "Has diabetes that is out of control, no family doctor, and no fridge to keep insulin.",
        ),
        "senior": (
            "Lives alone, wanders at night in light clothing, and no longer knows the way home.",
            "A relative has taken over the bank card and there is no food left in the kitchen.",
            "Cares for a spouse who is confused, has fallen {times}, and refuses any help at home.",
            "Leaves the stove on, lets strangers in, and gives the pension away as soon as it comes.",
        ),
        "hoarding": (
            "Rooms are filled to the ceiling, exits are blocked, and the heat has been cut off.",
            "Lives without running water among piles of belongings and too many animals.",
        ),
        "child": (
            "Comes to child care hungry, in clothes that are too thin, and startles when spoken to.",
            "Sees violence between adults at home and has begun to hurt smaller children.",
            "Has missed many medical visits, and the adults at home no longer answer the door.",
        ),
        "family": (
            "The parents use drugs in the home, the children miss school, and food runs out early.",
            "Parents and teenager fight every night, and the last fight ended with a broken door.",
            "A parent in deep grief no longer gets up, and the oldest child looks after all the others.",
            "Two households share two rooms after losing a home, and tempers have turned into blows.",
        ),
        "dwelling": (
            "People come and go at all hours in one apartment, with overdoses and fights on the stairs.",
            "A rooming house has no working alarms, drug use in the halls, and tenants afraid to complain.",
        ),
        "neighbourhood": (
            "A few blocks see fires in bins, open drug use and people hurt nearly every night.",
            "Residents of one area no longer go out after dark since a group took over the park.",
        ),
        "environment": (
            "A camp near the water has grown, with fuel heaters in tents and needles on the ground.",
            "The space under a bridge has become a place where people use, fall and get hurt.",
        ),
        "group": (
            "A group of young people meets at night to fight for money, and posts it online.",
            "Several newcomers share one room, work without papers, and fear those who house them.",
        ),
    },
    "fr": {
        "crisis": (
            "La personne dit presque chaque soir vouloir mourir et a cessé le traitement qui l’aidait.",
            "La personne s’est rendue {times} à l’urgence et en est repartie sans voir de médecin.",
            "La personne entend des voix de plus en plus fortes, ne dort plus et refuse de manger.",
            "La personne envoie des messages d’adieu à ses proches et n’ouvre plus aux intervenants.",
        ),
        "substance": (
            "La personne a survécu à deux surdoses en {span} et consomme maintenant seule, la nuit.",
            "La personne a quitté le traitement avant la fin et a consommé de nouveau le jour même.",
            "La personne consomme dans {place} et y a été trouvée inconsciente {times}.",
            "La personne vend ses biens pour consommer et doit de l’argent à des gens qui menacent.",
        ),
        "alcohol": (
            "La personne boit dès le matin, tombe souvent et a été trouvée endormie dehors {times}.",
            "La personne a perdu sa place en traitement et boit maintenant des produits non comestibles.",
            "La personne boit seule depuis un deuil et ne prend plus ses remèdes pour le cœur.",
        ),
        "housing": (
            "La personne doit quitter son logement d’ici quelques jours et n’a nulle part où aller.",
            "Le loyer a des mois de retard, le courant sera coupé et une expulsion a été demandée.",
            "La personne dort chez l’un et chez l’autre, n’est plus la bienvenue et porte tout dans un sac.",
            "Des inconnus occupent le logement et la personne a peur de rentrer chez elle.",
        ),
        "homeless": (
            "La personne dort dans {place} depuis qu’elle a perdu son lit au refuge; ses plaies guérissent mal.",
            "La personne reste dans {place} depuis {span} et n’a plus accès au refuge pour l’instant.",
            "La personne vit sous la tente, à l’écart, et a perdu le contact avec toutes les équipes.",
        ),
        "violence": (
            "L’ex-partenaire a trouvé le nouveau logement et attend dehors malgré une ordonnance.",
            "La personne est retournée chez un partenaire violent et annule depuis tous ses rendez-vous.",
            "La personne a des bleus récents, parle peu et n’est jamais laissée seule avec quiconque.",
            "La personne menace de s’en prendre à l’autre parent et dit n’avoir plus rien à perdre.",
        ),
        "justice": (
            "La personne est sortie de détention sans logement, sans pièce d’identité et sans ordonnance.",
            "La personne a manqué {times} à ses conditions et dit que la prison serait plus facile.",
            "La personne menace le personnel de plusieurs bureaux et n’y est presque plus admise.",
        ),
        "school": (
            "La personne ne vient plus en classe depuis {span}, dort un peu partout et craint la maison.",
            "La personne passe ses nuits avec des plus vieux et revient avec des objets inexpliqués.",
            "La personne s’est encore blessée et le parent ne sait plus comment assurer sa sécurité.",
            "La personne a fugué {times} et se trouvait chaque fois avec des adultes qui vendent.",
        ),
        "exploitation": (
            "La personne est menée d’une ville à l’autre par un partenaire plus âgé qui garde son argent.",
            "La personne a une dette envers un groupe qui vend de la drogue et livre pour la rembourser.",
            "La personne reçoit des menaces au sujet d’images intimes et ne sort plus de sa chambre.",
        ),
        "health": (
            "La personne manque ses traitements pour s’occuper d’un proche et s’est effondrée {times}.",
            "La personne a quitté l’hôpital contre avis avec une plaie ouverte et ne peut monter l’escalier.",
            "La personne a un diabète mal équilibré, aucun médecin et rien pour garder son insuline au froid.",
        ),
        "senior": (
            "La personne vit seule, sort la nuit peu vêtue et ne retrouve plus son chemin.",
            "Un proche a pris la carte bancaire et il ne reste rien à manger dans la cuisine.",
            "La personne prend soin d’un conjoint confus, est tombée {times} et refuse toute aide.",
            "La personne oublie la cuisinière, laisse entrer des inconnus et donne sa pension.",
        ),
        "hoarding": (
            "Les pièces sont pleines jusqu’au plafond, les sorties sont bloquées et le chauffage est coupé.",
            "La personne vit sans eau courante parmi des piles d’objets et trop d’animaux.",
        ),
        "child": (
            "L’enfant arrive à la garderie affamé, trop peu vêtu, et sursaute quand on lui parle.",
            "L’enfant voit de la violence entre adultes à la maison et s’en prend à de plus petits.",
            "L’enfant a manqué bien des visites médicales et les adultes n’ouvrent plus la porte.",
        ),
        "family": (
            "Les parents consomment à la maison, les enfants manquent l’école et la nourriture s’épuise.",
            "Parents et adolescent se disputent chaque soir; la dernière fois, une porte a été brisée.",
            "Un parent en deuil ne se lève plus et l’aînée des enfants s’occupe de tous les autres.",
            "Deux ménages partagent deux pièces après la perte d’un logement et en viennent aux coups.",
        ),
        "dwelling": (
            "On entre et on sort à toute heure d’un logement, avec surdoses et bagarres dans l’escalier.",
            "Une maison de chambres n’a plus d’avertisseurs; on y consomme et les locataires ont peur.",
        ),
        "neighbourhood": (
            "Quelques rues voient des feux de poubelles, de la consommation et des blessés chaque nuit.",
            "Les gens d’un secteur ne sortent plus le soir depuis qu’un groupe occupe le parc.",
        ),
        "environment": (
            "Un campement près de l’eau grandit, avec du chauffage au gaz et des seringues au sol.",
            "Le dessous d’un pont est devenu un lieu où l’on consomme, où l’on tombe et se blesse.",
        ),
        "group": (
            "Des jeunes se retrouvent la nuit pour se battre contre de l’argent et diffusent le tout.",
            "Des personnes nouvellement arrivées partagent une pièce et craignent ceux qui les logent.",
        ),
    },
}

CHANGES = {
    "en": (
        "It has become worse in the past few days.",
        "Calls for help have doubled since last month.",
        "The last few days brought three emergency calls.",
        "Workers fear serious harm within days.",
        "The support that held until now has just ended.",
        "A recent loss has made all of this more acute.",
        "The nights are the worst, when help is closed.",
        "Two visits this week found the risk growing.",
        "An earlier safety plan no longer holds.",
        "The one person who was trusted has moved away.",
    ),
    "fr": (
        "La situation s’est aggravée ces derniers jours.",
        "Les appels à l’aide ont doublé depuis un mois.",
        "Il y a eu trois appels d’urgence ces derniers jours.",
        "On craint un tort grave d’ici quelques jours.",
        "Le soutien qui tenait jusqu’ici vient de prendre fin.",
        "Une perte récente a tout rendu plus aigu.",
        "Les nuits sont le pire moment, quand tout est fermé.",
        "Deux visites cette semaine ont montré un risque accru.",
        "Le plan de sécurité précédent ne tient plus.",
        "La seule présence de confiance est partie au loin.",
    ),
}

GAPS = {
    "en": (
        "Housing, health and income all need to move at once.",
        "One agency has tried alone and cannot hold it.",
        "Several services know a part of this, none the whole.",
        "Outreach went twice and was not let in.",
        "The waiting list is long and the risk will not wait.",
        "A joint visit by people already trusted may work.",
        "Each service has done its part and the risk remains.",
        "Referrals were made, but there was no follow-through.",
        "The needs cross health, safety and housing.",
        "Support was accepted once before, with a trusted worker present.",
    ),
    "fr": (
        "Logement, santé et revenu doivent avancer ensemble.",
        "Un seul organisme a essayé et n’y suffit pas.",
        "Plusieurs services en savent une partie, aucun le tout.",
        "Deux visites de proximité sont restées sans réponse.",
        "La liste d’attente est longue et le risque n’attend pas.",
        "Une visite conjointe de gens de confiance pourrait aider.",
        "Chaque service a fait sa part et le risque demeure.",
        "Des aiguillages ont été faits, mais restent sans suite.",
        "Les besoins touchent la santé, la sécurité et le logement.",
        "L’aide a déjà été acceptée une fois, dans un climat de confiance.",
    ),
}

# What agencies say of a systemic issue: the kind of issue, in English and French.
ISSUE_LINES = {
    "SYS-01": (
        "There is no bed in town for someone who still uses and needs medical care.",
        "Aucun lit en ville pour qui consomme encore et a besoin de soins.",
    ),
    "SYS-02": (
        "The wait for supportive housing is longer than most tenancies last.",
        "L’attente pour un logement avec soutien dépasse la durée de bien des baux.",
    ),
    "SYS-03": (
        "People just above the income line are turned away by every program.",
        "Les gens tout juste au-dessus du seuil de revenu sont refusés partout.",
    ),
    "SYS-04": (
        "Crisis counselling cannot be had in the language people ask for.",
        "Le soutien en crise n’est pas offert dans la langue demandée.",
    ),
    "SYS-05": ("There is no ride to treatment outside the bus route.", "Aucun transport vers le traitement hors du trajet d’autobus."),
    "SYS-06": (
        "The fee for identification keeps people out of every waiting list.",
        "Le coût des pièces d’identité empêche de s’inscrire aux listes d’attente.",
    ),
    "SYS-07": ("Help closes at the hour when most crises begin.", "L’aide ferme à l’heure où commencent la plupart des crises."),
    "SYS-08": (
        "Two agencies each wait for the other’s form before they may begin.",
        "Deux organismes attendent chacun le formulaire de l’autre avant d’agir.",
    ),
    "SYS-09": (
        "Youth support ends months before adult support can begin.",
        "Le soutien jeunesse prend fin des mois avant celui des adultes.",
    ),
    "SYS-10": (
        "Nobody keeps a list of who may be called outside office hours.",
        "Personne ne tient la liste de qui appeler hors des heures de bureau.",
    ),
}
