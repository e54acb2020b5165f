#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A first hour with the window, as a person has it: a fresh home, mouse and keys under Xvfb, a picture of each place.

    tests/look/look.py build/release/nabiz OUT [--size 1024x700] [--language tr] [--theme dark]

Nothing is judged but what does not end or stands outside of the screen (OUT/log.txt): the pictures are to be looked at.
What is clicked is found by its name in the accessibility tree, so that no place is written down here. Needs Xvfb,
openbox, xdotool, ImageMagick, at-spi2-core and `pip install jeepney`.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[2]
REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
SHOWING = 1 << 25
CLOSED = ("table", "tree", "list", "tree table", "list box")  # their rows are many, and not asked for


class Tree:
    """What the programs of the session tell a screen reader."""

    def __init__(self):
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        session = open_dbus_connection(bus="SESSION")
        place = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
        self.bus = open_dbus_connection(bus=session.send_and_get_reply(new_method_call(place, "GetAddress")).body[0])
        self.children(REGISTRY)  # wakes it before the program looks for it

    def call(self, node, interface, method, *arguments):
        from jeepney import DBusAddress, new_method_call

        place = DBusAddress(node[1], bus_name=node[0], interface="org.a11y.atspi." + interface)
        signature = "u" * len(arguments) or None
        return self.bus.send_and_get_reply(new_method_call(place, method, signature, arguments), timeout=20).body

    def name(self, node):
        from jeepney import DBusAddress, Properties

        place = DBusAddress(node[1], bus_name=node[0], interface="org.a11y.atspi.Accessible")
        answer = self.bus.send_and_get_reply(Properties(place).get("Name"), timeout=20).body
        return answer[0][1].replace("&", "") if isinstance(answer[0], tuple) else ""

    def children(self, node):
        answer = self.call(node, "Accessible", "GetChildren")
        return [tuple(child) for child in answer[0]] if answer and isinstance(answer[0], list) else []

    def walk(self, node=None, depth=0):
        """Node, role and place of all that is seen."""
        if node is None:
            for program in self.children(REGISTRY):
                yield from self.walk(program)
            return
        state = self.call(node, "Accessible", "GetState")[0]
        if isinstance(state, str) or depth > 1 and not state[0] & SHOWING:
            return  # hidden, or gone meanwhile
        role = self.call(node, "Accessible", "GetRoleName")[0]
        if depth > 0:
            place = self.call(node, "Component", "GetExtents", 0)[0]
            if isinstance(place, tuple):
                yield node, role, place
        if role not in CLOSED:
            for child in self.children(node):
                yield from self.walk(child, depth + 1)


class Drive:
    def __init__(self, options):
        self.options = options
        self.width, self.height = map(int, options.size.split("x"))
        self.out = pathlib.Path(options.out)
        self.out.mkdir(parents=True, exist_ok=True)
        self.log = open(self.out / "log.txt", "w")
        self.tree = Tree()
        self.texts = {}
        if options.language == "tr":
            for message in xml.parse(ROOT / "resources/translations/nabiz_tr.ts").iter("message"):
                self.texts.setdefault(message.findtext("source"), message.findtext("translation"))
        self.pictures = 0

    def say(self, *words):
        print(*words, file=self.log, flush=True)

    def text(self, english):
        return (self.texts.get(english) or english).replace("&", "")

    def xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], check=False)

    def picture(self, name, wait=0.5):
        time.sleep(wait)
        self.pictures += 1
        subprocess.run(["import", "-window", "root", str(self.out / f"{self.pictures:02d}-{name}.png")], check=False)
        for node, role, (x, _, width, height) in self.tree.walk():
            if role in ("label", "push button", "text", "combo box") and width > 0 < height:
                if x < -2 or x + width > self.width + 2:
                    self.say("outside of the screen in", name + ":", role, self.tree.name(node)[:60], x, width)

    def key(self, *keys, wait=0.4):
        for one in keys:
            self.xdotool("key", "--clearmodifiers", one)
            time.sleep(0.12)
        time.sleep(wait)

    def type(self, words):
        self.xdotool("type", "--delay", 25, words)
        time.sleep(0.4)

    def click(self, english, roles=None, button=1):
        wanted = self.text(english)
        for node, role, (x, y, width, height) in self.tree.walk():
            if width > 0 and (not roles or role in roles) and self.tree.name(node) == wanted:
                self.xdotool("mousemove", x + width // 2, y + height // 2)
                time.sleep(0.15)
                self.xdotool("click", button)
                time.sleep(0.6)
                return True
        self.say("not found:", english)
        return False

    def set(self, english, value):
        if self.click(english, ["text"]):
            self.key("ctrl+a", wait=0.1)
            self.type(value)
            self.key("Tab")

    def launch(self):
        with open(self.out / "stderr.txt", "a") as errors:
            self.program = subprocess.Popen([self.options.nabiz], stderr=errors, stdout=subprocess.DEVNULL)
        self.wait_for(lambda: any(True for _ in self.tree.walk()), "the window")
        time.sleep(3)
        if self.width > 1400:  # all of a large screen
            self.xdotool("getactivewindow", "windowmove", 0, 0, "windowsize", self.width - 4, self.height - 30)
            time.sleep(1)

    def wait_for(self, condition, what, seconds=180):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(1)
        self.say("never came:", what)

    def finished(self):
        word = self.text("finished")
        return any(role == "label" and self.tree.name(node).startswith(word) for node, role, _ in self.tree.walk())

    def theme(self):
        self.key("F10", "Down", "Down", "Right", *["Down"] * 6, "Right")
        self.picture("menu")
        self.key(*["Down"] * (2 if self.options.theme == "dark" else 1), "Return", wait=1.2)

    def language(self):
        """By the menu, whatever the system's is."""
        self.key("F10", "Down", "Down", "Right", *["Down"] * 5, "Right")
        self.key(*["Down"] * (2 if self.options.language == "tr" else 1), "Return", wait=1.2)

    def configure(self):
        self.key("ctrl+1")
        self.set("Steps", "24")
        self.set("Learning rate", "3e-3")
        self.click("Why this run is made", ["text"])
        self.type("a higher rate, ğüşıöç")
        self.picture("configure", 1.2)
        self.click("&YAML")
        self.picture("yaml")
        self.click("&Form")
        self.click("Find a setting", ["text"])
        self.type("checkpoint")
        self.picture("search")
        self.key("Escape")
        self.key("ctrl+a", "BackSpace")
        self.click("All presets")
        self.picture("presets")
        self.key("Escape")
        self.click("More ways to start")
        self.key("Down", "Down", "Down", "Down", "Return", wait=1)
        self.picture("vary")
        self.key("Escape")

    def train(self):
        self.click("&Start", ["push button"])
        self.picture("live", 4)
        self.xdotool("mousemove", self.width * 45 // 100, self.height * 35 // 100)
        for _ in range(4):
            self.xdotool("click", 4)
            time.sleep(0.15)
        self.picture("zoomed")
        self.key("End")
        self.picture("following")
        self.wait_for(self.finished, "the end of the run")
        self.picture("finished", 1)
        self.click("How the charts are drawn")
        self.picture("view")
        self.key("Escape", "Escape")

    def second(self):
        self.key("ctrl+1")
        self.set("Learning rate", "1e-3")
        self.key("ctrl+r", wait=6)
        self.wait_for(self.finished, "the end of the second run")

    def runs(self):
        self.key("ctrl+3", wait=1)
        self.picture("runs")
        for button in ("Views of the table", "Co&lumns", "Help on filters"):
            self.click(button)
            self.picture("runs-" + button.split()[0].strip("&").lower())
            self.key("Escape")

    def compare(self):
        self.key("ctrl+a")
        self.click("Compare", ["push button"])
        self.picture("compare", 1.5)
        for tab in ("Texts", "Scatter", "Grid"):
            self.click("&" + tab if "&" + tab in self.texts else tab)
            self.picture("compare-" + tab.lower())

    def report(self):
        self.key("ctrl+5", wait=2)
        self.picture("report")
        self.click("&Save…")
        self.picture("report-save", 1)
        self.key("Escape")

    def dialogs(self):
        self.key("ctrl+1")
        for keys, name in (("ctrl+i", "import"), ("ctrl+shift+v", "published"), ("F1", "shortcuts")):
            self.key(keys, wait=1)
            self.picture(name)
            self.key("Escape")

    def again(self):
        self.key("ctrl+4")
        self.key("ctrl+q")
        self.wait_for(lambda: self.program.poll() is not None, "the end of the program", 20)
        self.launch()
        self.picture("again")
        self.key("ctrl+q")

    def all(self):
        self.launch()
        self.picture("first")
        for step in (self.theme, self.language, self.configure, self.train, self.second, self.runs, self.compare,
                     self.report, self.dialogs, self.again):
            try:
                step()
            except Exception:  # the next places are looked at all the same
                self.say(step.__name__, traceback.format_exc())
        self.say("pictures:", self.pictures)
        self.program.terminate()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("nabiz")
    parser.add_argument("out")
    parser.add_argument("--size", default="1400x860")
    parser.add_argument("--language", choices=("en", "tr"), default="en")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    options = parser.parse_args()
    if "NABIZ_LOOK" in os.environ:  # within the session
        Drive(options).all()
        return
    with tempfile.TemporaryDirectory() as home:
        runtime = pathlib.Path(home, "run")
        runtime.mkdir(mode=0o700)
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "NABIZ_DB"))}
        environment |= {"HOME": home, "XDG_RUNTIME_DIR": str(runtime), "NABIZ_LOOK": "1",
                        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        read, write = os.pipe()
        server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", options.size + "x24"],
                                  pass_fds=[write], stderr=subprocess.DEVNULL)
        environment["DISPLAY"] = ":" + os.read(read, 16).decode().strip()
        manager = subprocess.Popen(["openbox", "--sm-disable"], env=environment, stderr=subprocess.DEVNULL)
        try:
            subprocess.run(["dbus-run-session", "--", sys.executable, *sys.argv], env=environment, check=True)
        finally:
            manager.terminate()
            server.terminate()


if __name__ == "__main__":
    main()
