"""The guide of each role is one page of letter paper, in either language."""

import re

import pytest

from cms_table.guides import GUIDES

pytestmark = pytest.mark.browser


def pages_on_paper(page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter")))


@pytest.mark.parametrize("language", ["en-CA", "fr-CA"])
def test_each_guide_is_one_page_on_paper(seat_of, language):
    page = seat_of("chair", language=language)

    printed = {}
    for role in GUIDES:
        page.goto(f"/help/guide/{role}/")
        printed[role] = pages_on_paper(page)

    assert printed == dict.fromkeys(GUIDES, 1)


def test_what_is_longer_than_a_page_is_counted_so(seat_of):
    page = seat_of("chair")

    page.goto("/help/")

    assert pages_on_paper(page) > 1
