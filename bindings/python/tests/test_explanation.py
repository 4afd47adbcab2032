"""Why a policy fits a user, as text and in a notebook."""

from __future__ import annotations

from typing import Any

import muster as ms
import pytest


def test_user_of_a_frame(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rules = telco.compile()
    position = int(rules.match(customers)["R07"].argmin())  # the first whom it does not fit
    why = rules.explain(customers, user=position + 1, policy="R07")
    assert not why.matches and why.changes and why.found == "yes"
    assert why.title == "R07 Two-year upgrade for one-year contracts"
    assert [one.text for one in why.literals][0] == "contract = 'One year'"
    assert str(why) == why.text and "contract" in why.text
    page = why._repr_html_()
    assert "<code>contract = &#x27;One year&#x27;</code>" in page and "does not fit" in page


def test_the_change_makes_it_fit(every_type: ms.Catalogue) -> None:
    rules = every_type.compile()
    why = rules.explain({"fee": 3}, policy="fee")
    assert [(one.tag, one.text) for one in why.changes] == [("fee", "fee >= 10")]
    fits = rules.explain({"fee": 10}, policy="fee")
    assert fits.matches and fits.changes == ()
    assert [(p.kind, p.truth, p.actual) for p in fits.parts] == [("condition", True, "is 10")]


def test_null_is_neither(every_type: ms.Catalogue) -> None:
    why = every_type.compile().explain(every_type.user({}), policy="not_loyal")
    assert why.parts[0].truth is None and "NULL" in why._repr_html_()


def test_who_and_what_is_not_there(telco: ms.Catalogue, customers: dict[str, Any]) -> None:
    rules = telco.compile()
    with pytest.raises(ms.NotFoundError, match="^there is no user '7044'$"):
        rules.explain(customers, user=7044, policy="R07")
    with pytest.raises(ms.NotFoundError, match="^there is no policy 'none'$"):
        rules.explain(customers, user=1, policy="none")
