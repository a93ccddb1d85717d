"""httpx and httpcore without what is not used of them: it is not imported, and works when somebody uses it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.faultd import Faultd, answer, http
from tests.support.loopback_tls import certificate, server_context
from tests.support.network_client import MODELS

NEEDLESS = {
    "anyio",
    "certifi",
    "email.message",
    "hashlib",
    "http.client",
    "http.cookiejar",
    "httpcore._async",
    "httpx._main",
    "idna",
    "logging",
    "mimetypes",
    "rich",
    "ssl",
    "urllib.request",
}


def _printed(code: str, folder: Path) -> list[str]:
    """What a program says that has just imported the network."""
    program = f"import sys\nfrom inference_cli.api import network\nfrom inference_cli.api.wire import httpx\n{code}"
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}  # it imports hashlib
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=folder, env=env, check=False
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_network_comes_without_what_plain_http_has_no_use_for(tmp_path: Path) -> None:
    """Neither in the list of modules nor as a stand-in there."""
    loaded = _printed("print('\\n'.join(name for name, module in sys.modules.items() if module is not None))", tmp_path)

    assert NEEDLESS & set(loaded) == set()
    assert {"httpx", "httpcore", "h11"} <= set(loaded)


def test_whoever_imports_such_a_module_gets_the_real_one(tmp_path: Path) -> None:
    """However it is spelled."""
    said = _printed(
        "import email.message, hashlib, ssl, urllib.request\n"
        "from http import cookiejar\n"
        "print(type(ssl) is type(sys), ssl.create_default_context().verify_mode.name, hashlib.md5(b'').hexdigest())\n"
        "print(urllib.request.__file__ is not None, email.message.Message().keys(), cookiejar.CookieJar.__module__)\n",
        tmp_path,
    )

    assert said == ["True CERT_REQUIRED d41d8cd98f00b204e9800998ecf8427e", "True [] http.cookiejar"]


_CLIENT = """
def answer(request):
    if "authorization" not in request.headers:
        challenge = 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256'
        return httpx.Response(401, headers={"WWW-Authenticate": challenge})
    said = request.headers["authorization"].split()[0], request.headers.get("cookie"), request.url.raw_host
    return httpx.Response(200, json=repr(said), headers={"Set-Cookie": "a=b"})

def asked():
    transport = httpx.MockTransport(answer)
    with httpx.Client(transport=transport, auth=httpx.DigestAuth("u", "p")) as client:
        return [client.get("http://b\\u00fccher.example/").json() for _ in range(2)]
"""


def test_a_whole_client_works_all_the_same(tmp_path: Path) -> None:
    """Its cookies, its digest authentication, and a name beyond ASCII; twice, as bases are exchanged once."""
    said = _printed(f"{_CLIENT}\nprint(*asked(), sep='\\n')", tmp_path)

    first = "('Digest', None, b'xn--bcher-kva.example')"
    assert said == [first, first.replace("None", "'a=b'")]


def test_the_asynchronous_half_works_all_the_same(tmp_path: Path) -> None:
    """A pool, whose class stood for the real one until now; also a class that is derived from it."""
    said = _printed(
        "import asyncio, httpcore\n"
        "class Pool(httpcore.AsyncConnectionPool): pass\n"
        "async def asked():\n"
        "    backend = httpcore.AsyncMockBackend([b'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n', b'hi'])\n"
        "    async with Pool(network_backend=backend) as pool:\n"
        "        return (await pool.request('GET', 'http://a.example/')).content\n"
        "print(asyncio.run(asked()), Pool.__mro__[1].__module__, httpcore.AnyIOBackend().__class__.__module__)\n",
        tmp_path,
    )

    assert said == ["b'hi' httpcore._async.connection_pool httpcore._backends.anyio"]


def test_F04_nothing_is_said_of_addresses(tmp_path: Path) -> None:
    """Whoever listens to everything, from whenever on, hears nothing of httpx or httpcore below a warning."""
    listens = "import logging; logging.basicConfig(level=1, format='%(name)s', stream=sys.stdout)"
    asks = (
        "import httpcore\n"
        "with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200))) as client:\n"
        "    client.get('https://a.example/?signature=secret')\n"
        "backend = httpcore.MockBackend([b'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n', b'hi'])\n"
        "with httpcore.ConnectionPool(network_backend=backend) as pool:\n"
        "    print(pool.request('GET', 'https://a.example/?signature=secret').status)\n"
        "logging.getLogger('other').info('')\n"
    )

    assert _printed(f"{listens}\n{asks}", tmp_path) == ["200", "other"]
    program = f"import sys\n{listens}\nfrom inference_cli.api import network\nfrom inference_cli.api.wire import httpx\n{asks}"
    before = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert before.stdout.splitlines() == ["200", "other"]


def test_a_module_that_somebody_else_puts_off_stays_put_off(tmp_path: Path) -> None:
    """The entry point does so with ``hashlib``: it is not looked into, and stands in its place again."""
    program = (
        "import sys\n"
        "from types import ModuleType\n"
        "class Late(ModuleType):\n"
        "    def __getattr__(self, name): raise AssertionError(name)\n"
        "late = sys.modules['hashlib'] = Late('hashlib')\n"
        "from inference_cli.api import network\n"
        "print(sys.modules['hashlib'] is late)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)

    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.parametrize("name", ["ssl", "urllib.request", "http.cookiejar"])
def test_a_module_that_is_there_already_is_used_itself(tmp_path: Path, name: str) -> None:
    """Nothing stands in for it."""
    program = (
        f"import sys, {name}\n"
        f"before = sys.modules['{name}']\n"
        "from inference_cli.api import network, wire\n"
        f"print(sys.modules['{name}'] is before, wire.httpx.Client().cookies)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True)

    assert done.stdout == "True <Cookies[]>\n"


def test_an_encrypted_connection_works_all_the_same(tmp_path: Path) -> None:
    """In a process that has not imported ``ssl`` before it."""
    with Faultd(answer(http(body=MODELS)), tls=server_context(tmp_path)) as server:
        said = _printed(
            "from inference_cli.origin import parse_origin\n"
            f"url, authority = {server.url!r}, {str(certificate(tmp_path))!r}\n"
            "print('ssl' in sys.modules)\n"
            "made = network.Network({'SSL_CERT_FILE': authority}).transport(parse_origin(url))\n"
            "answer = made.handle_request(httpx.Request('GET', url))\n"
            "print(answer.status_code, answer.extensions['network_stream'].get_extra_info('ssl_object').version())\n",
            tmp_path,
        )

    assert said == ["False", "200 TLSv1.3"]
