"""What an owner reads where the program says a topic's key."""

from __future__ import annotations

# Topics whose key is not the word an owner would use; the others are called as they are.
_NAMES = {
    "late": "being on time",
    "wait": "waiting times",
    "order": "getting orders right",
    "clean": "cleanliness",
    "price": "prices",
    "billing": "bills and charges",
    "portion": "portions",
    "room": "rooms",
    "bed": "beds",
    "drink": "drinks",
    "bathroom": "bathrooms",
    "wifi": "Wi-Fi",
    "climate": "heating and cooling",
    "temperature": "food served hot",
    "checkin": "check-in",
    "repair": "the work done",
    "communication": "being reachable",
    "haircut": "haircuts",
    "treatment": "treatments",
    "pain": "a gentle hand",
    "product": "product quality",
    "hours": "opening hours",
    "family": "children",
    "other": "other things",
}


def topic_name(key: str) -> str:
    """The words for a topic, such as "opening hours" for `hours`."""
    return _NAMES.get(key) or key.replace("_", " ")
