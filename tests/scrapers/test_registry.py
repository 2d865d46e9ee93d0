"""Discovery of sources and the choice by a pasted address."""

import pytest

from scrapers import registry
from scrapers.structured.html import host_of


def test_every_source_is_found_under_the_name_of_its_file():
    assert all(registry.get(source.key) is source for source in registry.all_sources())
    assert "generic" in {source.key for source in registry.all_sources()}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.Example.org/a?b#c", "www.example.org"),
        ("example.org/shop", "example.org"),
        ("http://example.org./", "example.org"),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_typed_address(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url", ["https://bakery.example/contact", "", "http://[broken", "nonsense"]
)
def test_an_unknown_site_is_read_by_the_generic_reader(url):
    assert registry.for_url(url).key == "generic"
