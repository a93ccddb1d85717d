"""The Inference API over HTTP, a module per resource."""
