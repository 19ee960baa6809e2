"""Who administers the desk: never nobody, and none of them gives a right they do not have."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tracker.desk.models import User
from tracker.errors import Conflict

GROUP = "administrator"
# Without these the group administers nothing.
NEEDED = frozenset({"view_user", "change_user"})


def administers(
    *, is_active: bool, is_staff: bool, is_superuser: bool, groups: Collection[Group]
) -> bool:
    """Whether someone like this can enter the desk, and say who else may."""
    is_member = any(group.name == GROUP for group in groups)
    return is_active and is_staff and (is_superuser or is_member)


def keep_one_without(user: User) -> None:
    """Raise Conflict where nobody but this user administers the desk. Needs a transaction."""
    # Two who remove one another do so in turn, and the second sees what the first has done.
    Group.objects.select_for_update(no_key=True).filter(name=GROUP).first()
    members = User.objects.filter(groups__name=GROUP)
    standing = User.objects.filter(
        Q(is_superuser=True) | Q(pk__in=members), is_active=True, is_staff=True
    )
    if set(standing) == {user}:
        said = _("“%s” is the last administrator of the desk: make someone else one first.")
        raise Conflict(said % user)


def keep_group(group: Group, *, name: str, rights: Collection[Permission]) -> None:
    """Raise Conflict where the group of administrators would be another, or could not administer."""
    if group.name != GROUP:
        return
    if name != GROUP:
        raise Conflict(_("The group “%s” keeps its name: the desk knows it by that.") % GROUP)
    if missing := NEEDED - {right.codename for right in rights}:
        said = _("The group “%(group)s” keeps its right to see and change users: %(rights)s.")
        raise Conflict(said % {"group": GROUP, "rights": ", ".join(sorted(missing))})


def rights_of(holder: User | Group) -> QuerySet[Permission]:
    """What was given to a user, or to a group; also where the user may not enter at present."""
    if isinstance(holder, Group):
        return holder.permissions.all()
    return Permission.objects.filter(Q(user=holder) | Q(group__user=holder)).distinct()


def grantable(by: User) -> QuerySet[Permission]:
    """The rights that this user may give to others."""
    return Permission.objects.all() if by.is_superuser else rights_of(by)


def groups_within(by: User) -> QuerySet[Group]:
    """The groups this user may put others into: those with no right this user lacks."""
    lacking = Permission.objects.exclude(pk__in=grantable(by).values("pk"))
    return Group.objects.exclude(permissions__in=lacking)


def may_change(holder: User | Group, by: User) -> bool:
    """Whether a user or a group has no right that this user lacks, and is theirs to change."""
    if by.is_superuser:
        return True
    if isinstance(holder, User) and holder.is_superuser:
        return False
    return not rights_of(holder).exclude(pk__in=rights_of(by).values("pk")).exists()
