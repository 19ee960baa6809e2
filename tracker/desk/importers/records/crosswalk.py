"""Values of other people's columns as our codes: a first proposal, for a person to correct."""

from __future__ import annotations

import re
from functools import cache

from tracker.codebook import (
    Access,
    Act,
    Codes,
    CoverageMeans,
    DatePrecision,
    GeoPrecision,
    Grades,
    Justification,
    Means,
    PartyKind,
    Stance,
)
from tracker.geo.names import fold

_MARKS = re.compile(r"\s*[;؛|\n,،]\s*")
_BLANKS = re.compile(r"[\s;,|]+")

CodeList = type[Codes] | type[Grades]

# ACLED's sub-events, and what older files write. Its grades are wider than ours: the widest that
# may be meant is taken. "" leaves out what is no act of ours, or no single one; "Other" and the like,
# which the codebook gives as the nearest to some of ours, say too little for the way back.
_ACLED: dict[CodeList, dict[str, str]] = {
    Act: {
        "Shelling/artillery/missile attack": "fire_indirect",
        "Armed clash": "fire_direct",
        "Attack": "fire_direct",
        "Air/drone strike": "air_attack",
        "Government regains territory": "territory",
        "Non-state actor overtakes territory": "territory",
        "Non-violent transfer of territory": "territory",
        "Remote explosive/landmine/IED": "explosive",
        "Suicide bomb": "explosive",
        "Grenade": "explosive",
        "Chemical weapon": "prohibited",
        "Abduction/forced disappearance": "detain",
        "Arrests": "detain",
        "Looting/property destruction": "",
        "Sexual violence": "",
        "Excessive force against protesters": "",
        "Protest with intervention": "",
        "Peaceful protest": "",
        "Violent demonstration": "",
        "Mob violence": "",
        "Agreement": "",
        "Change to group/activity": "",
        "Disrupted weapons use": "",
        "Headquarters or base established": "posture",
        "Other": "",
    },
    GeoPrecision: {"1": "1", "2": "2", "3": "4"},
    DatePrecision: {"1": "1", "2": "3", "3": "4"},
}
STANDARDS = {"acled": _ACLED}

# What people write, in English and Arabic.
_WORDS: dict[CodeList, dict[str, str]] = {
    Act: {
        "fire_indirect": """shelling; artillery; artillery fire; artillery shelling; mortar; mortars;
            mortar fire; rocket; rockets; rocket fire; missile; missile attack; indirect fire; bombardment;
            قصف; قصف مدفعي; قصف صاروخي; قذائف; قذائف هاون; هاون; صواريخ""",
        "fire_direct": """direct fire; small arms; small arms fire; gunfire; shooting; sniper; sniper fire;
            sniping; clash; clashes; armed clash; firefight; tank fire;
            اشتباك; اشتباكات; إطلاق نار; قنص; رشاشات""",
        "air_attack": """air strike; airstrike; air strikes; airstrikes; air raid; air raids; air attack;
            air; aerial bombardment; barrel bomb; barrel bombs; drone; drone strike; helicopter;
            غارة; غارات; غارة جوية; غارات جوية; قصف جوي; براميل متفجرة; برميل متفجر; طيران; مسيرة""",
        "ground_attack": """ground attack; ground assault; assault; attack; advance; raid; offensive; storming;
            هجوم; هجوم بري; اقتحام; محاولة تقدم; محاولة اقتحام; تقدم""",
        "territory": """territory; seizure; seizure of territory; capture; captured; takeover; سيطرة""",
        "explosive": """explosive; explosive device; explosion; ied; bomb; car bomb; vied; vbied; svbied;
            mine; landmine; suicide attack; suicide bombing; عبوة ناسفة; عبوة; لغم; مفخخة; سيارة مفخخة; تفجير; انفجار""",
        "prohibited": """prohibited weapon; chemical; chemical attack; chlorine; cluster munition;
            cluster munitions; cluster bombs; incendiary; كيماوي; كيميائي; كلور; عنقودي; قنابل عنقودية""",
        "detain": """detention; detained; arrest; arrests; abduction; kidnapping; hostage;
            اعتقال; اعتقالات; خطف; اختطاف; احتجاز""",
        "siege": "siege; blockade; forced evacuation; forced displacement; حصار; تهجير; تهجير قسري",
        "access_denial": "access denial; denial of access; aid blocked; منع المساعدات; عرقلة المساعدات",
        "infrastructure": """infrastructure; damage to infrastructure; water; power; electricity;
            بنية تحتية; قطع المياه; قطع الكهرباء; استهداف البنية التحتية""",
        "posture": "posture; reinforcement; reinforcements; fortification; overflight; تعزيزات; تحصين; تحليق",
        "obstruct_monitor": "obstruction of monitors; عرقلة المراقبين",
        "noncompliance": "noncompliance; non-compliance; عدم التنفيذ",
        "none": "no violation; لا خرق",
    },
    Means: {
        "small_arms": "small arms; rifle; rifles; أسلحة خفيفة",
        "heavy_machine_gun": "heavy machine gun; hmg; machine gun; رشاش ثقيل; رشاشات ثقيلة",
        "sniper": "sniper; sniper fire; sniping; قنص; قناص",
        "grenade_launcher": "grenade launcher; agl",
        "anti_tank": "anti-tank; atgm; anti-tank missile; صاروخ مضاد للدروع",
        "ifv_cannon": "vehicle cannon; ifv cannon; bmp",
        "tank": "tank; tanks; tank fire; دبابة; دبابات",
        "mortar": "mortar; mortars; mortar fire; هاون; قذائف هاون",
        "artillery": "artillery; artillery fire; howitzer; مدفعية; قصف مدفعي",
        "rocket_launcher": "mlrs; rocket; rockets; rocket launcher; راجمة; راجمات; راجمة صواريخ",
        "improvised_rocket": "elephant rocket; elephant rockets; improvised rocket; صاروخ فيل",
        "missile": "missile; surface-to-surface missile; صاروخ أرض أرض; صاروخ أرض-أرض",
        "aircraft_bomb": "aircraft; air strike; airstrike; warplane; warplanes; طيران حربي; طائرة حربية",
        "barrel_bomb": "barrel bomb; barrel bombs; برميل متفجر; براميل متفجرة",
        "drone": "drone; drones; uav; مسيرة; طائرة مسيرة",
        "ied": "ied; car bomb; vbied; عبوة ناسفة; عبوة; مفخخة; سيارة مفخخة",
        "mine": "mine; mines; landmine; لغم; ألغام",
        "chemical": "chemical; chlorine; كلور; كيماوي; كيميائي",
        "cluster": "cluster; cluster munition; cluster munitions; cluster bombs; عنقودي; قنابل عنقودية",
        "incendiary": "incendiary; napalm; phosphorus; حارق; فوسفور; نابالم",
        "unknown": "unknown; n/k; غير معروف; مجهول",
    },
    Stance: {
        "alleges": "alleged; allegation; claim; claims; reports; يدعي; اتهام",
        "confirms": "confirmed; confirmation; يؤكد; مؤكد",
        "cannot_confirm": "not confirmed; unconfirmed; لا يؤكد; غير مؤكد",
        "denies_occurrence": "denied; denies; denial; ينفي; نفي",
        "denies_responsibility": "ينفي المسؤولية",
        "counter_accuses": "counter-accusation",
        "admits": "admitted; admission; يعترف; اعتراف",
        "admits_justified": "",
        "no_comment": "لا تعليق",
        "withdraws": "withdrawn; retracted; يسحب",
    },
    Justification: {"response": "retaliation; رد", "accident": "accidental; خطأ", "other": "أخرى"},
    GeoPrecision: {
        "1": "exact; exact location; precise; دقيق",
        "2": "near; approximate; تقريبي",
        "3": "district; adm2; admin2; منطقة",
        "4": "governorate; province; adm1; admin1; محافظة",
        "5": "fuzzy; line; area",
        "6": "country; adm0; admin0; بلد",
        "7": "international waters",
    },
    DatePrecision: {
        "1": "day; exact; exact date; يوم; دقيق",
        "2": "days",
        "3": "week; أسبوع",
        "4": "month; شهر",
        "5": "year; سنة; عام",
    },
    Access: {
        "full": "full access; open; كامل",
        "partial": "limited; restricted; جزئي",
        "conditional": "condition; مشروط",
        "delayed": "delay; متأخر; تأخير",
        "denied": "denial; no access; none; refused; ممنوع; رفض; مرفوض",
        "not_attempted": "no attempt; لم يحاول",
        "remote_only": "remote; عن بعد",
    },
    CoverageMeans: {
        "patrol": "patrols; on foot; visit; دورية; دوريات",
        "camera": "cameras; sensor; sensors; كاميرا; كاميرات",
        "remote": "satellite; drone; telephone; عن بعد",
    },
    PartyKind: {
        "government": "حكومة",
        "state_forces": "army; military; state forces; police; جيش; قوات حكومية; قوات النظام",
        "foreign_forces": "external forces; foreign; external other forces; قوات أجنبية",
        "militia": "political militia; identity militia; ميليشيا; ميليشيات",
        "armed_group": "rebel group; rebels; faction; opposition group; فصيل; فصيل مسلح; معارضة",
        "designated_group": "terrorist group; designated; تنظيم إرهابي",
        "political_body": "council; coalition; delegation; هيئة; مجلس; ائتلاف; وفد",
        "state": "guarantor; country; دولة",
        "civilians": "civilian; مدنيون; مدنيين",
        "unidentified": "unknown; unidentified gunmen; مجهول; مجهولون",
    },
}


def proposed(codes: CodeList, written: str, standard: str = "") -> str | None:
    """Our code for a value, "" where it is best left out, None where a person must say.

    `standard` is the name of the format the value stands in, such as acled.
    """
    return _known(codes, standard).get(_key(written))


def parted(written: str, standard: str = "") -> list[str]:
    """The single values of a cell that holds several: blanks part them in forms, marks elsewhere."""
    marks = _BLANKS if standard == "kobo" else _MARKS
    return [part for part in marks.split(written.strip()) if part]


@cache
def _known(codes: CodeList, standard: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for code, words in _WORDS.get(codes, {}).items():
        known |= {_key(word): code for word in words.split(";") if word.strip()}
    for member in codes:
        known[_key(member.name)] = known[_key(str(member.value))] = str(member.value)
    other = STANDARDS.get(standard, {}).get(codes, {})
    return known | {_key(value): code for value, code in other.items()}


def _key(written: str) -> str:
    return fold(written).replace(" ", "")
