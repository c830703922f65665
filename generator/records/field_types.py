"""Read the types of fields in `generator.model`: class, annotations, and the types of their items."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Meta


def bare(kind: Any) -> Any:
    """Return a type without annotations and None: `str` of `Annotated[str | None, Meta()]`."""
    if get_origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return next(bare(option) for option in get_args(kind) if option is not type(None))
    return kind


def base(kind: Any) -> type:
    """Return the class of a type's values: `tuple` of `tuple[str, ...] | None`."""
    found: type = get_origin(bare(kind)) or bare(kind)
    return found


def arguments(kind: Any) -> tuple[Any, ...]:
    """Return the types of what a list or map holds."""
    return get_args(bare(kind))


def annotations(kind: Any) -> Iterator[Meta]:
    """Yield what a type and its options are annotated with; what is within its lists and maps is left out."""
    if get_origin(kind) is Annotated:
        inner, *notes = get_args(kind)
        yield from notes
        yield from annotations(inner)
    elif get_origin(kind) in {Union, UnionType}:
        for option in get_args(kind):
            yield from annotations(option)
