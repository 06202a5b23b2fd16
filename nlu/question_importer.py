"""Gives Rasa the training questions, read and copied quickly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.question import Question
from nlu.training_questions import Aim, QuestionsError, read_questions


class QuestionImporter(RasaFileImporter):
    """Rasa's importer of files, with the project's own reader of training questions."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The questions of all files; raises RasaException for one that cannot be used."""
        try:
            lessons = [lesson for path in self._nlu_files for lesson in read_questions(Path(path)).items()]
        except QuestionsError as error:
            raise RasaException(str(error)) from error
        return TrainingData([_question(aim, text) for aim, texts in lessons for text in texts])


def _question(aim: Aim, text: str) -> Question:
    data: dict[str, Any] = {TEXT: text, INTENT: aim.intent}
    if aim.key:
        data[METADATA] = {METADATA_INTENT: {aim.key: aim.value}}
    return Question(data)
