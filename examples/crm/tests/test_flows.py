"""Both flows as people live them, each in a browser of their own: what one does, the others see."""

from __future__ import annotations

import json
import re

from browser import Browser, Tab, Window
from conftest import Crm, Starter

SIM_CHANGE, HANDSET, HELD_OUT = "13800000001", "13800000002", "13800000003"


def staff(crm: Crm, browser: Browser) -> Window:
    window = browser.window()
    assert window.open(f"{crm.url}/?token={crm.token}").url() == f"{crm.url}/"
    return window


def task_of(call_list: Tab, customer: str) -> str:
    row = f"[...document.querySelectorAll('#calls tr')].find(r => r.innerText.includes('{customer}'))"
    return str(call_list.run(f"{row}.dataset.task"))


def call_and_hand_off(agents: Window, crm: Crm) -> Tab:
    """The agent's page of a call that led to a work order for the shop S02."""
    call = agents.open(f"{crm.url}/outbound")
    if not call.has("#calls tr[data-task]"):
        call.submit("/outbound/day")
    call.follow(f'#calls tr[data-task="{task_of(call, SIM_CHANGE)}"] a')
    assert "免费换卡即可登录5G网络" in call.text()
    call.submit("/outbound/contact", outcome="interested", intent="想到店换卡")
    call.submit("/outbound/hand-off", area="西城", note="下午到店")
    return call


def test_a_sim_change_clears_the_call_list(crm: Crm, browser: Browser) -> None:
    agents, shop = staff(crm, browser), staff(crm, browser)
    call_list = agents.open(f"{crm.url}/outbound")
    call_list.submit("/outbound/day")
    row = f'#calls tr[data-task="{task_of(call_list, SIM_CHANGE)}"]'
    assert "已派发" in call_list.run(f"document.querySelector('{row}').innerText")
    counter = shop.open(f"{crm.url}/shop/counter?shop=S02")
    assert not counter.has("#orders tr[data-order]")

    call = call_and_hand_off(agents, crm)
    # The shop's counter and the call list change, though nobody touched them.
    counter.wait_for("#orders tr[data-order]")
    assert "下午到店" in counter.text()
    call_list.wait(f"document.querySelector('{row}').innerText.includes('已转办')")
    counter.submit("/shop/accept")
    counter.follow("#orders tr[data-order] a")
    assert "办理意向 想到店换卡" in counter.text()  # the agent's words, at the counter
    counter.submit("/shop/report", outcome="accepted", text="已换卡，配了5G手机膜")

    call_list.wait_until_gone(row)
    call.wait("document.querySelector('.state').innerText === '已办理'")
    assert "已换卡，配了5G手机膜" in call.text()  # and the shop's words, on the agent's page
    assert not call.has("form[action='/outbound/hand-off']")
    assert call_list.has("#calls tr[data-task]")  # other customers are still to be called


def test_a_shop_that_does_not_answer_gives_the_call_back(
    starter: Starter, browser: Browser
) -> None:
    morning = starter.start()
    call = call_and_hand_off(staff(morning, browser), morning)
    page = call.url().removeprefix(morning.url)
    assert call.run("document.querySelector('.state').innerText") == "已转办"
    starter.stop(morning)

    afternoon = starter.start(now="2026-01-05T15:00:00+08:00")
    call = staff(afternoon, browser).open(f"{afternoon.url}{page}")
    call.wait("document.querySelector('.state').innerText === '有意向'")
    call.submit("/outbound/hand-off", area="东城", note="换一家店")
    assert call.run("document.querySelector('.state').innerText") == "已转办"


def test_an_online_order_ends_the_popup(crm: Crm, browser: Browser) -> None:
    hotline, handset = staff(crm, browser), browser.window()
    popup = hotline.open(f"{crm.url}/hotline")
    popup.submit("/hotline/call", user=HANDSET)
    card = '.popup[data-policy="T01"]'
    assert "以旧换新立减300元" in popup.text()
    popup.submit("/hotline/contact", trail="咨询换机补贴，想在网上买")
    link = link_from(popup)

    # The customer's own browser has no token: the link is all it has.
    zone = handset.open(f"{crm.url}/zone")
    assert "未授权" in zone.text()
    zone.go(link)
    popup.wait(f"document.querySelector('{card} .state').innerText === '有意向'")
    zone.submit(link.removeprefix(crm.url))
    assert zone.url() == f"{crm.url}/zone"
    popup.wait(f"document.querySelector('{card} .state').innerText === '已转办'")
    assert zone.has('.offer[data-policy="T01"]')
    zone.submit("/zone/order")
    assert zone.has('.settled[data-policy="T01"]') and not zone.has('.offer[data-policy="T01"]')

    popup.wait_until_gone(card)
    popup.wait_for('.settled[data-policy="T01"]')
    assert re.search(r"订单 WT[0-9a-f]{10}", popup.text())
    zone.go(link)
    zone.submit(link.removeprefix(crm.url))
    assert "链接已使用" in zone.text()


def link_from(popup: Tab) -> str:
    """Sends the link, takes it as from the customer's message, goes back to the popup."""
    popup.submit("/hotline/link")
    link = str(popup.run("document.querySelector('.link a').href"))
    popup.follow(".still a:not(.link a)")
    return link


def test_the_monitor_follows(crm: Crm, browser: Browser) -> None:
    """An order of a customer who signed on by themselves: popup and monitor show it."""
    agents = staff(crm, browser)
    popup = agents.open(f"{crm.url}/hotline")
    popup.submit("/hotline/call", user=HANDSET)
    monitor = agents.open(f"{crm.url}/monitor")
    figures = "document.querySelector('iframe').contentDocument?.body?.innerText ?? ''"
    monitor.wait(f"({figures}).includes('换机补贴 300 元')")
    before = json.dumps(monitor.run(figures))
    zone = agents.open(f"{crm.url}/zone")
    zone.submit("/zone/sign-on", user=HANDSET)
    zone.submit("/zone/order")
    popup.wait_until_gone('.popup[data-policy="T01"]')
    monitor.wait(f"({figures}).includes('换机补贴 300 元') && ({figures}) !== {before}")


def test_what_somebody_types_stays(crm: Crm, browser: Browser) -> None:
    agents = staff(crm, browser)
    popup = agents.open(f"{crm.url}/hotline")
    popup.submit("/hotline/call", user=HANDSET)
    field = "document.querySelector('input[name=trail]')"
    popup.run(f"{field}.focus(), {field}.value = '正在输入', 0")
    entries = "document.querySelectorAll('.timeline tr').length"
    before = popup.run(entries)
    other = agents.open(f"{crm.url}/outbound")
    other.submit("/outbound/day")
    popup.wait(f"{entries} > {before}")
    assert popup.run(f"{field}.value") == "正在输入"
    assert popup.run(f"document.activeElement === {field}") is True


def test_links_expire(starter: Starter, browser: Browser) -> None:
    today = starter.start()
    popup = staff(today, browser).open(f"{today.url}/hotline")
    popup.submit("/hotline/call", user=HANDSET)
    popup.submit("/hotline/contact", trail="咨询换机补贴")
    path = link_from(popup).removeprefix(today.url)
    assert today.ask(path).status == 200
    assert "链接无效" in today.ask(path[:-1] + ("A" if path[-1] != "A" else "B")).text
    starter.stop(today)

    tomorrow = starter.start(now="2026-01-06T00:00:00+08:00")
    late = tomorrow.ask(path)
    assert late.status == 403 and "链接已过期" in late.text
    used = tomorrow.ask(path, "key=k", Origin=tomorrow.url)
    assert used.status == 403 and "链接已过期" in used.text


def test_a_policy_is_not_sold_by_asking_for_it(crm: Crm, browser: Browser) -> None:
    shop = staff(crm, browser).open(f"{crm.url}/shop/counter?shop=S01")
    shop.submit("/shop/visit", user=SIM_CHANGE)
    page = shop.url()
    shop.submit("/shop/unasked", policy="D168")
    assert "不能办理" in shop.text() and "plan_fee" in shop.text()
    shop.go(page)
    shop.submit("/shop/unasked", policy="G03")
    assert shop.has('.settled[data-policy="G03"]')
    shop.submit("/shop/unasked", policy="G03")
    assert "已在别处办理" in shop.text()


def test_the_holdout_is_left_alone(crm: Crm, browser: Browser) -> None:
    agents = staff(crm, browser)
    popup = agents.open(f"{crm.url}/hotline")
    popup.submit("/hotline/call", user=HELD_OUT)
    assert "没有可推荐的政策" in popup.text()
    zone = agents.open(f"{crm.url}/zone")
    zone.submit("/zone/sign-on", user=HELD_OUT)
    assert not zone.has(".offer")
    shop = agents.open(f"{crm.url}/shop/customer?shop=S01&user={HELD_OUT}")
    shop.submit("/shop/unasked", policy="D168")
    assert "渠道不允许承载该政策" in shop.text()


def test_several_programs_share_a_ledger(starter: Starter, browser: Browser) -> None:
    one, other = starter.start(), starter.start()
    popup = staff(one, browser).open(f"{one.url}/hotline")
    popup.submit("/hotline/call", user=HANDSET)
    zone = staff(other, browser).open(f"{other.url}/zone")
    zone.submit("/zone/sign-on", user=HANDSET)
    zone.submit("/zone/order")
    popup.wait_until_gone('.popup[data-policy="T01"]')
    popup.go(f"{one.url}/hotline")
    popup.submit("/hotline/call", user=HANDSET)
    assert not popup.has('.popup[data-policy="T01"]')  # nor does another call bring it back
