"""The coded vocabularies: every code with its label, what it means, and its nearest code elsewhere.

Codes are part of the public contract: they are never renamed and never change meaning. Crosswalks name
ACLED's event or sub-event types (codebook of 2024), UCDP's GED variables (codebook 19.1) and the wording
of the OSCE Special Monitoring Mission's tables; where nothing corresponds, nothing is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


NOWHERE: Mapping[str, str] = MappingProxyType({})


def code(value: Any, label: Text, definition: Text, **elsewhere: str) -> tuple[Any, ...]:
    """One line of a code list. `elsewhere` maps a standard (acled, ucdp, osce) to its own code."""
    # Django's choices read the label from the end of the tuple.
    return (value, definition, elsewhere, label)


class Codes(TextChoices):
    """A list of text codes."""

    definition: Text
    elsewhere: Mapping[str, str]

    def __new__(
        cls, value: str, definition: Text = "", elsewhere: Mapping[str, str] = NOWHERE
    ) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        member.elsewhere = elsewhere
        return member


class Grades(IntegerChoices):
    """A list of numbered grades."""

    definition: Text
    elsewhere: Mapping[str, str]

    def __new__(
        cls, value: int, definition: Text = "", elsewhere: Mapping[str, str] = NOWHERE
    ) -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        member.elsewhere = elsewhere
        return member


class Act(Codes):
    """What is alleged to have been done."""

    FIRE_INDIRECT = code(
        "fire_indirect",
        _("Shelling"),
        _("Artillery, mortar or rocket fire."),
        acled="Shelling/artillery/missile attack",
        osce="explosion, assessed incoming or outgoing",
    )
    FIRE_DIRECT = code(
        "fire_direct",
        _("Direct fire"),
        _("Small arms, heavy machine guns, snipers, tanks or anti-tank missiles."),
        acled="Armed clash",
        osce="burst, shot",
    )
    AIR_ATTACK = code(
        "air_attack",
        _("Air attack"),
        _("Aircraft, helicopters with barrel bombs, or drones."),
        acled="Air/drone strike",
    )
    GROUND_ATTACK = code(
        "ground_attack",
        _("Ground attack"),
        _("An assault, an advance or a raid on the ground."),
        acled="Armed clash",
    )
    TERRITORY = code(
        "territory",
        _("Seizure of territory"),
        _("Taking a place or a position from another party."),
        acled="Government regains territory",
    )
    EXPLOSIVE = code(
        "explosive",
        _("Explosive device"),
        _("An improvised device, a mine, a vehicle bomb or a suicide attack."),
        acled="Remote explosive/landmine/IED",
        osce="mine or unexploded ordnance",
    )
    PROHIBITED = code(
        "prohibited",
        _("Prohibited weapon"),
        _("Chemical, cluster or incendiary weapons."),
        acled="Chemical weapon",
    )
    DETAIN = code(
        "detain",
        _("Detention or abduction"),
        _("Arrest, abduction or the taking of hostages."),
        acled="Abduction/forced disappearance",
    )
    SIEGE = code(
        "siege",
        _("Siege"),
        _("A siege, a blockade or a forced evacuation."),
        acled="Other",
    )
    ACCESS_DENIAL = code(
        "access_denial",
        _("Denial of access"),
        _("Aid or a repair team blocked or attacked."),
        acled="Looting/property destruction",
        osce="window of silence breached",
    )
    INFRASTRUCTURE = code(
        "infrastructure",
        _("Damage to infrastructure"),
        _("Water, power, a hospital or a school damaged or cut off."),
        osce="damage to civilian infrastructure",
    )
    POSTURE = code(
        "posture",
        _("Military posture"),
        _("Reinforcement, fortification, weapons beyond a line, or overflight."),
        acled="Strategic developments",
        osce="weapons in violation of withdrawal lines",
    )
    OBSTRUCT_MONITOR = code(
        "obstruct_monitor",
        _("Obstruction of monitors"),
        _("Monitors denied access, threatened, fired on, or their instruments jammed."),
        osce="restriction of freedom of movement",
    )
    NONCOMPLIANCE = code(
        "noncompliance",
        _("Step not taken"),
        _("An agreed step (a release, a handover, maps) was not taken."),
        osce="disengagement stalled",
    )
    NONE = code(
        "none",
        _("No violation"),
        _("Assessed not to be a violation: an exercise, a controlled detonation."),
        osce="live-fire exercise",
    )


class Means(Codes):
    """The weapon or method, as far as a source names it."""

    SMALL_ARMS = code("small_arms", _("Small arms"), _("Rifles and light machine guns."))
    HEAVY_MACHINE_GUN = code(
        "heavy_machine_gun",
        _("Heavy machine gun"),
        _("Heavy machine guns and anti-aircraft guns."),
        osce="HMG",
    )
    SNIPER = code("sniper", _("Sniper"), _("Aimed single shots."))
    GRENADE_LAUNCHER = code(
        "grenade_launcher", _("Grenade launcher"), _("Automatic grenade launchers."), osce="AGL"
    )
    ANTI_TANK = code(
        "anti_tank", _("Anti-tank weapon"), _("Guided missiles and recoilless guns."), osce="ATGM"
    )
    IFV_CANNON = code(
        "ifv_cannon",
        _("Vehicle cannon"),
        _("The cannon of an infantry fighting vehicle."),
        osce="IFV (BMP-1) cannon",
    )
    TANK = code("tank", _("Tank"), _("The main gun of a tank."), osce="tank")
    MORTAR = code("mortar", _("Mortar"), _("Mortars of any calibre."), osce="mortar 82/120 mm")
    ARTILLERY = code("artillery", _("Artillery"), _("Guns and howitzers."), osce="artillery")
    ROCKET_LAUNCHER = code(
        "rocket_launcher", _("Rocket launcher"), _("Multiple-launch rockets."), osce="MLRS"
    )
    IMPROVISED_ROCKET = code(
        "improvised_rocket",
        _("Improvised rocket"),
        _("Home-made rockets with heavy warheads, called elephant rockets in Syria."),
    )
    MISSILE = code("missile", _("Surface-to-surface missile"), _("Ballistic and cruise missiles."))
    AIRCRAFT_BOMB = code("aircraft_bomb", _("Aircraft"), _("Bombs or rockets from an aeroplane."))
    BARREL_BOMB = code("barrel_bomb", _("Barrel bomb"), _("Dropped from a helicopter."))
    DRONE = code("drone", _("Drone"), _("An armed or explosive unmanned aircraft."))
    IED = code(
        "ied", _("Improvised explosive device"), _("A planted, vehicle-borne or worn device.")
    )
    MINE = code("mine", _("Mine"), _("Anti-personnel or anti-vehicle mines."), osce="mine")
    CHEMICAL = code("chemical", _("Chemical"), _("Chlorine or another chemical."))
    CLUSTER = code("cluster", _("Cluster munition"), _("Munitions that scatter smaller ones."))
    INCENDIARY = code("incendiary", _("Incendiary"), _("Munitions made to set fire."))
    UNKNOWN = code("unknown", _("Unknown"), _("The source does not say."), osce="N/K")


class Stance(Codes):
    """What a statement does with the allegation."""

    ALLEGES = code("alleges", _("Alleges"), _("Says that it happened."))
    CONFIRMS = code("confirms", _("Confirms"), _("Says, on its own knowledge, that it happened."))
    CANNOT_CONFIRM = code(
        "cannot_confirm",
        _("Cannot confirm"),
        _("Says that it could not establish whether it happened."),
    )
    DENIES_OCCURRENCE = code(
        "denies_occurrence", _("Denies that it happened"), _("Says that it did not happen.")
    )
    DENIES_RESPONSIBILITY = code(
        "denies_responsibility",
        _("Denies responsibility"),
        _("Says that it was not the accused who did it."),
    )
    COUNTER_ACCUSES = code(
        "counter_accuses", _("Counter-accuses"), _("Says that the other side did it.")
    )
    ADMITS = code("admits", _("Admits"), _("The accused says that it did it."))
    ADMITS_JUSTIFIED = code(
        "admits_justified",
        _("Admits with justification"),
        _("The accused says that it did it and that it was entitled to."),
    )
    NO_COMMENT = code("no_comment", _("No comment"), _("Asked, and declined to answer."))
    WITHDRAWS = code("withdraws", _("Withdraws"), _("Takes back what it said before."))


class SetAside(Codes):
    """Why a report waits for no incident."""

    REJECTED = code("rejected", _("Rejected"), _("It is no account of an alleged violation."))
    DUPLICATE = code("duplicate", _("Duplicate"), _("Another report holds the same statement."))


class Justification(Codes):
    """Why an accused party says it was entitled to act, or the accuser wrong."""

    RESPONSE = code("response", _("Response to fire"), _("The other side fired first."))
    TARGET_EXCLUDED = code(
        "target_excluded",
        _("Target is an excluded group"),
        _("The target is a group the agreement excludes."),
    )
    PLACE_OUTSIDE = code(
        "place_outside",
        _("Place outside the agreement"),
        _("The place is not covered by the agreement."),
    )
    NOT_IN_FORCE = code(
        "not_in_force",
        _("Agreement not in force"),
        _("The agreement was not in force, or was never signed."),
    )
    DEFENSIVE = code(
        "defensive", _("Defensive or technical work"), _("The work was defensive or technical.")
    )
    ACCIDENT = code("accident", _("Accident"), _("It was not meant."))
    FABRICATED = code("fabricated", _("Fabricated"), _("The accuser made it up."))
    OTHER = code("other", _("Other"), _("Another reason, given in the text."))


class Verification(Codes):
    """How far it is established that the incident happened; nothing about who did it."""

    REPORTED = code("reported", _("Reported"), _("At least one source says so; not yet examined."))
    UNDER_REVIEW = code("under_review", _("Under review"), _("Being examined."))
    CORROBORATED = code(
        "corroborated",
        _("Corroborated"),
        _("Two or more sources that do not depend on one another say so."),
    )
    OBSERVED = code(
        "observed", _("Observed by a monitor"), _("A monitor saw, heard or recorded it.")
    )
    VERIFIED = code("verified", _("Verified"), _("Established by the desk's own examination."))
    INCONCLUSIVE = code(
        "inconclusive", _("Inconclusive"), _("Examined; the evidence points both ways.")
    )
    UNVERIFIABLE = code(
        "unverifiable", _("Unverifiable"), _("Examined; it cannot be established either way.")
    )
    REFUTED = code("refuted", _("Refuted"), _("Established not to have happened as alleged."))
    RETRACTED = code("retracted", _("Retracted"), _("Every source has taken it back."))
    DUPLICATE = code("duplicate", _("Duplicate"), _("The same incident as another one."))


# What is held to have happened, whoever did it: what pages mean by verified.
ESTABLISHED = (Verification.CORROBORATED, Verification.OBSERVED, Verification.VERIFIED)


class Assessed(Codes):
    """What of an incident an assessment is about. The order is the one they are shown in."""

    VERIFICATION = code(
        "verification", _("Verification"), _("How far it is established that it happened.")
    )
    ATTRIBUTION = code(
        "attribution", _("Attribution"), _("How far it is established that a party did it.")
    )
    INTENT = code("intent", _("Intent"), _("Whether it was meant."))
    PLACE = code("place", _("Place"), _("Whether and how well the place is known."))
    DATE = code("date", _("Date"), _("How well the date is known."))
    FIGURE = code("figure", _("Figure"), _("The number the desk leads with, and what it rests on."))


class Attribution(Codes):
    """How far it is established that one party did it. Each party is assessed by itself."""

    NONE = code(
        "none",
        _("Nothing held"),
        _("Nothing is held, or no longer: what the reports allege stands."),
    )
    ALLEGED_BY_ONE = code(
        "alleged_by_one", _("Alleged by one"), _("One source, or several that depend on it.")
    )
    ALLEGED_BY_SEVERAL = code(
        "alleged_by_several",
        _("Alleged by several"),
        _("Two or more sources that do not depend on one another."),
    )
    MUTUALLY_ALLEGED = code(
        "mutually_alleged", _("Mutually alleged"), _("Each side says that the other did it.")
    )
    ADMITTED = code("admitted", _("Admitted"), _("The party says that it did it."))
    PROBABLE = code(
        "assessed_probable",
        _("Assessed probable"),
        _("By the desk's own examination the party probably did it."),
    )
    ESTABLISHED = code(
        "assessed_established",
        _("Assessed established"),
        _("By the desk's own examination the party did it."),
    )
    CLEARED = code(
        "cleared",
        _("Cleared"),
        _("By the desk's own examination the party did not do it, whatever reports say."),
    )


class Intent(Codes):
    """Whether what was done was meant."""

    DELIBERATE = code("deliberate", _("Deliberate"), _("It was meant."))
    ACCIDENTAL = code("accidental", _("Accidental"), _("It was not meant."))
    UNCLEAR = code("unclear", _("Unclear"), _("Examined; it cannot be said whether it was meant."))


class Geolocation(Codes):
    """Whether it can be said where an incident happened: apart from whether it happened."""

    LOCATED = code("located", _("Located"), _("It can be said where, to the precision given."))
    UNGEOLOCATABLE = code(
        "ungeolocatable",
        _("Ungeolocatable"),
        _("Examined; no place narrower than the country can be given."),
    )


class Proof(Codes):
    """How sure one must be for an assessment to hold, from the lowest standard to the highest."""

    GROUNDS_TO_SUSPECT = code(
        "grounds_to_suspect",
        _("Reasonable grounds to suspect"),
        _("Some evidence points to it, and more has to be looked for."),
    )
    GROUNDS_TO_BELIEVE = code(
        "grounds_to_believe",
        _("Reasonable grounds to believe"),
        _("A careful person would believe it on the evidence at hand."),
    )
    BALANCE = code(
        "balance_of_probabilities",
        _("Balance of probabilities"),
        _("It is likelier than not."),
    )
    CLEAR = code(
        "clear_and_convincing",
        _("Clear and convincing"),
        _("It is much likelier than not, and no serious doubt is left."),
    )


class Publication(Codes):
    """Who may see an incident."""

    DRAFT = code("draft", _("Draft"), _("The desk alone."))
    IN_REVIEW = code(
        "in_review", _("In review"), _("The desk alone; it waits for someone else to sign it.")
    )
    PUBLISHED = code("published", _("Published"), _("Everyone may read its latest edition."))
    WITHDRAWN = code(
        "withdrawn", _("Withdrawn"), _("It was published; a tombstone says since when not and why.")
    )


class Step(Codes):
    """What is done with an incident on its way to the public, and back."""

    SUBMIT = code("submit", _("Submit for review"), _("Someone else is to check and sign it."))
    SEND_BACK = code("send_back", _("Send back"), _("Something must be mended first."))
    PUBLISH = code("publish", _("Publish"), _("Signed: everyone reads it as it is now."))
    WITHDRAW = code("withdraw", _("Withdraw"), _("Taken back, with a reason everyone may read."))
    REOPEN = code("reopen", _("Take up again"), _("Worked on again after it was withdrawn."))


class Sensitivity(Codes):
    """How much of where an incident happened the public may learn."""

    OPEN = code("open", _("Open"), _("The place by name, the position to about a kilometre."))
    GUARDED = code(
        "guarded", _("Guarded"), _("The district by name, the position to about 25 kilometres.")
    )
    WITHHELD = code("withheld", _("Withheld"), _("The country by name, and no position."))


class SourceKind(Codes):
    """What sort of body a source is."""

    PARTY = code("party", _("Party to the conflict"), _("A party, speaking for itself."))
    GUARANTOR = code("guarantor", _("Guarantor"), _("A state that guarantees an agreement."))
    MONITOR = code("monitor", _("Monitor"), _("A body that documents breaches or casualties."))
    UNITED_NATIONS = code("united_nations", _("United Nations"), _("A body of the UN."))
    AID = code("aid", _("Aid or rescue organisation"), _("Civil defence, medical or relief."))
    NEWS_AGENCY = code("news_agency", _("News agency"), _("Writes for other media."))
    MEDIA = code("media", _("Media"), _("Newspaper, broadcaster or news site."))
    LOCAL_MEDIA = code("local_media", _("Local media office"), _("Reporters of one place."))
    SOCIAL_MEDIA = code("social_media", _("Social media"), _("An account or a channel."))
    DATASET = code("dataset", _("Dataset"), _("A coded collection, such as UCDP or ACLED."))
    WITNESS = code("witness", _("Witness"), _("A person who saw it."))
    OTHER = code("other", _("Other"), _("None of these."))


class Reliability(Codes):
    """How far a source as such can be relied on: the letter of the Admiralty system."""

    A = code("A", _("A: completely reliable"), _("A history of complete reliability."))
    B = code("B", _("B: usually reliable"), _("Mostly valid information in the past."))
    C = code("C", _("C: fairly reliable"), _("Valid information in the past, with doubts."))
    D = code("D", _("D: not usually reliable"), _("Significant doubts."))
    E = code("E", _("E: unreliable"), _("A history of invalid information."))
    F = code("F", _("F: cannot be judged"), _("No basis for a judgement."))


class PartyKind(Codes):
    """What sort of actor a party is."""

    GOVERNMENT = code(
        "government",
        _("Government"),
        _("The political authority of a state."),
        acled="State forces",
    )
    STATE_FORCES = code(
        "state_forces",
        _("State forces"),
        _("The army, air force or police of a state on its own territory."),
        acled="State forces",
        ucdp="side_a",
    )
    FOREIGN_FORCES = code(
        "foreign_forces",
        _("Foreign forces"),
        _("A state's forces, or a group, fighting outside its own country."),
        acled="External/Other forces",
    )
    MILITIA = code(
        "militia",
        _("Militia"),
        _("An armed group beside a state or a party."),
        acled="Political militia",
    )
    ARMED_GROUP = code(
        "armed_group",
        _("Armed group"),
        _("A group in arms against a state."),
        acled="Rebel group",
        ucdp="side_b",
    )
    DESIGNATED_GROUP = code(
        "designated_group",
        _("Designated group"),
        _("A group the UN Security Council lists as terrorist."),
        acled="Rebel group",
        ucdp="side_b",
    )
    POLITICAL_BODY = code(
        "political_body", _("Political body"), _("A council, coalition or delegation.")
    )
    STATE = code("state", _("State"), _("A state as guarantor, sponsor or host."))
    CIVILIANS = code("civilians", _("Civilians"), _("People who take no part."), acled="Civilians")
    UNIDENTIFIED = code(
        "unidentified", _("Unidentified"), _("Armed people whom no one has identified.")
    )


class PlaceKind(Codes):
    """What sort of place a place is, from the widest to the narrowest."""

    COUNTRY = code("country", _("Country"), _("A state's territory."), ucdp="where_prec 6")
    GOVERNORATE = code(
        "governorate", _("Governorate"), _("First administrative level."), ucdp="where_prec 4"
    )
    DISTRICT = code(
        "district", _("District"), _("Second administrative level."), ucdp="where_prec 3"
    )
    SUBDISTRICT = code("subdistrict", _("Sub-district"), _("Third administrative level."))
    AREA = code("area", _("Area"), _("A valley, a plain, a front line."), ucdp="where_prec 5")
    SETTLEMENT = code(
        "settlement", _("Settlement"), _("A city, a town or a village."), ucdp="where_prec 1"
    )
    NEIGHBOURHOOD = code("neighbourhood", _("Neighbourhood"), _("Part of a settlement."))
    SITE = code("site", _("Site"), _("A spring, a hospital, a checkpoint."))


# Administrative units, from the widest to the narrowest.
UNITS = (PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.DISTRICT, PlaceKind.SUBDISTRICT)


class NameKind(Codes):
    """What sort of name a name is."""

    OFFICIAL = code("official", _("Official"), _("As the authorities write it."))
    LOCAL = code("local", _("Local"), _("As the people who live there say it."))
    TRANSLITERATION = code("transliteration", _("Transliteration"), _("Written in another script."))
    MISSPELLING = code("misspelling", _("Misspelling"), _("Wrong, but met in print."))


class AgreementClass(Codes):
    """What sort of agreement an agreement is (Clayton and Sticher; the last four are ours)."""

    CESSATION = code(
        "cessation", _("Cessation of hostilities"), _("Fire ceases; no mechanism is agreed.")
    )
    PRELIMINARY = code(
        "preliminary", _("Preliminary ceasefire"), _("With a mechanism to watch over compliance.")
    )
    DEFINITIVE = code(
        "definitive", _("Definitive ceasefire"), _("With demobilisation or a settlement.")
    )
    HUMANITARIAN_PAUSE = code(
        "humanitarian_pause", _("Humanitarian pause"), _("Short, for relief to pass.")
    )
    LOCAL_TRUCE = code("local_truce", _("Local truce"), _("For one town, valley or front."))
    DEESCALATION = code("deescalation", _("De-escalation zone"), _("For a drawn zone."))
    EVACUATION = code("evacuation", _("Evacuation deal"), _("Fighters or civilians leave."))


class Role(Codes):
    """What a party is to an agreement. It decides whom the text binds, and whom it protects."""

    SIGNATORY = code("signatory", _("Signatory"), _("Accepted it first: bound and protected."))
    ADHERENT = code("adherent", _("Adherent"), _("Joined it later: bound and protected."))
    GUARANTOR = code(
        "guarantor",
        _("Guarantor"),
        _("Answers for its being kept, and so must keep it as well: bound and protected."),
    )
    MONITOR = code(
        "monitor",
        _("Monitor"),
        _("Watches over it and promised no more than that: protected, not bound."),
    )
    NON_SIGNATORY = code(
        "non_signatory",
        _("Non-signatory"),
        _("Has not accepted it: not bound. Whether it is protected cannot be said."),
    )
    EXCLUDED = code(
        "excluded", _("Excluded"), _("Left out by the text: neither bound nor protected.")
    )
    DISPUTED = code(
        "disputed",
        _("Disputed"),
        _("Whether it is in or out is disputed: neither can be said."),
    )


class ZoneRule(Codes):
    """What a zone drawn for an agreement does."""

    INCLUDE = code(
        "include",
        _("Included"),
        _("The agreement holds here. Once one is drawn, it holds in no other place."),
    )
    EXCLUDE = code(
        "exclude",
        _("Excluded"),
        _("The agreement does not hold here, though the place lies in an included zone."),
    )


class Target(Codes):
    """Whom or what an act was aimed at, or hit."""

    CIVILIANS = code(
        "civilians",
        _("Civilians"),
        _("People who take no part in the fighting."),
        acled="Civilian targeting",
        ucdp="type_of_violence 3",
    )
    CIVILIAN_OBJECTS = code(
        "civilian_objects",
        _("Civilian objects"),
        _("Homes, schools, hospitals, water, power and the like."),
    )
    RELIEF = code(
        "relief", _("Relief"), _("Aid convoys, rescue and medical workers, repair teams.")
    )
    MONITORS = code("monitors", _("Monitors"), _("Those who watch over the agreement."))
    PARTY = code("party", _("Party"), _("A party's fighters or positions."))
    UNKNOWN = code("unknown", _("Unknown"), _("No source says."))


class ScopeTest(Codes):
    """The five questions an incident is asked when it is judged, in this order."""

    IN_FORCE = code(
        "in_force", _("In force"), _("Whether the agreement was in force when it happened.")
    )
    INSIDE = code("inside", _("Inside"), _("Whether the agreement held where it happened."))
    PERPETRATOR_BOUND = code(
        "perpetrator_bound", _("Perpetrator bound"), _("Whether it bound those accused.")
    )
    TARGET_PROTECTED = code(
        "target_protected", _("Target protected"), _("Whether it protected those aimed at.")
    )
    ACT_PROHIBITED = code(
        "act_prohibited", _("Act prohibited"), _("Whether it prohibits what was done.")
    )


class Outcome(Codes):
    """How one of the five questions is answered."""

    HOLDS = code("holds", _("Holds"), _("The answer is yes, however the facts are read."))
    FAILS = code("fails", _("Fails"), _("The answer is no, however the facts are read."))
    UNSAID = code("unsaid", _("Cannot be said"), _("The facts or the text leave it open."))


class VerdictCode(Codes):
    """What an incident is to an agreement: under one reading, or, taken together, under all."""

    VIOLATION = code("violation", _("Violation"), _("All five questions are answered by yes."))
    OUTSIDE = code(
        "outside", _("Outside"), _("At least one of the five questions is answered by no.")
    )
    UNDETERMINED = code(
        "undetermined",
        _("Undetermined"),
        _("None is answered by no, and at least one cannot be answered."),
    )
    CONTESTED = code(
        "contested",
        _("Contested"),
        _("The readings of the agreement come to different verdicts."),
    )


class Access(Codes):
    """How far a monitor could see what happens in an area."""

    FULL = code("full", _("Full"), _("It could go and see wherever it meant to."))
    PARTIAL = code(
        "partial", _("Partial"), _("It could see a part of the area, or a part of the time.")
    )
    CONDITIONAL = code(
        "conditional",
        _("Conditional"),
        _("It was let in on conditions alone, such as an escort."),
        osce="condition",
    )
    DELAYED = code("delayed", _("Delayed"), _("It was let in late."), osce="delay")
    DENIED = code("denied", _("Denied"), _("It was not let in."), osce="denial")
    NOT_ATTEMPTED = code("not_attempted", _("Not attempted"), _("It did not try to go."))
    REMOTE_ONLY = code("remote_only", _("Remote only"), _("It watched from afar alone."))


class CoverageMeans(Codes):
    """How a monitor watches an area."""

    PATROL = code("patrol", _("Patrol"), _("People who go and see."))
    CAMERA = code("camera", _("Camera"), _("Cameras or other instruments on the spot."))
    REMOTE = code("remote", _("Remote"), _("From afar: satellites, drones or telephone calls."))


class Harm(Codes):
    """What a figure counts."""

    KILLED = code("killed", _("Killed"), _("People killed."), acled="fatalities", ucdp="best")
    INJURED = code("injured", _("Injured"), _("People injured."))
    DETAINED = code("detained", _("Detained"), _("People detained or abducted."))
    DISPLACED = code("displaced", _("Displaced"), _("People who left their homes."))
    AFFECTED = code("affected", _("Affected"), _("People cut off from water, power or aid."))


class Group(Codes):
    """Whom a figure counts."""

    ALL = code("all", _("All"), _("Everyone, or the source does not say whom."), ucdp="best")
    CIVILIANS = code("civilians", _("Civilians"), _("Civilians."), ucdp="deaths_civilians")
    WOMEN = code("women", _("Women"), _("Women."))
    CHILDREN = code("children", _("Children"), _("Children."))
    MEDICAL = code("medical", _("Medical workers"), _("Medical and rescue workers."))
    SIDE_A = code("side_a", _("Side A"), _("Fighters of the state side."), ucdp="deaths_a")
    SIDE_B = code("side_b", _("Side B"), _("Fighters of the other side."), ucdp="deaths_b")
    UNKNOWN = code(
        "unknown",
        _("Unknown"),
        _("People whose side the source could not tell."),
        ucdp="deaths_unknown",
    )


class GeoPrecision(Grades):
    """How well the place is known (UCDP `where_prec`)."""

    EXACT = code(1, _("1: exact place"), _("The place itself is known."), acled="1", ucdp="1")
    NEAR = code(2, _("2: within about 25 km"), _("Near a known place."), acled="2", ucdp="2")
    DISTRICT = code(
        3,
        _("3: district"),
        _("Only the second administrative level is known."),
        acled="3",
        ucdp="3",
    )
    GOVERNORATE = code(
        4,
        _("4: governorate"),
        _("Only the first administrative level is known."),
        acled="3",
        ucdp="4",
    )
    FUZZY = code(
        5,
        _("5: line or fuzzy area"),
        _("Along a road or a river, or in a vague area."),
        acled="3",
        ucdp="5",
    )
    COUNTRY = code(6, _("6: country"), _("Only the country is known."), ucdp="6")
    INTERNATIONAL = code(
        7, _("7: international waters or airspace"), _("Outside any country."), ucdp="7"
    )


class DatePrecision(Grades):
    """How well the date is known (UCDP `date_prec`)."""

    DAY = code(1, _("1: the day"), _("The day is known."), acled="1", ucdp="1")
    DAYS = code(2, _("2: two to six days"), _("Known to two to six days."), acled="2", ucdp="2")
    WEEK = code(3, _("3: the week"), _("Known to the week."), acled="2", ucdp="3")
    MONTH = code(
        4, _("4: the month"), _("Known to eight to thirty days, or the month."), acled="3", ucdp="4"
    )
    YEAR = code(5, _("5: the year"), _("More than a month, up to a year."), ucdp="5")


class Sight(Codes):
    """What is known of whether monitors could see what happened in an area on a day."""

    COVERED = code("covered", _("Covered"), _("A monitor had full access to all of it."))
    PARTLY = code(
        "partly",
        _("Partly covered"),
        _("A monitor could see a part of it, or on conditions, late or from afar alone."),
    )
    NOT_COVERED = code(
        "not_covered", _("Not covered"), _("Monitors tell of all of it, and none could see it.")
    )
    UNKNOWN = code("unknown", _("Coverage unknown"), _("No monitor tells whether it could see."))


class Inclusion(Codes):
    """By which rule a statistic counts what it counts."""

    EACH_ONCE = code(
        "each_once",
        _("Each once, on its first day"),
        _(
            "Every published incident that answers to the filters is counted once, on its first "
            "day, whatever its verification."
        ),
    )
    IMPRECISE_APART = code(
        "imprecise_apart",
        _("Imprecise dates apart"),
        _(
            "An incident whose date is not known well enough to say which stretch of days it "
            "belongs to stands in none of them and is counted as imprecise."
        ),
    )
    UNDER_EACH = code(
        "under_each",
        _("Under each of its codes"),
        _(
            "An incident is counted under each code or party it has, so that these counts may come "
            "to more than the total."
        ),
    )
    ONE_READING = code(
        "one_reading",
        _("Under one reading"),
        _(
            "A verdict is counted under one reading of an agreement. Incidents on which its "
            "readings differ are counted as contested as well."
        ),
    )
    NO_FIGURES = code(
        "no_figures",
        _("Incidents, never victims"),
        _("Incidents are counted. Figures of claimants are never added up."),
    )
    TOLD_COVERAGE = code(
        "told_coverage",
        _("Coverage as told"),
        _(
            "No report is not no violation. Coverage is what monitors tell of the places asked "
            "for, or else of the whole country. A day of which none of them tells is not covered: "
            "it is unknown."
        ),
    )
    WHOLE_CELLS = code(
        "whole_cells",
        _("Whole cells"),
        _(
            "An incident is counted in the cell of its public position, which is the middle of a "
            "grid cell. With view each cell that the box touches is counted whole."
        ),
    )
    ACCUSING = code(
        "accusing",
        _("Statements that accuse"),
        _(
            "Incidents are counted once for each accuser and accused: where a statement that "
            "alleges, confirms, admits or accuses in turn names the party. Denials are not."
        ),
    )
    QUIET_DAYS = code(
        "quiet_days",
        _("Quiet days"),
        _(
            "A day is quiet where no published incident that answers to the filters was, or may "
            "have been, on it. One of an imprecise date may have been on any day it may mean."
        ),
    )
    EQUAL_WINDOWS = code(
        "equal_windows",
        _("Windows of equal length"),
        _(
            "The windows have as many days each. A day on which the agreement began or ceased to "
            "be in force midway is in none. An incident that may have been outside its window is "
            "counted as imprecise as well."
        ),
    )
