#!/usr/bin/python3
"""What the window tells the desktop, over a real session bus: each end once, and the queue's.

usage: dbus-run-session -- xvfb-run -a tests/faults/notices.py build/release/nabiz

Needs python3-dbus, python3-gi, xdotool and openbox, by which the window is made small: while it is looked at, nothing
is told. Prints every notice with its time, and ends with 1 where one came twice or not at all.
"""
import collections, os, subprocess, sys, tempfile, threading, time

import dbus, dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"
TINY = ("model.d_model=32 model.n_layers=1 model.n_heads=2 model.d_ff=64 model.max_seq_len=64 "
        "language.stand_in=hidden=64,layers=1 training.warmup_steps=0 training.sample_interval=0 "
        "training.eval_interval=0 training.save_interval=0 hardware.threads=1 training.max_steps=200").split()
RUNS = {
    "plain": [],
    "no text": ["data.train_path=gone.txt"],
    "too fast": ["training.learning_rate=1e30", "training.gradient_clip=0", "training.stop_on_nonfinite=3"],
    "early": ["training.eval_interval=4", "training.eval_batches=1", "training.learning_rate=1",
              "training.warmup_steps=300", "training.stop_patience=2"],
}
WANTED = ["plain: finished", "no text: failed", "too fast: diverged", "early: finished", "The queue is done"]


class Server(dbus.service.Object):
    def __init__(self, bus):
        self.told, self.began = [], time.time()
        super().__init__(dbus.service.BusName(NAME, bus), "/org/freedesktop/Notifications")

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, title, body, actions, hints, timeout):
        self.told.append(str(title))
        print(f"{time.time() - self.began:6.1f} s  {title} | {body}", flush=True)
        return len(self.told)

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["body"]

    @dbus.service.method(NAME, out_signature="ssss")
    def GetServerInformation(self):
        return "test", "test", "1", "1.2"


def xdotool(*words):
    return subprocess.run(["xdotool", *words], capture_output=True, text=True).stdout.strip()


def drive(nabiz, folder, server, loop):
    env = dict(os.environ, XDG_DATA_HOME=folder + "/data", XDG_CONFIG_HOME=folder + "/config", QT_QPA_PLATFORM="xcb",
               LC_ALL="C.UTF-8")
    children = [subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)]
    try:
        with open(folder + "/gone.txt", "w") as text:
            text.writelines(f"{n}\n" for n in range(20000))
        for name, settings in RUNS.items():
            subprocess.run([nabiz, "queue", "add", "quick", *TINY, *settings, "--name", name], env=env, cwd=folder,
                           check=True, capture_output=True)
        os.remove(folder + "/gone.txt")
        children.append(subprocess.Popen([nabiz], env=env, cwd=folder))
        window = ""
        while not window:
            window = xdotool("search", "--onlyvisible", "--name", "Nab").split("\n")[-1]
            time.sleep(0.3)
        time.sleep(3)
        xdotool("windowactivate", "--sync", window)
        xdotool("key", "alt+q")  # Run the queue
        xdotool("windowminimize", window)  # a window that is looked at needs no notice
        end = time.time() + 240
        while "The queue is done" not in server.told and time.time() < end:
            time.sleep(0.5)
        time.sleep(5)  # for what would come twice
        subprocess.run(["import", "-window", "root", "/tmp/notices.png"], capture_output=True)
    finally:
        for child in reversed(children):
            child.terminate()
            child.wait()
        GLib.idle_add(loop.quit)


def main():
    DBusGMainLoop(set_as_default=True)
    server = Server(dbus.SessionBus())
    loop = GLib.MainLoop()
    with tempfile.TemporaryDirectory() as folder:
        thread = threading.Thread(target=drive, args=(os.path.abspath(sys.argv[1]), folder, server, loop))
        thread.start()
        loop.run()
        thread.join()
    count = collections.Counter(server.told)
    wrong = [title for title in WANTED if count[title] != 1] + [title for title in count if title not in WANTED]
    print("each once" if not wrong else f"not once: {wrong}")
    sys.exit(1 if wrong else 0)


main()
