"""What every Pace must hold to. A test class of an implementation inherits from PaceContract
and gives it as the fixture `pace`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from scrapers.fetch import NotYet, Pace, Turn

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=90)
SECOND = timedelta(seconds=1)


def taken(result: Turn | NotYet) -> Turn:
    assert isinstance(result, Turn)
    return result


class PaceContract:
    def test_a_site_nobody_asks_is_free(self, pace: Pace):
        turn = taken(pace.claim("a.example", NOW, LEASE))
        assert (turn.site, turn.failures) == ("a.example", 0)

    def test_only_one_has_the_turn(self, pace: Pace):
        taken(pace.claim("a.example", NOW, LEASE))
        assert pace.claim("a.example", NOW, LEASE) == NotYet("a.example", NOW + LEASE, 0)

    def test_another_site_is_not_touched_by_it(self, pace: Pace):
        taken(pace.claim("a.example", NOW, LEASE))
        turn = taken(pace.claim("b.example", NOW, LEASE))
        assert (turn.site, turn.failures) == ("b.example", 0)

    def test_a_released_site_is_free_from_the_time_named(self, pace: Pace):
        turn = taken(pace.claim("a.example", NOW, LEASE))
        pace.release(turn, NOW + 5 * SECOND, 0)
        early = pace.claim("a.example", NOW + 4 * SECOND, LEASE)
        assert early == NotYet("a.example", NOW + 5 * SECOND, 0)
        assert taken(pace.claim("a.example", NOW + 5 * SECOND, LEASE)).site == "a.example"

    def test_failures_are_handed_on(self, pace: Pace):
        turn = taken(pace.claim("a.example", NOW, LEASE))
        pace.release(turn, NOW + SECOND, 3)
        waiting = pace.claim("a.example", NOW, LEASE)
        assert isinstance(waiting, NotYet)
        assert waiting.failures == 3
        assert taken(pace.claim("a.example", NOW + SECOND, LEASE)).failures == 3

    def test_a_turn_never_released_falls_back(self, pace: Pace):
        first = taken(pace.claim("a.example", NOW, LEASE))
        second = taken(pace.claim("a.example", NOW + LEASE, LEASE))
        assert second != first
        late = pace.claim("a.example", NOW + LEASE, LEASE)
        assert late == NotYet("a.example", NOW + 2 * LEASE, 0)

    def test_who_lost_the_turn_cannot_give_it_away(self, pace: Pace):
        lost = taken(pace.claim("a.example", NOW, LEASE))
        taken(pace.claim("a.example", NOW + LEASE, LEASE))
        pace.release(lost, NOW, 0)
        assert isinstance(pace.claim("a.example", NOW + LEASE, LEASE), NotYet)

    def test_of_many_at_once_one_wins(self, pace: Pace):
        with ThreadPoolExecutor(8) as threads:
            results = list(threads.map(lambda _: pace.claim("a.example", NOW, LEASE), range(24)))
        assert sum(isinstance(result, Turn) for result in results) == 1
