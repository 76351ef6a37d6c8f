"""What people type for things that the finder also has a filter for: "wheelchair", "in Spanish".

Beside the topics, which have a table of their own that editors change.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from babel import Locale

from directory.choices import AccessFeature, Audience, Format
from directory.text.spoken_names import SIGN_LANGUAGES

# The languages of the site, and those most spoken where it may run.
SPOKEN_IN = ("en", "es", "fr", "ar")
LANGUAGES = (
    *("ar", "bn", "cy", "de", "en", "es", "fa", "fr", "ga", "gd", "gu", "hi", "it", "ku", "lt"),
    *(
        "nl",
        "pa",
        "pl",
        "ps",
        "pt",
        "ro",
        "ru",
        "so",
        "sq",
        "ta",
        "ti",
        "tr",
        "uk",
        "ur",
        "vi",
        "zh",
    ),
)

_SIGNED = (
    "sign language, signed, bsl, asl, sign interpreter, lengua de signos, lenguaje de señas, "
    "langue des signes, lsf, لغة الإشارة"
)
_AT_A_DISTANCE = (
    "online, on line, virtual, zoom, video call, internet group, en línea, por internet, "
    "videollamada, en ligne, visio, عبر الإنترنت, اونلاين"
)
_WITH_CHILDREN = (
    "bring a baby, bring baby, bring my baby, bring children, bring child, children welcome, "
    "child friendly, con niños, con bebé, avec bébé, avec enfants, مع الأطفال"
)
_IN_PERSON = "in person, face to face, presencial, en persona, présentiel, en personne, حضوري"
_PHRASES: dict[str, tuple[str, ...]] = {
    _AT_A_DISTANCE: (f"format:{Format.ONLINE}", f"format:{Format.HYBRID}"),
    _IN_PERSON: (f"format:{Format.IN_PERSON}", f"format:{Format.HYBRID}"),
    _SIGNED: (
        f"access:{AccessFeature.SIGN_LANGUAGE}",
        *(f"language:{it}" for it in SIGN_LANGUAGES),
    ),
    _WITH_CHILDREN: (f"access:{AccessFeature.CHILD_FRIENDLY}", f"access:{AccessFeature.CHILDCARE}"),
    "wheelchair, wheelchair access, wheelchair accessible, step free, silla de ruedas, "
    "sin escalones, fauteuil roulant, sans marche, accès pmr, كرسي متحرك": (
        f"access:{AccessFeature.STEP_FREE}",
    ),
    "captions, captioned, subtitles, subtítulos, sous-titres, ترجمة نصية": (
        f"access:{AccessFeature.CAPTIONS}",
    ),
    "hearing loop, induction loop, bucle magnético, boucle magnétique": (
        f"access:{AccessFeature.HEARING_LOOP}",
    ),
    "childcare, creche, crèche, guardería, garderie, حضانة أطفال": (
        f"access:{AccessFeature.CHILDCARE}",
    ),
    "by phone, telephone, por teléfono, par téléphone, بالهاتف": (
        f"access:{AccessFeature.BY_PHONE}",
    ),
    "parking, aparcamiento, موقف سيارات": (f"access:{AccessFeature.PARKING}",),
    "women, woman, women's, womens, ladies, female, mujeres, femmes, نساء, النساء, للنساء": (
        f"audience:{Audience.WOMEN}",
    ),
    "men, man, men's, mens, male, hombres, hommes, رجال, للرجال": (f"audience:{Audience.MEN}",),
    "young people, young adults, youth, teen, teens, teenager, teenagers, jóvenes, jeunes, شباب": (
        f"audience:{Audience.YOUNG_PEOPLE}",
    ),
    "older people, older adults, elderly, seniors, pensioners, personas mayores, mayores, "
    "personnes âgées, كبار السن": (f"audience:{Audience.OLDER_PEOPLE}",),
    "lgbt, lgbtq, lgbtq+, lgbtqia, lgbti, lgtbi": (f"audience:{Audience.LGBTQ}",),
    "trans, transgender": (f"audience:{Audience.TRANS}",),
    "non-binary, nonbinary, no binario, non binaire": (f"audience:{Audience.NON_BINARY}",),
    "people of colour, black, bame, bipoc": (f"audience:{Audience.PEOPLE_OF_COLOUR}",),
    "veteran, veterans, veteranos, anciens combattants": (f"audience:{Audience.VETERANS}",),
    "carers, carer, caregivers, cuidadores, aidants": (f"audience:{Audience.CARERS}",),
}


@cache
def filter_phrases() -> tuple[tuple[str, str], ...]:
    """Return what people type, and the filter that it stands for as the finder's "kind:value"."""
    return (*_written_out(), *_names_of_languages())


def _written_out() -> Iterator[tuple[str, str]]:
    for phrases, facets in _PHRASES.items():
        for phrase in phrases.split(", "):
            yield from ((phrase, facet) for facet in facets)


def _names_of_languages() -> Iterator[tuple[str, str]]:
    for reader in SPOKEN_IN:
        names = Locale(reader).languages
        yield from ((names[code], f"language:{code}") for code in LANGUAGES if code in names)
