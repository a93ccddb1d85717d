"""What is to be made: the requests of one command, and how one wish becomes several of them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from inference_cli.frozen import dataclass
from inference_cli.jobs.naming import OutputSpec

Kind = Literal["image", "video"]
Route = Literal["generate", "edit", "queue"]
MOST_PER_REQUEST = 4  # num_generations of the queue (contract, "The queue")


@dataclass(frozen=True, slots=True)
class Body:
    """One request; ``first`` is the 1-based number of its first output within the command.

    ``drawn`` says that its seed was drawn by this program: another run of the same command has another one.
    """

    json: dict[str, Any]
    count: int
    first: int
    seed: int | None = None
    drawn: bool = False

    @property
    def wish(self) -> dict[str, Any]:
        """What the user asked for: the request without a seed that was drawn."""
        return {name: value for name, value in self.json.items() if not (self.drawn and name == "seed")}


@dataclass(frozen=True, slots=True)
class Order:
    """One command's paid work; ``estimate`` is in US dollars, ``tag`` a label of the user's own."""

    kind: Kind
    route: Route
    model: str
    namespace: str | None
    prompt: str | None
    bodies: tuple[Body, ...]
    output: OutputSpec
    argv: tuple[str, ...] = ()
    estimate: Decimal | None = None
    tag: str | None = None

    @property
    def count(self) -> int:
        """How many outputs were asked for."""
        return sum(body.count for body in self.bodies)


def fan_out(
    body: Mapping[str, Any],
    count: int,
    *,
    route: Route,
    seed: int | None = None,
    has_seed_parameter: bool = False,
    own_count_parameter: str | None = None,
    own_count_maximum: int | None = None,
    drawn: bool = False,
) -> tuple[tuple[Body, ...], tuple[str, ...]]:
    """Spread a number of outputs over requests (interface contract, ``-n``).

    On the queue a request makes at most 4; direct calls make one each, or as many as the schema's own count allows.
    With a seed each request gets its own (7, 8, 9…), so on the queue each makes one output: four of one seed would be
    one picture paid four times.

    Args:
        body: the request for one output.
        count: how many, at least 1.
        route: how they are asked for.
        seed: the user's seed, or one that was drawn.
        has_seed_parameter: whether the model's schema has ``seed``.
        own_count_parameter: the schema's own name for a count, such as ``num_images``.
        own_count_maximum: the most that it takes; None when the schema does not say.
        drawn: whether the seed was drawn.

    Returns:
        The requests, and notes worth a line on stderr.
    """
    seeded = seed is not None and has_seed_parameter
    parameter, most = "num_generations", 1 if seeded else MOST_PER_REQUEST
    if route != "queue":
        parameter, most = own_count_parameter or "", (own_count_maximum or count) if own_count_parameter else 1
    sizes = [min(most, count - first) for first in range(0, count, most)]
    bodies = []
    for number, size in enumerate(sizes):
        own = seed + number if seed is not None and seeded else None
        json = dict(body)
        if size > 1:
            json[parameter] = size
        if own is not None:
            json["seed"] = own
        bodies.append(Body(json=json, count=size, first=1 + number * most, seed=own, drawn=drawn))
    notes = (f"seeds {seed} to {bodies[-1].seed}, one per request",) if seeded and len(bodies) > 1 else ()
    return tuple(bodies), notes
