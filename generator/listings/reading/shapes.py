"""Values of a JSON text that should be objects or arrays, whatever they are."""

from typing import Any


def dict_of(value: Any) -> dict[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return an array; an empty one for anything else."""
    return value if isinstance(value, list) else []


def dicts_of(value: Any) -> list[dict[str, Any]]:
    """Return the objects of an array."""
    return [one for one in list_of(value) if isinstance(one, dict)]
