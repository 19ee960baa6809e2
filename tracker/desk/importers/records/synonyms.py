"""What people call their columns, in English and Arabic, by the fields they feed."""

from __future__ import annotations

import re

from tracker.desk.importers.records.fields import FIELDS, by_name
from tracker.desk.importers.records.header import Header, key
from tracker.geo.names import fold

_PERIOD = {
    "date_start": """date_start; date; start date; date start; event date; incident date; first day; day;
        date of incident; date of event; from; from date; start; period start; period_start; occurred on; when;
        التاريخ; تاريخ; تاريخ الحادث; تاريخ الحادثة; تاريخ الواقعة; تاريخ الخرق; اليوم; من تاريخ; تاريخ البداية; من""",
    "date_end": """date_end; end date; date end; last day; to; to date; until; end; period end; period_end;
        إلى تاريخ; تاريخ النهاية; حتى; إلى""",
}
_PLACE = {
    "place": """place; place as written; place name; location; location name; town; village; city; settlement;
        community; where; area; site; المكان; مكان; الموقع; موقع; البلدة; بلدة; القرية; المدينة; المنطقة المستهدفة; مكان الحادث;
        اسم المكان; موقع الحادث""",
    "wider": """wider; district; adm2; admin2; subdistrict; adm3; admin3; governorate; province; adm1; admin1;
        region; الناحية; المنطقة; المحافظة; محافظة; منطقة; ناحية""",
}
_ACCUSED = """accused; accused party; accused parties; attributed actor; attributed to; perpetrator; perpetrators;
    responsible; responsible party; alleged perpetrator; violator; by whom;
    الجهة المتهمة; المتهم; الجهة المسؤولة; الجهة الفاعلة; الفاعل; المسؤول; الطرف المتهم; الجهة المنفذة; الطرف المسؤول; المرتكب"""
_URL = "url; link; address; web; website; source url; source link; web address; الرابط; رابط; رابط المصدر"
_NOTE = "note; notes; comment; comments; remark; remarks; staff note; ملاحظات; ملاحظة; تعليق"
_STATED = "stated_on; published; published on; publication date; date published; تاريخ النشر"
_DOCUMENT = (
    "document; outlet; title; bulletin; publication; source; الوثيقة; المصدر; النشرة; الوسيلة"
)
_MONITOR = "monitor; reporter; observer; reported by; counted by; organisation; organization; المراقب; الجهة الراصدة; الراصد"

# Narrower ones come first: "wider" gathers columns in the order of its words.
_WORDS: dict[str, dict[str, str]] = {
    "reports": {
        "external_id": """external_id; external id; id; number; no; ref; reference; report id; event id; incident id;
            case id; case number; الرقم; رقم; رقم الحادث; رقم الحادثة; المعرف; الرقم التسلسلي""",
        **_PERIOD,
        "date_precision": "date_precision; date precision; date prec; precision of date; دقة التاريخ",
        "published_on": f"""published_on; {_STATED}; source date; report date; date reported; date of report; _submission_time;
            تاريخ التقرير; تاريخ الخبر""",
        "text": """text; description; summary; details; narrative; what happened; event description;
            incident description; account; story; notes; النص; نص; الوصف; وصف; التفاصيل; تفاصيل; وصف الحادث; الملخص; شرح""",
        "translation": "translation; english translation; text en; english; الترجمة; ترجمة",
        "language": "language; source language; lang; اللغة; لغة",
        "url": _URL,
        "archive_url": "archive_url; archive; archive url; archived copy; archived; archive link; الأرشيف; رابط الأرشيف",
        **_PLACE,
        "position": """position; coordinates; coordinate; coords; gps; latlon; lat lon; latlng; lat long; geo; geopoint; _geolocation;
            الإحداثيات; احداثيات; إحداثيات""",
        "latitude": "latitude; lat; y; gps latitude; خط العرض; العرض; دائرة العرض",
        "longitude": "longitude; lon; long; lng; x; gps longitude; خط الطول; الطول",
        "geo_precision": "geo_precision; geo precision; place precision; where_prec; precision of place; دقة المكان; دقة الموقع",
        "radius_m": "radius_m; radius; radius in metres; radius in meters; نصف القطر",
        "acts": """acts; act; kind; type; event type; incident type; type of incident; type of violation; type of event;
            violation type; violation; violations; category; النوع; نوع; نوع الخرق; نوع الانتهاك; نوع الحادث; نوع الحادثة; الانتهاك; الخرق; التصنيف""",
        "means": "means; weapon; weapons; weapon type; weapon used; السلاح; نوع السلاح; السلاح المستخدم; الوسيلة",
        "accused": _ACCUSED,
        "accused_as_written": "accused_as_written; accused as written",
        "relayed_from": """relayed_from; relayed from; source; sources; source name; reported by; claimant; according to; source office;
            المصدر; مصدر; المصادر; مصدر الخبر; نقلا عن; اسم المصدر""",
        "stance": "stance; الموقف",
        "justification": "justification; التبرير; المبرر",
        "note": _NOTE,
    },
    "tallies": {
        "monitor": _MONITOR,
        **_PERIOD,
        "measure": "measure; unit; what is counted; counted; الوحدة; المقياس",
        "counterpart": "counterpart; answered by; الطرف المقابل",
        "document": _DOCUMENT,
        "url": _URL,
        "stated_on": _STATED,
        **_PLACE,
        "accused": _ACCUSED,
        "count": "count; number; violations; breaches; total; number reported; العدد; عدد; عدد الخروقات; الخروقات; المجموع",
        "confirmed": "confirmed; المؤكد; المؤكدة",
        "cannot_confirm": "cannot confirm; cannot_confirm; not confirmed; unconfirmed; غير المؤكدة",
        "target_excluded": "target excluded; target_excluded",
        "pending": "pending; under review; قيد التحقق",
        "as_written": "as written; as_written; cross confirmation; quote; wording; كما ورد",
        "note": _NOTE,
    },
    "coverage": {
        "monitor": _MONITOR,
        **_PLACE,
        **_PERIOD,
        "access": "access; access status; status; coverage; الوصول; حالة الوصول; إمكانية الوصول",
        "obstructed_by": "obstructed by; obstructed_by; obstructing party; blocked by; denied by; المعرقل; الجهة المعرقلة",
        "means": "means; method; watched by; الوسيلة; الطريقة",
        "as_written": "as written; as_written; reason; reason given; wording; السبب; كما ورد",
        "document": _DOCUMENT,
        "url": _URL,
        "stated_on": _STATED,
        "note": _NOTE,
    },
    "parties": {
        "name": "name; party; name en; english name; name in english; actor; الاسم بالإنكليزية; الاسم بالإنجليزية; الاسم الإنكليزي",
        "name_ar": "name_ar; name ar; arabic name; name in arabic; الاسم; الاسم بالعربية; الاسم العربي",
        "kind": "kind; type; party kind; actor type; النوع; نوع",
        "slug": "slug; id; code",
        "parent": "parent; belongs to; parent party; الجهة الأم; يتبع",
        "successor": "successor; became; successor of; الخلف",
        "succeeded_on": "succeeded_on; succeeded on; date succeeded",
        "names": "names; other names; aliases; alias; also known as; aka; أسماء أخرى; الأسماء الأخرى",
        "valid_from": "valid_from; valid from; from; since; من; منذ",
        "valid_to": "valid_to; valid to; to; until; إلى; حتى",
    },
}
_SEVERAL = frozenset({"wider"})

# The words of a column that counts: what, whom, and how.
_HARMS = {
    "killed": "killed dead deaths death fatalities fatality fatal martyrs القتلي قتلي قتيل الشهداء شهداء وفيات الوفيات ضحايا الضحايا",
    "injured": "injured wounded injuries injury جرحي الجرحي جريح مصابين المصابين مصابون اصابات الاصابات",
    "detained": "detained detainees arrested abducted kidnapped معتقلين المعتقلين معتقلون مختطفين المختطفين",
    "displaced": "displaced idps نازحين النازحين نازحون مهجرين المهجرين",
    "affected": "affected متضررين المتضررين متضررون",
}
_GROUPS = {
    "civilians": "civilian civilians مدنيين المدنيين مدنيون المدنيون مدني",
    "women": "women woman females female نساء النساء",
    "children": "children child minors اطفال الاطفال طفل",
    "medical": "medical medics paramedics طبي كوادر الطبيه",
    "all": "all people persons total overall كل",
}
_BOUNDS = {
    "low": "low min minimum least الادني ادني",
    "best": "best estimate",
    "high": "high max maximum most الاعلي اعلي اقصي",
    "as_written": "written words text",
}
_FILLING = "number no of the count num nr at as figure figures عدد الحد في من"
_FILLERS = frozenset(_FILLING.split())
_COUNTING = {
    word: (at, code)
    for at, table in enumerate((_HARMS, _GROUPS, _BOUNDS))
    for code, words in table.items()
    for word in words.split()
}


def fields_of(kind: str, header: Header) -> dict[str, tuple[str, ...]]:
    """The columns that feed each field, by what they are called; each column once."""
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for name, words in _WORDS[kind].items():
        exact = (header.exact(word) for word in words.split(";"))
        columns = [each for each in dict.fromkeys(filter(None, exact)) if each not in taken]
        if columns:
            found[name] = tuple(columns if name in _SEVERAL else columns[:1])
            taken.update(found[name])
    if kind == "reports":
        found |= _figures(header, taken)
    return found


def own_fields_of(kind: str, header: Header) -> dict[str, tuple[str, ...]]:
    """The columns of our own export, which are called as the fields are."""
    return {name: (name,) for name in by_name(kind) if name in header.columns}


def is_own(kind: str, header: Header) -> bool:
    """Whether every column is called as a field, and none that is needed is missing."""
    names = set(by_name(kind))
    needed = {field.name for field in FIELDS[kind] if field.is_required}
    return needed <= set(header.columns) <= names and len(header.columns) > len(needed)


def _figures(header: Header, taken: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for column in header.columns:
        name = figure_of(column)
        if name and column not in taken:
            found.setdefault(name, (column,))
    return found


def figure_of(column: str) -> str | None:
    """The field a column that counts feeds, `Civilians killed (min)` is killed.civilians.low."""
    said = ["", "all", "best"]
    for word in re.split(r"\s+", fold(column)):
        if word in _COUNTING:
            at, code = _COUNTING[word]
            said[at] = code
        elif word not in _FILLERS:
            return None
    return ".".join(said) if said[0] else None


def named(kind: str, column: str) -> set[str]:
    """The fields that a column of this name may feed."""
    return {
        name
        for name, words in _WORDS[kind].items()
        if key(column) in {key(word) for word in words.split(";")}
    }
