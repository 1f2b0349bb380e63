"""What each precondition and check asks, in a sentence (DOMAIN E, docs/PROOF.md)."""

from __future__ import annotations

from so247.formats.words import Words

PRECONDITION: dict[str, Words] = {
    "1": (
        "Bestaande patiënten houden hun huisartsenzorg; de praktijk heeft er tijd, ruimte en "
        "deskundigheid voor.",
        "Existing patients keep their GP care; the practice has the time, room and competence.",
    ),
    "2": (
        "De huisarts beperkt zich tot algemene geneeskundige zorg; de andere taken liggen bij "
        "een ander, bij name.",
        "The GP keeps to general care; the other tasks lie with somebody else, by name.",
    ),
    "3": (
        "De huisarts zorgt overdag, regelt waarneming bij afwezigheid, en draagt over naar de "
        "ANW-uren met toestemming.",
        "The GP cares in the daytime, has a locum when away, and hands over for out of hours "
        "with consent.",
    ),
    "4": (
        "De instelling heeft de acute zorg in de ANW-uren geregeld.",
        "The facility has arranged acute care out of hours.",
    ),
    "5": (
        "Een SO is 24/7 bereikbaar en inzetbaar als hoofdbehandelaar, voor medebehandeling of "
        "consult.",
        "An SO is reachable and deployable 24/7 as main practitioner, for co-treatment or "
        "consultation.",
    ),
    "6": (
        "Er is genoeg bekwaam zorgpersoneel en, waar nodig, verpleegkundig personeel.",
        "There are enough competent carers and, where needed, nurses.",
    ),
    "7": (
        "De instelling is eindverantwoordelijk en regelt de medische zorg vóór opname.",
        "The facility is finally responsible and arranges medical care before admission.",
    ),
    "8": (
        "Een schriftelijke overeenkomst van praktijk en instelling borgt 1 tot en met 7.",
        "A written agreement of practice and facility secures 1 to 7.",
    ),
}
CHECK: dict[str, Words] = {
    "consent.gp": (
        "Instemming van alle praktijken van de huisartsengroep",
        "Consent of every practice of the GP group",
    ),
    "consent.gp_post": ("Instemming van de huisartsenpost", "Consent of the GP post"),
    "tasks": ("Elke taak heeft één houder, bij name", "Each task has one named holder"),
    "functions": (
        "Elke toegezegde functie van de SO heeft een houder",
        "Each promised function of the SO has a holder",
    ),
    "availability_agreement": (
        "Overeenkomst van huisartsengroep, huisartsenpost en SO-aanbieder over "
        "24/7-beschikbaarheid, met haar negen onderdelen",
        "Agreement of GP group, GP post and SO provider on 24/7 availability, with its nine "
        "headings",
    ),
    "wtza": ("Melding op grond van de Wtza", "Notification under the Wtza"),
    "short_stay": ("Regionale afspraak over ELV", "Regional agreement on short stay"),
    "treatment": (
        "De verblijfssituatie past bij toelating, contract en levering van behandeling",
        "The setting fits admission, contract and delivery of treatment",
    ),
}


def assertion(key: str) -> Words:
    """What a judgement asks; an unknown key stands for itself."""
    return PRECONDITION.get(key) or CHECK.get(key) or (key, key)
