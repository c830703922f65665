"""Each format's examples, damaged at random: nothing is raised, nothing hangs. `make fuzz` tries more."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.damaged import EDITS, EXAMPLES, Edit, check, damaged
from tests.support.examples import MORE


@pytest.mark.parametrize("name", EXAMPLES)
@given(edits=EDITS, index=st.integers(0, 100), is_named=st.booleans())
@settings(
    max_examples=60 * MORE,
    deadline=timedelta(seconds=5),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_an_example_that_was_damaged(name: str, edits: list[Edit], index: int, is_named: bool) -> None:
    check(damaged(name, index, edits), name if is_named else None)
