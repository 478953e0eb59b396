"""Looks at the board in Chromium. Usage: look.py BOARD AXE DIRECTORY, with the emulator's address and key in FATHOM_BASE_URL
and FATHOM_API_KEY; run.sh calls it."""

import json
import os
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

board_program, axe_script, directory = sys.argv[1:]


def ask(path, **query):
    url = f"{os.environ['FATHOM_BASE_URL']}{path}?{urllib.parse.urlencode(query)}"
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {os.environ['FATHOM_API_KEY']}"})
    with urllib.request.urlopen(request) as answer:
        body = json.load(answer)
    return body["data"] if isinstance(body, dict) and "data" in body else body


def report(site, day, **query):
    return ask("/aggregations", entity="pageview", entity_id=site, date_from=f"{day} 00:00:00",
               date_to=f"{day} 23:59:59", **query)


def start_board(site):
    board = subprocess.Popen([board_program, site, "--port", "0"], stdout=subprocess.PIPE, text=True)
    return board, board.stdout.readline().strip()


def start_browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                     "--disable-dev-shm-usage", "--window-size=1280,1000", f"--user-data-dir={os.environ['HOME']}/browser"):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def text(browser, selector):
    return browser.find_element(By.CSS_SELECTOR, selector).text


def number(shown):
    return int(shown.replace(",", ""))


def table(browser, name):
    """The rows as they are shown, in all their columns."""
    script = "return [...document.querySelectorAll(arguments[0])].map(r => [...r.cells].map(c => c.textContent))"
    return browser.execute_script(script, f"#{name} tbody tr")


def hours_of(site, day):
    return {int(row["date"][11:13]): int(row["visits"])
            for row in report(site, day, aggregates="visits", date_grouping="hour")}


def country(browser, code):
    """As the browser itself names it."""
    script = "return new Intl.DisplayNames(['en'], {type: 'region'}).of(arguments[0])"
    return browser.execute_script(script, code) if code else "Unknown"


def check_figures(browser, site):
    day = text(browser, "#state").split(",")[0]
    assert number(text(browser, "#now")) == int(ask("/current_visitors", site_id=site)["total"])
    week_ago = str(date.fromisoformat(day) - timedelta(weeks=1))
    hours = hours_of(site, day)
    hours_before = hours_of(site, week_ago)
    shown = table(browser, "hours")
    assert len(shown) == 24, shown
    for hour, (_, today, before) in enumerate(shown):
        assert today == "–" or number(today) == hours.get(hour, 0), (hour, today, hours)
        assert number(before) == hours_before.get(hour, 0), (hour, before, hours_before)
    begun = [(number(today), number(before)) for _, today, before in shown if today != "–"]
    visits, visits_before = (sum(column) for column in zip(*begun))
    assert number(text(browser, "#today")) == visits > 0, shown
    assert f"{visits_before:,}" in text(browser, "#change") and visits_before > 0, text(browser, "#change")
    for name, field, metric, as_shown in (
            ("pages", "pathname", "pageviews", lambda path: path or "Unknown"),
            ("referrers", "referrer_hostname", "visits",
             lambda host: host.removeprefix("https://").removeprefix("http://") or "Came directly"),
            ("countries", "country_code", "visits", lambda code: country(browser, code))):
        rows = report(site, day, aggregates=metric, field_grouping=field, sort_by=f"{metric}:desc", limit=10)
        expected = [(as_shown(row[field] or ""), int(row[metric])) for row in rows]
        assert [(row[0], number(row[1])) for row in table(browser, name)] == expected, (name, expected)


def check_accessibility(browser, name, width, height, scheme):
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia",
                            {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    browser.execute_script("document.querySelector('details').open = arguments[0]", width < 400)
    found = browser.execute_async_script("axe.run(document).then(arguments[arguments.length - 1])")
    assert found["passes"], found
    assert not found["violations"], (name, json.dumps(found["violations"], indent=1)[:4000])
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways"
    browser.execute_script("document.querySelector('details').open = false; document.activeElement.blur()")
    tall = browser.execute_script("return document.documentElement.scrollHeight")
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": width, "height": max(height, tall), "deviceScaleFactor": 1, "mobile": False})
    browser.save_screenshot(f"{directory}/board-{name}.png")
    return len(found["passes"])


def focused(browser):
    element = browser.switch_to.active_element
    return element.get_attribute("id") or element.get_attribute("class") or element.tag_name


def check_keyboard(browser):
    browser.execute_script("document.activeElement.blur()")
    order = []
    for _ in range(3):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        order.append(focused(browser))
    assert order == ["skip", "pause", "summary"], order
    pause = browser.find_element(By.ID, "pause")
    pause.send_keys(Keys.SPACE)
    assert pause.get_attribute("aria-pressed") == "true"
    pause.send_keys(Keys.ENTER)
    assert pause.get_attribute("aria-pressed") == "false"


def check_pause_after_refusal(browser):
    """The page asks again a while after a refusal, but not while it is paused."""
    asked = browser.execute_async_script("""
        const done = arguments[arguments.length - 1];
        const {EventSource, setTimeout} = window;
        let asked = 0;
        window.EventSource = class extends EventTarget {
          static CLOSED = 2;
          readyState = 2;
          constructor() { super(); ++asked; }
          close() {}
        };
        window.setTimeout = again => setTimeout(again, 1);
        listen();
        source.dispatchEvent(new Event('error'));
        document.getElementById('pause').click();
        setTimeout(() => { Object.assign(window, {EventSource, setTimeout}); done(asked); }, 100);
    """)
    assert asked == 1, asked
    pause = browser.find_element(By.ID, "pause")
    assert pause.get_attribute("aria-pressed") == "true"
    pause.click()
    assert pause.get_attribute("aria-pressed") == "false"


def check_origin(browser, url):
    script = "return performance.getEntriesByType('resource').map(entry => entry.name)"
    elsewhere = [name for name in browser.execute_script(script) if not name.startswith(url)]
    assert not elsewhere, elsewhere


def look(browser, url, site):
    browser.get(url)
    WebDriverWait(browser, 30).until(lambda b: text(b, "#now") != "–")
    check_figures(browser, site)
    check_origin(browser, url)
    check_keyboard(browser)
    check_pause_after_refusal(browser)
    with open(axe_script, encoding="utf-8") as script:
        browser.execute_script(script.read())
    rules = [check_accessibility(browser, name, width, height, scheme)
             for name, width, height, scheme in (("light", 1280, 1000, "light"), ("dark", 1280, 1000, "dark"),
                                                 ("small", 320, 640, "light"), ("small-dark", 320, 640, "dark"))]
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert not severe, severe
    print(f"The board shows the emulator's figures; axe-core checked {min(rules)} rules and more, and found nothing.")


def busiest_site():
    """The one whose day has gone on longest, so that there is something to see at any time of the night."""
    return max(ask("/sites"), key=lambda site: datetime.now(ZoneInfo(site["timezone"])).hour)["id"]


def main():
    site = busiest_site()
    board, url = start_board(site)
    browser = start_browser()
    try:
        look(browser, url, site)
        board.send_signal(signal.SIGTERM)  # while the browser looks
        assert board.wait(timeout=20) == 0
    finally:
        browser.quit()
        board.kill()


main()
