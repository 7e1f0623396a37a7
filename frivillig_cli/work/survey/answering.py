"""Forms that have been filled in: for the demonstration, where nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from frivillig_cli.core.names import file_name
from frivillig_cli.formats.files import safe_join
from frivillig_cli.records.org import queries as orgs
from frivillig_cli.records.survey.key import Key
from frivillig_cli.records.survey.model import Recipient, Survey, Value
from frivillig_cli.store.register import Register
from frivillig_cli.work.survey.export import DEFAULT_LANGUAGE, ENDING
from frivillig_cli.work.survey.form import Addressee, Form
from frivillig_cli.work.survey.wording import Sender


class Answering:
    """Fills in the forms of one survey, a form in each language built once."""

    def __init__(self, register: Register, survey: Survey) -> None:
        self._register = register
        self._survey = survey
        self._forms: dict[str, Form] = {}

    def write(
        self,
        folder: Path,
        sent: Recipient,
        answers: Mapping[str, Value],
        *,
        nothing_changed: bool,
    ) -> Path:
        """Write into `folder` what one organisation sends back: `answers` over what was sent."""
        org = orgs.get(self._register, sent.org_id)
        spoken = org.language or DEFAULT_LANGUAGE
        if spoken not in self._forms:
            self._forms[spoken] = Form(self._survey, Sender(), spoken)
        form = self._forms[spoken]
        form.tick(nothing_changed)
        key = str(Key(self._survey.code, org.id, sent.base_key))
        to = Addressee(org.name, key, {**sent.base, **answers})
        return form.save(safe_join(folder, f"{file_name(org.name)}-{org.id}{ENDING}"), to)
