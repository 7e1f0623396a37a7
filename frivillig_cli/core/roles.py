"""The offices of an association: how they are stored, said and typed."""

from __future__ import annotations

from collections.abc import Mapping

from frivillig_cli.core.echo import echo
from frivillig_cli.core.errors import ChoiceError
from frivillig_cli.core.i18n import N_, _, language
from frivillig_cli.core.names import fold

ROLE_WORDS: Mapping[str, str] = {
    "leader": N_("leader"),
    "deputy": N_("deputy leader"),
    "treasurer": N_("treasurer"),
    "secretary": N_("secretary"),
    "board_member": N_("board member"),
    "deputy_member": N_("deputy board member"),
    "manager": N_("manager"),
    "auditor": N_("auditor"),
    "contact": N_("contact person"),
}
ROLES = tuple(ROLE_WORDS)

# What Norwegians write for them, whatever the interface speaks; keys are folded.
_NORWEGIAN = {
    "leder": "leader",
    "leiar": "leader",
    "nestleder": "deputy",
    "nestleiar": "deputy",
    "kasserer": "treasurer",
    "kasserar": "treasurer",
    "sekretar": "secretary",
    "sekreter": "secretary",
    "styremedlem": "board_member",
    "varamedlem": "deputy_member",
    "daglig leder": "manager",
    "dagleg leiar": "manager",
    "revisor": "auditor",
    "kontakt": "contact",
    "kontaktperson": "contact",
}


def role_named(text: str) -> str | None:
    """The office that `text` names: the stored word, or the English or Norwegian one; or None."""
    word = fold(text.replace("_", " ").replace("-", " "))
    for role, english in ROLE_WORDS.items():
        if word in (role.replace("_", " "), english):
            return role
    return _NORWEGIAN.get(word)


def parse_role(text: str) -> str:
    """`role_named`, where it must be one: raises ChoiceError naming those there are."""
    role = role_named(text)
    if role is None:
        known = ROLES if language() == "en" else [_(word) for word in ROLE_WORDS.values()]
        raise ChoiceError(
            _("“{value}” is not an office.", value=echo(text)),
            _("Choose one of: {known}.", known=", ".join(known)),
            field="role",
            value=echo(text),
        )
    return role


def role_sql() -> str:
    """SQL that reads a parameter as a stored office: for conditions of a query."""
    named = " ".join(f"WHEN '{word}' THEN '{role}'" for word, role in _NORWEGIAN.items())
    return f"CASE lower(?) {named} ELSE replace(lower(?), '-', '_') END"
