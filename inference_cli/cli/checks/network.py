"""What is between this machine and the API: the address, proxies, and whose certificates are trusted."""

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from inference_cli.errors import InferenceError
from inference_cli.origin import Origin
from inference_cli.terminal.checklist import Finding

_VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
_ELSEWHERE = "probe.invalid"  # neither loopback nor in anybody's NO_PROXY
_Proxy = Callable[[Origin, Mapping[str, str]], str | None]


def proxies(
    env: Mapping[str, str], target: Origin, proxy_for: _Proxy, masked: Callable[[str], str]
) -> Iterator[Finding]:
    """Which proxy requests go through, and whether every variable that names one can be used.

    Args:
        env: the environment.
        target: where the API is.
        proxy_for: the proxy for an origin, as ``api.proxies`` reads it.
        masked: a URL without user name and password.
    """
    said = ""
    try:
        used = proxy_for(target, env)
    except InferenceError as error:
        said = error.message
        yield _failure("proxy", error)
    else:
        through = f"through {masked(used)}" if used else "directly, without a proxy"
        yield Finding("ok", "proxy", f"{target} is reached {through}")
    for name in _VARIABLES:
        for variable in (name, name.lower()):
            if not env.get(variable, "").strip():
                continue
            scheme = "http" if name == "HTTP_PROXY" else "https"
            try:
                proxy_for(Origin(scheme, _ELSEWHERE, 443), {variable: env[variable]})
            except InferenceError as error:
                if error.message == said:
                    continue
                yield Finding("warning", f"proxy {variable}", error.message, error.hint)


def certificates(env: Mapping[str, str], trust: Callable[[Mapping[str, str]], Any]) -> Finding:
    """Whose certificates are trusted, and whether they can be read.

    Args:
        env: the environment.
        trust: makes the TLS context, as ``api.certificates`` does.
    """
    try:
        trust(env)
    except InferenceError as error:
        return _failure("certificates", error)
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if env.get(variable):
            return Finding("ok", "certificates", f"trusted are those of {variable} ({env[variable]})")
    if find_spec("truststore") is None:
        return Finding("ok", "certificates", "trusted are those that came with the program")
    return Finding("ok", "certificates", "trusted are those of the system")


def _failure(check: str, error: InferenceError) -> Finding:
    return Finding("failure", check, error.message, error.hint)
