"""The Inference API offline, as an ASGI application. Imports nothing of ours."""
