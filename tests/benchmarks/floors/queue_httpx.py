"""Queued generations with httpx: each is submitted, polled by itself every half second, and downloaded.

BASE MODEL COUNT FOLDER.
"""

import asyncio
import sys
from pathlib import Path

import httpx

base, model, count, folder = sys.argv[1:]
LIMITS = httpx.Limits(max_connections=16, max_keepalive_connections=16)
TIMEOUT = httpx.Timeout(60, pool=None)


async def one(client: httpx.AsyncClient, number: int) -> None:
    """Submit one, wait for it, and fetch it."""
    answer = await client.post(f"{base}/ai/queue", json={"model": model, "prompt": "waves", "num_generations": 1})
    identity = answer.json()["generations"][0]["generation_id"]
    while (row := (await client.get(f"{base}/ai/queue/{identity}")).json())["status"] != "succeeded":  # noqa: ASYNC110 - polling is what it is about
        await asyncio.sleep(0.5)
    with (Path(folder) / f"{number}.mp4").open("wb") as file:
        async with client.stream("GET", row["result_url"]) as result:
            async for data in result.aiter_raw():
                file.write(data)


async def main() -> None:
    """All at once, over sixteen connections."""
    async with httpx.AsyncClient(verify=False, trust_env=False, limits=LIMITS, timeout=TIMEOUT) as client:  # noqa: S501
        await asyncio.gather(*(one(client, number) for number in range(int(count))))


asyncio.run(main())
