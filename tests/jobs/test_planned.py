"""What is written down of a request's price."""

from decimal import Decimal

import pytest

from inference_cli.jobs.order import Body
from inference_cli.jobs.planned import price_of
from tests.support.jobs import order_for


@pytest.mark.parametrize(
    ("estimate", "price"),
    [(None, None), ("0.10", "0.05"), ("0.0000001", "0.000001"), ("3", "1.5"), ("1e40", "5e39")],
)
def test_the_price_of_one_request(estimate: str | None, price: str | None) -> None:
    """Its part, rounded up to a millionth; an absurd one of a server is left as it is (fault H8)."""
    body = Body(json={"model": "fox-1"}, count=1, first=1)
    order = order_for(body, body, estimate=None if estimate is None else Decimal(estimate))

    assert price_of(body, order, 2) == (None if price is None else Decimal(price))
