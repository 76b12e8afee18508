"""Who is brought, by whom, and what is said of them: everything of Filter 1."""

from dataclasses import dataclass
from datetime import date

from practice.seasons.dice import Dice
from practice.seasons.frequencies import (
    AFFECTED_AGES,
    AFFECTED_COUNTS,
    AGES_UNDER_60,
    AT_HOME,
    CONSENTS,
    FACTORS_LEAST,
    FACTORS_MORE,
    FACTORS_MOST,
    FLAGS_OF_ADULTS,
    FLAGS_OF_THE_YOUNG,
    GROUND_OF_TYPE,
    LANGUAGES,
    MAY_BE_PREGNANT,
    NOT_OF_CHILDREN,
    NOT_OF_MINORS,
    OF_MINORS_ONLY,
    OF_PLACES,
    OFFENCES,
    ORIGINATORS,
    PLACE_TYPES,
    PROTECTIVE_COUNTS,
    PROTECTIVE_FACTORS,
    PROTECTS_ADULTS,
    PROTECTS_THE_YOUNG,
    RISK_FACTORS,
    SEXES,
    STUDY_FLAGS,
    TYPES,
    seniors_share,
)
from practice.seasons.themes import THEME_OF_TYPE, THEMES, THEMES_OF_AGE, Theme
from practice.town import ADULTS, AGENCIES, CHANGES, CHILDREN, GAPS, OPENINGS, PLACES, SPANS, TIMES, UNDER_18, YOUNG_ADULTS, Agency


@dataclass(frozen=True)
class Subject:
    """Who or what a situation is about, which sentence opens it, and which agency brings it to which meeting."""

    brought_to: int
    discussion_type: str
    age_group: str | None
    sex_gender: str | None
    language: str
    theme: str
    opening: int
    originator: int

    @property
    def is_a_place(self) -> bool:
        return self.discussion_type in PLACE_TYPES


def subject(dice: Dice, *, meeting: int, on: date, seated: tuple[int, ...]) -> Subject:
    """Someone, or something, that one of the seated agencies brings to the meeting on that day."""
    kind = dice.pick(TYPES)
    age = sex = None
    if kind == "PER":
        age = "60+" if dice.chance(seniors_share(on)) else dice.pick(AGES_UNDER_60)
        sex = dice.pick(SEXES)
    language = "U" if kind in PLACE_TYPES else dice.pick(LANGUAGES)
    theme = THEME_OF_TYPE.get(kind) or dice.pick(THEMES_OF_AGE[_stage_of_life(age or "")])
    able = [index for index in seated if serves(AGENCIES[index], kind, age, sex)] or list(seated)
    group = dice.pick(ORIGINATORS)
    of_group = [index for index in able if _origin_group(AGENCIES[index]) == group] or able
    originator = dice.pick({index: AGENCIES[index].brings * _closeness(AGENCIES[index], theme, language) for index in of_group})
    return Subject(
        brought_to=meeting,
        discussion_type=kind,
        age_group=age,
        sex_gender=sex,
        language=language,
        theme=theme,
        opening=dice.whole(0, len(THEMES[theme].core) - 1),
        originator=originator,
    )


def risk_factors(dice: Dice, about: Subject) -> tuple[str, ...]:
    """At least two factors; a mean of 8 with a long tail, as tables report between 7 and 12."""
    theme = THEMES[about.theme]
    weights = {code: RISK_FACTORS[code] * _leaning(code, about, theme) for code in _can_be_true(about)}
    chosen = [code for code in theme.core[about.opening] if code in weights]
    count = min(FACTORS_LEAST + round(dice.skewed(*FACTORS_MORE)), FACTORS_MOST)
    others = {code: weight for code, weight in weights.items() if code not in chosen}
    return tuple(sorted(chosen + dice.several(others, count - len(chosen))))


def protective_factors(dice: Dice, about: Subject) -> tuple[str, ...]:
    if about.is_a_place:
        return ()
    barred: tuple[str, ...] = ()
    if about.age_group is not None:
        barred = PROTECTS_ADULTS if about.age_group in UNDER_18 else PROTECTS_THE_YOUNG
    weights = {code: weight for code, weight in PROTECTIVE_FACTORS.items() if not code.startswith(barred)}
    return tuple(sorted(dice.several(weights, dice.pick(PROTECTIVE_COUNTS))))


def study_flags(dice: Dice, about: Subject, *, factors: tuple[str, ...], discussed_before: str) -> tuple[str, ...]:
    flags = [flag for flag, holds in (("SF-15", about.theme == "hoarding"), ("SF-23", discussed_before == "yes")) if holds]
    for flag, (alone, beside) in STUDY_FLAGS.items():
        share = max([alone, *(share for start, share in beside.items() if any(code.startswith(start) for code in factors))])
        if flag in FLAGS_OF_THE_YOUNG and about.age_group not in ("6-11", "12-17", "18-24"):
            share = 0.0
        if flag in FLAGS_OF_ADULTS and about.age_group not in ADULTS:
            share = 0.0
        if flag == "SF-18" and about.language not in ("EN", "FR", "U"):
            share = 0.5
        if dice.chance(share) and flag not in flags:
            flags.append(flag)
    return tuple(sorted(flags))


def affected_ages(dice: Dice, about: Subject) -> tuple[str, ...]:
    """The age groups of the others whom it touches; of a family, its members."""
    if about.discussion_type == "FAM":
        ages = [dice.pick({"18-24": 1, "25-29": 2, "30-39": 5, "40-59": 3}) for _ in range(dice.whole(1, 2))]
        ages += [dice.pick({"0-5": 3, "6-11": 3, "12-17": 4}) for _ in range(dice.whole(1, 4))]
    else:
        ages = [dice.pick(AFFECTED_AGES) for _ in range(dice.pick(AFFECTED_COUNTS[about.discussion_type]))]
    return tuple(sorted(ages, key=list(AFFECTED_AGES).index))


def consent(dice: Dice, about: Subject) -> tuple[str, str | None]:
    """The consent code, and without consent the legal ground on which an agency of this kind may speak."""
    code = "NOT" if about.is_a_place else dice.pick(CONSENTS)
    if code == "YES":
        return code, None
    usual = GROUND_OF_TYPE.get(AGENCIES[about.originator].agency_type)
    return code, dice.pick({usual: 88, "CONSIST": 8, "LAW": 4} if usual else {"LAW": 60, "CONSIST": 40})


def writing_language(dice: Dice, about: Subject) -> str:
    """The language in which the originator writes, ``en`` or ``fr``."""
    if AGENCIES[about.originator].language == "fr":
        return "fr"
    return "fr" if dice.chance(0.3 if about.language == "FR" else 0.02) else "en"


def why_now(dice: Dice, about: Subject, *, language: str) -> str:
    """Three short sentences: what happens, what has changed, why one agency is not enough; 140 to 260 characters."""
    opening = OPENINGS[language][about.theme][about.opening].format(
        place=dice.one_of(PLACES[language]), span=dice.one_of(SPANS[language]), times=dice.one_of(TIMES[language])
    )
    return f"{opening} {dice.one_of(CHANGES[language])} {dice.one_of(GAPS[language])}"


def serves(agency: Agency, discussion_type: str, age_group: str | None, sex_gender: str | None) -> bool:
    """Whether the agency works with such people; a school board does not bring a neighbourhood."""
    if agency.slug == "juniper-door" and sex_gender not in ("F", "X", "U"):
        return False
    if age_group is not None:
        return age_group in agency.serves
    if discussion_type in ("FAM", "GRP"):
        return True
    return all(group in agency.serves for group in ADULTS)


def _stage_of_life(age_group: str) -> str:
    if age_group in CHILDREN:
        return "child"
    if age_group in YOUNG_ADULTS:
        return "young"
    return {"12-17": "teen", "60+": "senior"}.get(age_group, "middle")


def _origin_group(agency: Agency) -> str:
    return agency.sector if agency.sector in ORIGINATORS else "others"


def _closeness(agency: Agency, theme: str, language: str) -> float:
    """How much nearer an agency is to what it knows, and to who speaks its language."""
    nearness = 3.0 if agency.slug in THEMES[theme].hands else 1.0
    if agency.language == "fr":
        nearness *= 4.0 if language == "FR" else 0.35
    elif agency.sector == "SEC-07" and language in ("ANI", "CRE"):
        nearness *= 6.0
    return nearness


def _can_be_true(about: Subject) -> list[str]:
    """The risk factors that can be said of such a person, family or place."""
    if about.is_a_place:
        return [code for code in RISK_FACTORS if code.startswith(OF_PLACES)]
    if about.age_group in CHILDREN:
        barred = NOT_OF_CHILDREN
    elif about.age_group in UNDER_18:
        barred = NOT_OF_MINORS
    else:
        barred = {"FAM": ("CRI-00",), "GRP": (*OF_MINORS_ONLY, *OFFENCES)}.get(about.discussion_type, OF_MINORS_ONLY)
    if about.age_group != "60+":
        barred = (*barred, "ELD-02")
    if about.discussion_type == "PER" and not (about.sex_gender in ("F", "X") and about.age_group in MAY_BE_PREGNANT):
        barred = (*barred, "PHY-06")
    return [code for code in RISK_FACTORS if not code.startswith(barred)]


def _leaning(code: str, about: Subject, theme: Theme) -> float:
    """How much likelier a factor is, given what the situation is about."""
    leaning = theme.leans.get(code[:3], 1.0)
    if about.discussion_type == "FAM" and code.startswith(AT_HOME):
        leaning *= 2.0
    if about.age_group == "60+" and code.startswith(("GNG", "PEE", "CRI", "SVI", "UNE")):
        leaning *= 0.2
    return leaning
