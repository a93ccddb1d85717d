"""The models: which there are, what each takes and makes."""

from typing import TYPE_CHECKING

from inference_cli.api.records import Model
from inference_cli.api.rows import read_rows, row_in, rows_in

if TYPE_CHECKING:
    from inference_cli.api.client import Client


class Models:
    """``/ai/models``, in 2026-04 ``/evaluations/models``."""

    def __init__(self, client: "Client") -> None:
        self._client = client

    def list(self, *, output: str | None = None) -> tuple[Model, ...]:
        """All models, or those that can make one medium.

        Args:
            output: ``text``, ``image``, ``video``, ``audio``, ….

        Raises:
            InferenceError: as the answer says.
        """
        dialect = self._client.dialect
        _, path = dialect.route("models.list")
        models = self._read(path, {"output_capability": output if dialect.filters_models else None})
        if output is None:
            return models
        return tuple(
            model for model in models if output in model.outputs or (dialect.filters_models and not model.outputs)
        )

    def search(self, text: str) -> tuple[Model, ...]:
        """The models that the server finds for some words.

        Raises:
            InferenceError: as the answer says.
        """
        _, path = self._client.dialect.route("models.search")
        return self._read(path, {"search": text})

    def get(self, model_id: str) -> Model:
        """One model; ids may hold slashes, dots and capitals.

        Raises:
            NotFoundError: there is none.
            InferenceError: as the answer says.
        """
        _, path = self._client.dialect.route("models.get", id=model_id)
        return Model.from_json(row_in(self._client.get(path), "model", "data"))

    def _read(self, path: str, query: dict[str, str | None]) -> tuple[Model, ...]:
        rows = rows_in(self._client.get(path, query), "data", "models")
        return tuple({model.id: model for model in read_rows(rows, Model.from_json)}.values())
