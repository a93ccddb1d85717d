"""The sandbox described by itself: an OpenAPI 3.1 document of every route that it answers."""
