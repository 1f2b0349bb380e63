"""Rules and reasons in words: why somebody may not hold a duty, why a minute does not count.

The sentences of the check are in English; the Dutch here goes by their code (docs/RULES.md).
"""

from __future__ import annotations

from so247.formats.dossier.dutch import in_dutch
from so247.formats.dossier.plain import Names
from so247.formats.words import Words

RULE: dict[str, Words] = {
    "eligible.pool": ("in geen artsenpool van de locatie", "in no pool of the site"),
    "eligible.role": ("functie past niet bij de dienst", "role does not fit the duty"),
    "eligible.registration": ("niet geregistreerd", "not registered"),
    "eligible.contract": ("geen geldig contract", "no valid contract"),
    "eligible.agreement": ("geen afspraak met de locatie", "no agreement with the site"),
    "eligible.funding": ("geen financieringscontract", "no funding contract"),
    "eligible.travel": ("aanrijtijd", "travel time"),
    "eligible.absence": ("afwezig", "absent"),
    "eligible.free_weekday": ("vaste vrije dag", "free weekday"),
    "eligible.commitment": ("ander werk", "committed elsewhere"),
    "time.one_at_a_time": ("twee plaatsen tegelijk", "two places at once"),
    "time.capacity": ("te veel bewoners of locaties tegelijk", "too many residents or sites"),
    "cover.one_holder": ("twee houders tegelijk", "two holders at once"),
    "cover.backup_differs": (
        "voorwacht en achterwacht zijn dezelfde persoon",
        "first line and backup are the same person",
    ),
    "cover.backup_so": ("geen SO als achterwacht", "no SO as backup"),
    "norm.rest": ("rusttijd", "rest"),
    "norm.continuous": ("te lang achtereen dienst", "on duty too long on end"),
    "norm.rolling_count": ("aantal diensten in een tijdvak", "number of duties in a window"),
    "norm.consecutive": ("aantal dagen achtereen", "number of days in a row"),
    "norm.weekends": ("aantal weekenden", "number of weekends"),
    "norm.hours": ("uren per week", "hours per week"),
    "norm.free_periods": ("vrije perioden", "free periods"),
    "contract.maximum": ("maximum van het contract", "maximum of the contract"),
    "contract.minimum": ("minimum van het contract", "minimum of the contract"),
    "contract.extramural_cap": ("afgesproken extramurale uren", "agreed extramural hours"),
    "pin.stands": ("vastgezette dienst", "pinned duty"),
}
REASON: dict[str, Words] = RULE | {
    "no_line": ("geen dienstlijn bedient de locatie", "no line serves the site"),
    "no_holder": ("niemand heeft de dienst", "nobody holds the duty"),
    "no_phone": ("de dienstlijn heeft geen telefoonnummer", "the line has no phone number"),
    "no_escalation": ("de belvolgorde is niet bekend", "the order of calling is not known"),
    "no_phone_minutes": (
        "de dienstlijn zegt geen tijd aan de telefoon toe",
        "the line promises no phone time",
    ),
    "phone_minutes": (
        "de dienstlijn zegt aan de telefoon meer minuten toe dan is vereist",
        "the line promises more phone minutes than are required",
    ),
    "on_site_minutes": (
        "de dienstlijn zegt ter plaatse meer minuten toe dan is vereist",
        "the line promises more on-site minutes than are required",
    ),
    "no_pool": ("de locatie heeft geen artsenpool", "the site has no pool"),
    "no_agreement": (
        "geen artsenpool heeft een overeenkomst met de locatie",
        "no pool has an agreement with the site",
    ),
    "default_phone_minutes": (
        "de minuten aan de telefoon staan in geen overeenkomst",
        "the phone minutes are in no agreement",
    ),
    "default_on_site_minutes": (
        "de minuten ter plaatse staan in geen overeenkomst",
        "the on-site minutes are in no agreement",
    ),
    "default_minutes": (
        "vereiste minuten staan in geen overeenkomst",
        "required minutes are in no agreement",
    ),
    "agreement_unsigned": ("de overeenkomst is niet getekend", "the agreement is not signed"),
    "no_organisation_agreement": (
        "de locatie heeft geen overeenkomst met de organisatie",
        "the site has no agreement with the organisation",
    ),
    "opens_later": ("de locatie opent na de periode", "the site opens after the period"),
    "holder_breach": (
        "een dienstdoende arts overtreedt een harde regel",
        "a physician on duty breaks a hard rule",
    ),
    "norm_unknown": (
        "van een dienstdoende arts is niet bekend of een harde norm is gehaald",
        "it is not known whether a physician on duty keeps a hard norm",
    ),
    "function_unassigned": (
        "een toegezegde functie heeft geen houder",
        "a promised function has no holder",
    ),
}
"""Codes of the reasons in a site's coverage."""


def reason_words(code: str, text: str, names: Names) -> Words:
    """A reason of the check: its sentence in both languages, as far as we have Dutch for it."""
    english = names.told(text)
    kind = REASON.get(code)
    dutch = in_dutch(text, names) or (f"{kind[0]} ({english})" if kind else english)
    return dutch, english
