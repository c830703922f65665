"""List, print or copy the shipped templates and static files."""

from pathlib import Path

from generator.engine.templates import SHIPPED, find
from generator.files import write_file
from generator.problem import Location, Problem, error


def shipped_names() -> list[str]:
    """Return the names of all shipped templates and static files, in order."""
    return [name for name, path in find(SHIPPED.parent).items() if path.is_relative_to(SHIPPED)]


def shipped_data(name: str) -> bytes:
    """Return a shipped file. Raises OSError where it cannot be read."""
    return (SHIPPED / name).read_bytes()


def copy_shipped(root: Path, name: str) -> Problem | None:
    """Copy a shipped file to the digest's own templates, unless it has one of that name: then say so."""
    path = root / "templates" / name
    if path.exists():
        hint = f"Edit it, or remove it first. `broadsheet templates {name}` prints the shipped one."
        return error(Location(path=f"templates/{name}"), "The digest has this template already.", hint)
    write_file(path, shipped_data(name))
    return None
