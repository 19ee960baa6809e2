"""Whatever is done at the desk, by whichever way, the ledger tells it.

Some dozens of operations each time; as many as one likes with LEDGER_OPERATIONS=10000.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
from collections import Counter, defaultdict
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.models import F
from django.db.models.deletion import ProtectedError
from django.test import TransactionTestCase
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from knox.models import AuthToken

from tests import ledger
from tests.desk.admin.pages import address, save
from tests.factories import (
    make_adherence,
    make_agreement,
    make_bulletin,
    make_incident,
    make_party,
    make_place,
    make_provision,
    make_reading,
    make_report,
    make_source,
    make_user,
    make_zone,
)
from tracker.codebook import Act, Step
from tracker.desk import tasks
from tracker.desk.models import (
    Agreement,
    Bulletin,
    Figure,
    Incident,
    Party,
    Place,
    Report,
    Revision,
    Source,
    Tally,
    Unrecorded,
    User,
    Zone,
)
from tracker.desk.workflow import intake, judging, matching, merging, recording, stepping
from tracker.desk.workflow.recording import recorded
from tracker.errors import TrackerError

pytestmark = pytest.mark.django_db(transaction=True)

OPERATIONS = int(os.environ.get("LEDGER_OPERATIONS", "60"))
# So many follow on one another, before all begins anew.
IN_A_ROW = 200 if OPERATIONS > 1_000 else 30
# How much more often what is quick is done than what takes its time.
OFTEN = {"often": 24, "sometimes": 6, "seldom": 1}
WORDS = ["Shells fell.", "قذائف", "🕊", "a/b", '"quoted"', "“revision”:", "", "1", "\\u0000", "é"]


class Refused(TrackerError):
    """What a change that fails is ended by."""


class Desk:
    """Where one thing is done after another, each with things drawn by lot."""

    def __init__(self) -> None:
        self.lot = random.Random()
        self.people = [make_user(is_staff=True, is_superuser=True) for _number in range(3)]
        self.signer = make_user(is_staff=True, is_superuser=True)
        self.browser = ledger.Client()
        self.browser.force_login(self.people[0])
        self.token = AuthToken.objects.create(self.people[1])[1]
        for _number in range(4):
            agreement, party = make_agreement(), make_party()
            make_reading(agreement)
            make_provision(agreement, "fire_indirect")
            make_adherence(agreement, party)
            make_zone(agreement)
            make_place()
            make_incident(place=make_place(), summary="Shells fell.")
            make_bulletin({"count": 12})
        with recorded(by=None):
            Group.objects.create(name="readers")

    def do(self, way: str, seed: int) -> bool:
        """Do one thing this way; whether it was not refused."""
        self.lot.seed(seed)
        try:
            getattr(self, way)()
        except (TrackerError, ProtectedError):
            return False
        except IntegrityError as refusal:
            # What an attached report states stands: anything else is not to be refused.
            if "correct it by a new one" not in str(refusal):
                raise
            return False
        return True

    def any(self, rows: Any) -> Any:
        """One of these rows; where there is none, nothing is done."""
        keys = list(getattr(rows, "objects", rows).order_by("pk").values_list("pk", flat=True))
        if not keys:
            raise Refused("There is none.")
        return getattr(rows, "objects", rows).get(pk=self.lot.choice(keys))

    def some(self, rows: Any, most: int = 3) -> list[Any]:
        return [self.any(rows) for _number in range(self.lot.randrange(most + 1))]

    def words(self) -> str:
        return " ".join(self.lot.choices(WORDS, k=2))

    def by(self) -> Any:
        return self.lot.choice(self.people)

    def change(self) -> Any:
        return recorded(by=self.lot.choice([None, self.by()]), why=self.words())

    def stated(self) -> dict[str, Any]:
        return {
            "source": self.any(Source),
            "text": self.words() or "Said.",
            "date_start": dt.date(2017, 1, self.lot.randrange(1, 29)),
            "latitude": self.lot.choice([33.6, -0.0, 1e-7, 33.599999999999994]),
            "longitude": self.lot.uniform(-180, 180),
            "acts": self.lot.sample(Act.values, 2),
        }

    def often_take_in(self) -> None:
        with self.change():
            intake.take_in(
                self.stated(),
                accused=set(self.some(Party)),
                figures=[{"best": self.lot.randrange(99)}],
                raw={
                    "sent": self.lot.choice([1, True, 1.0, 0.1, 1e-7, 10**30, -0.0, self.words()])
                },
                by=self.by(),
            )

    def often_update_rows(self) -> None:
        with self.change():
            chosen = self.any(Incident).pk
            changes: list[Any] = [
                Incident.objects.filter(pk=chosen).update(
                    summary=self.words(), latitude=-0.0, longitude=0.1
                ),
                Source.objects.filter(pk=self.any(Source).pk).update(note=self.words()),
                Bulletin.objects.filter(pk=self.any(Bulletin).pk).update(document=self.words()),
                User.objects.filter(pk=self.any(User).pk).update(first_name=self.words()[:9]),
                Zone.objects.filter(agreement=self.any(Agreement)).update(basis=self.words()),
            ]
            assert len(changes)

    def often_update_one_column_by_another(self) -> None:
        with self.change():
            Tally.objects.filter(bulletin=self.any(Bulletin)).update(count=F("count") + 1)

    def often_write_by_hand(self) -> None:
        with self.change(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE desk_party SET name_ar = %s WHERE id = %s",
                [self.words(), self.any(Party).pk],
            )

    def often_make_many(self) -> None:
        with self.change():
            reports = Report.objects.bulk_create(Report(**self.stated()) for _number in range(3))
            Figure.objects.bulk_create(Figure(report=each, best=1) for each in reports)

    def often_set_accused(self) -> None:
        with self.change():
            free = Report.objects.filter(incident=None, public_id=None)
            self.any(free).accused.set(self.some(Party))
            self.any(Incident).target_parties.set(self.some(Party))

    def sometimes_attach(self) -> None:
        with self.change():
            matching.attach(self.any(Report.objects.unattached()), self.any(Incident))

    def sometimes_detach(self) -> None:
        with self.change():
            matching.detach(self.any(Report.objects.exclude(incident=None)))

    def sometimes_open_incident(self) -> None:
        with self.change():
            matching.open_incident(self.any(Report.objects.unattached()), by=self.by())

    def sometimes_take_a_step(self) -> None:
        incident = self.any(Incident)
        step = self.lot.choice(stepping.open_to(incident, self.signer))
        with recorded(by=self.signer):
            stepping.take(incident, step, by=self.signer, reason=self.words() or "Wrong.")

    def often_fail(self) -> None:
        with self.change():
            make_report(source=self.any(Source), accused=self.some(Party, 1))
            Incident.objects.update(note=self.words())
            raise Refused("It fails.")

    def often_fail_in_part(self) -> None:
        with self.change():
            Source.objects.filter(pk=self.any(Source).pk).update(url="https://example.org/kept")
            try:
                with recorded(by=None):
                    Party.objects.filter(pk=self.any(Party).pk).update(name=self.words() or "-")
                    raise Refused("A part of it fails.")
            except Refused:
                self.any(Agreement).zones.update(basis_ar=self.words())

    def often_delete(self) -> None:
        free = Report.objects.filter(incident=None, public_id=None, correction=None)
        kept = Group.objects.exclude(name="readers")
        rows = [free, Party, Zone, Source, Figure.objects.filter(report__in=free), Tally, kept]
        with self.change():
            self.any(self.lot.choice([*rows, Incident.objects.filter(public_id=None)])).delete()

    def often_add(self) -> None:
        with self.change():
            make = [make_party, make_source, make_place, make_bulletin, make_incident]
            self.lot.choice(make)()
            agreement = self.any(Agreement)
            if agreement.zones.count() < 8:
                make_zone(agreement, valid_from=dt.date(2017, 1, 1))

    def often_change_rights(self) -> None:
        with self.change():
            user = self.any(User.objects.exclude(pk__in=[each.pk for each in self.people]))
            user.groups.set(self.some(Group))
            user.user_permissions.set(self.some(Permission))
            self.any(Group).permissions.add(*self.some(Permission))

    def sometimes_merge_places(self) -> None:
        with self.change():
            merging.merge(self.any(Place), into=self.any(Place), by=self.by())

    def sometimes_part_places(self) -> None:
        with self.change():
            merging.unmerge(self.any(Place.objects.exclude(merged_into=None)), by=self.by())

    def sometimes_submit(self) -> None:
        stated = {"source": self.any(Source).slug, "text": "Said.", "date_start": "2017-01-15"}
        answer = self.browser.post(
            "/api/v1/reports/",
            {**stated, "external_id": str(self.lot.randrange(50)), "figures": [{"best": 3}]},
            "application/json",
            headers={"Authorization": f"Token {self.token}"},
        )
        assert answer.status_code in {200, 201, 409}, answer.text

    def seldom_judge_by_a_job(self) -> None:
        with self.change():
            judging.terms_changed(self.any(Agreement), by=None)
        while tasks.work_off("machine", stopping=lambda: False):
            pass

    def seldom_give_a_password(self) -> None:
        call_command("admin_password", stdout=StringIO())

    def seldom_load_the_demo(self) -> None:
        call_command("load_demo", stdout=StringIO())

    def seldom_make_a_superuser(self) -> None:
        name = f"noor{self.lot.getrandbits(64)}"
        call_command(
            "createsuperuser", interactive=False, username=name, email="n@example.org", verbosity=0
        )

    def _save(self, thing: Any, /, **changes: Any) -> Any:
        model = type(thing)._meta
        page = f"/admin/{model.app_label}/{model.model_name}/{thing.pk}/change/"
        return save(self.browser, page, _why=self.words(), **changes)

    def seldom_save_a_source(self) -> None:
        self._save(
            self.any(Source),
            name=self.words() or "-",
            is_confidential=self.lot.choice(["on", None]),
        )

    def seldom_save_a_report(self) -> None:
        free = self.any(Report.objects.filter(incident=None, public_id=None))
        figure = {"figures-0-best": self.lot.randrange(99), "figures-0-harm": "injured"}
        self._save(free, note=self.words(), incident=self.any(Incident).pk, **figure)

    def seldom_save_an_incident(self) -> None:
        attached = [each.pk for each in self.some(Report.objects.unattached())]
        self._save(self.any(Incident), summary=self.words(), attach=attached)

    def seldom_press_a_step(self) -> None:
        self._save(self.any(Incident), _step=self.lot.choice(Step.values), _public_reason="Wrong.")

    def seldom_choose_an_action(self) -> None:
        chosen = {each.pk for each in self.some(Incident)}
        action = {"action": self.lot.choice(["submit", "publish"]), "_selected_action": [*chosen]}
        self.browser.post(address("incident_changelist"), action)

    def seldom_save_an_agreement(self) -> None:
        button = self.lot.choice(["_save", "_publish"])
        page = address("agreement_change", self.any(Agreement).pk)
        save(self.browser, page, button=button, summary=self.words(), **{"readings-0-name": "Read"})

    def seldom_save_a_zone(self) -> None:
        self._save(
            self.any(Zone), name=self.words() or "-", rule=self.lot.choice(["include", "exclude"])
        )

    def seldom_save_a_bulletin(self) -> None:
        button = self.lot.choice(["_save", "_publish"])
        page = address("bulletin_change", self.any(Bulletin).pk)
        save(self.browser, page, button=button, note=self.words(), **{"tallies-0-count": "7"})

    def seldom_save_a_user(self) -> None:
        groups = [each.pk for each in self.some(Group)]
        self._save(
            self.any(User.objects.filter(is_staff=False)), last_name=self.words(), groups=groups
        )

    def seldom_save_a_group(self) -> None:
        self._save(self.any(Group), permissions=[each.pk for each in self.some(Permission)])

    def seldom_delete_by_page(self) -> None:
        thing = self.any(
            self.lot.choice([Report, Party, Source, Zone, Incident, Agreement, Bulletin])
        )
        self.browser.post(
            address(f"{type(thing)._meta.model_name}_delete", thing.pk), {"post": "yes"}
        )

    def seldom_merge_by_page(self) -> None:
        one, other = self.any(Place).pk, self.any(Place).pk
        page = f"{address('place_merge')}?place={one}&place={other}"
        self.browser.post(page, {"into": other})


def check() -> None:
    """The ledger is whole, and each revision begins where the one before has ended."""
    assert list(recording.faults()) == []
    assert not Unrecorded.objects.exists()
    states: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for revision in Revision.objects.order_by("number").iterator():
        state = states[revision.kind, revision.thing]
        before, after = json.loads(revision.before), json.loads(revision.after)
        assert before == {path: state[path] for path in {*before, *after} if path in state}
        for path in before:
            del state[path]
        state |= after


WAYS = [way for way in sorted(vars(Desk)) for _time in range(OFTEN.get(way.partition("_")[0], 0))]


class Ledger(RuleBasedStateMachine):
    """What hypothesis does at the desk, and undoes to do it otherwise."""

    told = Counter[str]()

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()

    @rule(way=st.sampled_from(WAYS), seed=st.integers(0, 2**32))
    def do(self, way: str, seed: int) -> None:
        done = self.desk.do(way, seed)
        self.told[way if done else f"{way}, refused"] += 1

    def teardown(self) -> None:
        try:
            check()
        finally:
            clearing: Any = TransactionTestCase()
            clearing._fixture_teardown()


def test_tells_whatever_is_done():
    Ledger.told.clear()
    phases = [Phase.explicit, Phase.generate, Phase.shrink]

    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=max(1, OPERATIONS // IN_A_ROW),
            stateful_step_count=IN_A_ROW,
            deadline=None,
            derandomize=True,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )

    for way, times in sorted(Ledger.told.items()):
        print(f"{times:6} {way}")
    print(f"{Ledger.told.total():6} in all")
    assert Ledger.told.total() >= OPERATIONS // 2
