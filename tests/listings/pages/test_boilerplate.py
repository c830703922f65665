import pytest

from generator.listings.entry import Line, Listing
from generator.listings.pages.boilerplate import unglued_lines


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("SubscribePears: A Survey", "Pears: A Survey"),
        ("SubscribexPear: A Fruit", "xPear: A Fruit"),
        ("Subscribe3D Pears", "3D Pears"),
        ("Subscribe", "Subscribe"),
        ("Subscribers of Orchards", "Subscribers of Orchards"),
        ("Subscriber's Delight", "Subscriber's Delight"),
        ("Subscribed to Pears", "Subscribed to Pears"),
        ("Subscribe to Pears", "Subscribe to Pears"),
    ],
)
def test_the_button_glued_to_a_title(text: str, title: str) -> None:
    listing = Listing(path="page.txt", issue=None, lines=("", text))
    assert unglued_lines(listing) == [Line(2, title)]
