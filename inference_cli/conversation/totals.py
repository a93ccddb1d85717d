"""What a conversation has used and cost so far."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference_cli.api.completion import Usage


@dataclass(slots=True)
class Totals:
    """Sums that only grow; ``cost`` and ``media`` are US dollars, ``unpriced`` counts answers of unknown cost."""

    answers: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: Decimal = Decimal(0)
    media: Decimal = Decimal(0)
    unpriced: int = 0
    estimated: bool = False  # some of media is

    def add(self, usage: "Usage | None", cost: Decimal | None) -> None:
        """Count an answer, cut ones too: they cost as well."""
        self.answers += 1
        if usage is not None:
            self.prompt_tokens += usage.prompt_tokens or 0
            self.completion_tokens += usage.completion_tokens or 0
        if cost is None:
            self.unpriced += 1
        else:
            self.cost += cost

    def lost(self) -> None:
        """Count an answer that never came, and may have been billed."""
        self.unpriced += 1

    def made(self, cost: Decimal | None, estimated: Decimal | None) -> None:
        """Count pictures or films: what the server said that they cost, else what was estimated."""
        self.estimated = self.estimated or (cost is None and bool(estimated))
        self.media += (estimated or 0) if cost is None else cost

    @property
    def all(self) -> Decimal:
        """Everything together, as far as it is known."""
        return self.cost + self.media
