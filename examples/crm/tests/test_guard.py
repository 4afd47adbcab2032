"""Who gets in: nobody without a token or a link, and nothing from elsewhere."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from conftest import Crm

PAGES = [
    "/", "/outbound", "/outbound/call?task=1", "/hotline", "/hotline/popup?user=13800000001", "/shop",
    "/shop/counter?shop=S01", "/shop/customer?shop=S01&user=13800000001", "/zone", "/monitor",
    "/monitor/page", "/sequence", "/nowhere",
]  # fmt: skip
FORMS = [
    "/outbound/day", "/outbound/contact", "/outbound/hand-off", "/hotline/call", "/hotline/contact",
    "/hotline/link", "/shop/visit", "/shop/accept", "/shop/refuse", "/shop/report", "/shop/settle",
    "/shop/unasked", "/zone/sign-on", "/zone/order", "/nowhere",
]  # fmt: skip


def bearer(crm: Crm) -> str:
    return f"Bearer {crm.token}"


@pytest.fixture
def session(crm: Crm) -> str:
    """The cookie of a customer who signed on."""
    answer = crm.ask("/zone/sign-on", "user=13800000001&key=k", Authorization=bearer(crm))
    assert answer.status == 303
    assert "HttpOnly; SameSite=Strict" in answer.headers["Set-Cookie"]
    return answer.headers["Set-Cookie"].split(";")[0]


def test_nothing_without_a_token(crm: Crm) -> None:
    for page in PAGES:
        assert crm.ask(page).status == 401, page
        assert crm.ask(page, Cookie="muster_crm_staff=guess").status == 401, page
        assert crm.ask(page, Authorization=bearer(crm)[:-1]).status == 401, page
    for action in FORMS:
        assert crm.ask(action, "key=k&task=1", Origin=crm.url).status == 401, action
    assert "未授权" in crm.ask("/").text


def test_a_first_visit_turns_the_token_into_a_cookie(crm: Crm) -> None:
    first = crm.ask(f"/outbound?token={crm.token}")
    assert (first.status, first.headers["Location"]) == (303, "/outbound")
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly; SameSite=Strict" in cookie
    assert crm.ask("/outbound", Cookie=cookie.split(";")[0]).status == 200
    assert crm.ask("/outbound?token=guess").status == 401


def test_the_token_leads_nowhere_else(crm: Crm) -> None:
    answer = crm.ask(f"//elsewhere.example/?token={crm.token}")
    assert (answer.status, answer.headers["Location"]) == (303, "/")


def test_customers_see_the_zone_alone(crm: Crm, session: str) -> None:
    assert crm.ask("/zone", Cookie=session).status == 200
    assert crm.ask("/sequence", Cookie=session).status == 200
    for page in set(PAGES) - {"/zone", "/sequence", "/nowhere"}:
        assert crm.ask(page, Cookie=session).status == 403, page
    assert "无权访问" in crm.ask("/outbound", Cookie=session).text
    for action in set(FORMS) - {"/zone/order", "/nowhere"}:
        answer = crm.ask(action, "key=k2&user=13800000002", Cookie=session, Origin=crm.url)
        assert answer.status == 403, action


def test_a_customer_orders_for_themselves_alone(crm: Crm, session: str) -> None:
    other = crm.ask("/zone/sign-on", "user=13800000004&key=k4", Authorization=bearer(crm))
    theirs = other.headers["Set-Cookie"].split(";")[0]
    page = crm.ask("/zone", Cookie=theirs).text
    task = page.split('name="task" value="')[1].split('"')[0]
    order = crm.ask("/zone/order", f"key=o1&task={task}", Cookie=session, Origin=crm.url)
    assert order.status == 404
    order = crm.ask("/zone/order", f"key=o2&task={task}", Cookie=theirs, Origin=crm.url)
    assert order.status == 303


def test_what_is_not_there(crm: Crm) -> None:
    not_there = {
        "/nowhere": "没有此页面",
        "/outbound/call?task=1": "没有此任务",
        "/outbound/call?task=x": "没有此任务",
        "/hotline/popup?user=1": "没有此客户",
        "/shop/counter?shop=S99": "没有此门店",
    }
    for page, text in not_there.items():
        answer = crm.ask(page, Authorization=bearer(crm))
        assert (answer.status, text in answer.text) == (404, True), page


def test_hosts_and_origins_that_are_not_ours(crm: Crm) -> None:
    staff = {"Cookie": f"muster_crm_staff={crm.token}"}
    assert crm.ask("/", **staff).status == 200
    port = crm.host.split(":")[1]
    assert crm.ask("/", Host=f"localhost:{port}", **staff).status == 200
    for host in ("crm.example", f"crm.example:{port}", "127.0.0.1", "127.0.0.1:1"):
        assert crm.ask("/", Host=host, **staff).status == 403, host
    day = ("/outbound/day", "key=day")
    for origin in ("http://crm.example", "null", "http://127.0.0.1:1", f"https://{crm.host}"):
        assert crm.ask(*day, Origin=origin, **staff).status == 403, origin
    assert crm.ask(*day, **staff).status == 403
    assert "来源不符" in crm.ask(*day, **staff).text
    assert crm.ask(*day, Origin=crm.url, **staff).status == 303


def test_what_customers_and_agents_type_is_no_markup(crm: Crm) -> None:
    staff = {"Cookie": f"muster_crm_staff={crm.token}", "Origin": crm.url}
    crm.ask("/hotline/call", "user=13800000001&key=call", **staff)
    popup = crm.ask("/hotline/popup?user=13800000001", **staff).text
    task = popup.split('name="task" value="')[1].split('"')[0]
    words = "%3Cscript%3Ealert(%22x%22)%3C/script%3E"
    crm.ask("/hotline/contact", f"key=c&task={task}&trail={words}", **staff)
    popup = crm.ask("/hotline/popup?user=13800000001", **staff)
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in popup.text
    assert "script>alert" not in popup.text
    assert "default-src 'none'" in popup.headers["Content-Security-Policy"]
    unknown = crm.ask("/hotline/popup?user=%3Cb%3E", **staff)
    assert unknown.status == 404 and "&lt;b&gt;" in unknown.text


def test_only_this_machine_reaches_it(crm: Crm) -> None:
    port = int(crm.host.split(":")[1])
    hexadecimal = f":{port:04X}"
    lines = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    listening = [
        local for _, local, _, state, *_ in map(str.split, lines.splitlines()[1:])
        if state == "0A" and local.endswith(hexadecimal)
    ]  # fmt: skip
    assert listening == [f"0100007F{hexadecimal}"]  # 127.0.0.1 and no other address
    with socket.create_connection(("127.0.0.1", port), 60):
        pass


def test_a_form_sent_twice_has_one_effect(crm: Crm) -> None:
    def sequence() -> int:
        return int(crm.ask("/sequence", Authorization=bearer(crm)).text)

    form = ("/outbound/day", "key=day")
    assert crm.ask(*form, Authorization=bearer(crm)).status == 303
    first = sequence()
    assert crm.ask(*form, Authorization=bearer(crm)).status == 303
    assert sequence() == first > 0


def test_bodies_have_a_limit(crm: Crm) -> None:
    answer = crm.ask("/outbound/day", "key=" + "k" * 100_000, Authorization=bearer(crm))
    assert answer.status == 413
