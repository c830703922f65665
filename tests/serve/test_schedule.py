"""The watcher's state machine: what it does next, second by second."""

from math import inf

import pytest

from generator.serve.schedule import DEBOUNCE, QUIET, Action, Schedule, after_event, after_rescan, next_action

READ, START, STEP, WAIT = Action.READ, Action.START_RESCAN, Action.STEP_RESCAN, Action.WAIT


@pytest.mark.parametrize(
    ("schedule", "action", "after"),
    [
        (Schedule(), WAIT, Schedule()),
        (Schedule(read_at=11), WAIT, Schedule(read_at=11)),
        (Schedule(read_at=10), READ, Schedule()),
        (Schedule(rescan_at=10, events=7), START, Schedule(rescanning=True)),
        (Schedule(rescanning=True), STEP, Schedule(rescanning=True)),
        (Schedule(read_at=9, rescan_at=9), READ, Schedule(rescan_at=9)),
        (Schedule(read_at=9, rescanning=True), READ, Schedule(rescanning=True)),
        (Schedule(rescan_at=9, rescanning=True), START, Schedule(rescanning=True)),
        (Schedule(rescan_at=11, rescanning=True), STEP, Schedule(rescan_at=11, rescanning=True)),
    ],
)
def test_at_second_ten(schedule: Schedule, action: Action, after: Schedule) -> None:
    assert next_action(schedule, 10) == (action, after)


def test_a_complete_file_is_read_at_once_and_another_after_a_moment() -> None:
    assert after_event(Schedule(), 10, complete=True).read_at == 10
    assert after_event(Schedule(), 10, complete=False).read_at == 10 + DEBOUNCE


def test_more_events_do_not_put_off_reading_but_put_off_a_rescan() -> None:
    once = after_event(Schedule(), 10, complete=False)
    twice = after_event(once, 10.01, complete=False)
    assert twice == Schedule(read_at=10 + DEBOUNCE, rescan_at=10.01 + QUIET, events=2)


def test_a_rescan_that_ended_is_not_stepped() -> None:
    assert next_action(after_rescan(Schedule(rescanning=True)), 10)[0] is WAIT


@pytest.mark.parametrize(
    ("schedule", "seconds"),
    [(Schedule(), None), (Schedule(read_at=10.5, rescan_at=11), 0.5), (Schedule(inf, 11), 1)],
)
def test_it_waits_until_the_next_time_or_for_an_event(schedule: Schedule, seconds: float | None) -> None:
    assert schedule.timeout(10) == seconds
