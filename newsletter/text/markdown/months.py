"""Names of months, in the languages that put a full stop after the day: "14. August" does not begin
a list.
"""

import re

_NAMES = """
    abrëll april aprill apríl apríla aprīlis august augusta augusts avgust března decembar
    december decembra decembris desember detsember dezember dubna elokuuta februar february
    februára februāris febrúar heinäkuuta helmikuuta huhtikuuta jaanuar januar january januára
    janvāris janúar joulukuuta jul juli julij july jun june juni junij juuli juuni jänner júla
    júlí júna júní jūlijs jūnijs kesäkuuta kolovoza května ledna lipnja listopada listopadu
    lokakuuta maaliskuuta mai maijs maj marca march marec marraskuuta mars mart marts may maí
    mee mája mäerz märts märz november novembar novembra novembris nóvember october oktobar
    oktober oktobris oktoober october októbra ožujka prosinca prosince rujna septembar september
    septembra septembris siječnja srpna srpnja studenoga svibnja syyskuuta tammikuuta toukokuuta
    travnja veebruar veljače září ágúst února července června října
"""
MONTHS = frozenset(re.findall(r"\w+", _NAMES))
"""English, German, Danish, Norwegian, Finnish, Estonian, Latvian, Czech, Slovak, Slovene, Croatian,
Serbian, Icelandic and Luxembourgish, in lower case, as they are written after a day (Unicode
CLDR)."""
WORDS_TOO = frozenset(("march", "mars", "may"))
"""Months that are also words: "1. May be taken with food"."""
