# SPDX-License-Identifier: GPL-3.0-or-later
"""What nabiz.py writes, as a script sees it: each case is a script of its own, whose inbox is read afterwards."""
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import unittest

MODULE = sys.argv.pop(1)  # the folder of nabiz.py


class NabizModule(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.database = os.path.join(self.folder.name, "new", "folder", "n.db")
        self.inbox = self.database + "-inbox"

    def tearDown(self):
        self.folder.cleanup()

    def script(self, text, code=0, **more):
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": MODULE, "NABIZ_DB": self.database, "HOME": "/", **more}
        done = subprocess.run([sys.executable, "-c", "import nabiz as wandb\n" + textwrap.dedent(text)], env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=100)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def files(self):
        return [os.path.join(self.inbox, name) for name in sorted(os.listdir(self.inbox)) if name.endswith(".jsonl")]

    def lines(self, file=None):
        with open(file or self.files()[0]) as opened:
            return [json.loads(line, parse_constant=self.fail) for line in opened]

    def points(self, lines):
        return [(line["s"], line["m"]) for line in lines if "m" in line]

    def test_a_run_from_init_to_its_end(self):
        self.script("""
            run = wandb.init(project="p", name="n", tags=["a", "b"], notes="why", group="g", config={"lr": 0.1, "net": {"depth": 3}})
            wandb.config.update({"late": 1}); wandb.config.batch = 4
            wandb.log({"loss": 1.5, "val": {"acc": {"top1": 2}}})
            wandb.log({"loss": float("nan"), "up": float("inf"), "down": -float("inf"), "ok": True})
            wandb.run.summary["best"] = 1.5
            run.name = "renamed"
            assert (wandb.config.lr, wandb.config["late"], run.config.net["depth"], wandb.run.id) == (0.1, 1, 3, run.id)
            assert run.name == "renamed" and run.url.startswith("file:") and wandb.summary["loss"] != 0
            import os; assert os.path.isdir(run.dir)
            wandb.finish()
        """)
        lines = self.lines()
        start = lines[0]["start"]
        self.assertEqual((start["name"], start["project"], start["tags"], start["notes"], start["group"]),
                         ("n", "p", ["a", "b"], "why", "g"))
        self.assertTrue(start["pid"] > 0 and start["process_start"] > 0 and start["boot"])
        self.assertEqual(lines[0]["config"], {"lr": 0.1, "net.depth": 3})
        self.assertEqual([line["config"] for line in lines[1:] if "config" in line], [{"late": 1}, {"batch": 4}])
        self.assertEqual(self.points(lines), [
            (0, {"loss": 1.5, "val.acc.top1": 2}),
            (1, {"loss": "NaN", "up": "Infinity", "down": "-Infinity", "ok": 1})])
        self.assertIn({"set": {"name": "renamed"}}, lines)
        self.assertIn({"summary": {"best": 1.5}}, lines)
        self.assertEqual(lines[-1]["end"], 0)

    def test_steps_and_commits_count_as_wandb_counts(self):
        self.script("""
            wandb.init()
            wandb.log({"a": 1.0}); wandb.log({"b": 1.0}, commit=False); wandb.log({"c": 1.0})
            wandb.log({"d": 1.0}, step=10); wandb.log({"e": 1.0}); wandb.log({"f": 1.0}, step=20, commit=True); wandb.log({"g": 1.0})
            wandb.log({"h": 1.0}, step=3)
        """)
        steps = {key: step for step, figures in self.points(self.lines()) for key in figures}
        self.assertEqual(steps, {"a": 0, "b": 1, "c": 1, "d": 10, "e": 10, "f": 20, "g": 21, "h": 3})

    def test_a_metric_with_a_step_metric_of_its_own(self):
        self.script("""
            wandb.init()
            wandb.define_metric("epoch"); wandb.define_metric("val/*", step_metric="epoch")
            wandb.log({"loss": 1.0}); wandb.log({"val/loss": 2.0, "epoch": 7}); wandb.log({"val/acc": 3.0})
        """)
        places = [line.get("x") for line in self.lines() if "m" in line]
        self.assertEqual(places, [None, {"val/loss": 7}, {"val/acc": 7}])

    def test_both_families_of_environment_names(self):
        self.script("wandb.init()", WANDB_PROJECT="wp", NABIZ_NAME="nn", WANDB_NAME="wn", WANDB_TAGS="x,y", NABIZ_RUN_ID="a/b")
        start = self.lines()[0]["start"]
        self.assertEqual((start["project"], start["name"], start["tags"], start["id"]), ("wp", "nn", ["x", "y"], "a/b"))

    def test_disabled_writes_nothing(self):
        self.script("wandb.init(mode='disabled'); wandb.log({'a': 1})")
        self.script("wandb.init(); wandb.log({'a': 1})", WANDB_MODE="disabled")
        self.assertFalse(os.path.exists(self.inbox))

    def test_what_is_not_kept_is_said_once(self):
        done = self.script("""
            wandb.init()
            for i in range(3):
                wandb.log({"t": wandb.Table(columns=["a"], data=[[1]]), "i": wandb.Image("x.png"), "h": wandb.Html("<b>"), "l": [1, 2], "loss": 1})
            artifact = wandb.Artifact("w", type="model"); artifact.add_file("x")
            wandb.log_artifact(artifact); wandb.save("x"); wandb.watch(None); wandb.run.watch(None)
            assert isinstance(wandb.Table(), object) and list(wandb.Api().runs()) == []
            wandb.log({"text": "hallo"}); wandb.plot.line(1, 2); wandb.login(key="x")
        """)
        self.assertEqual(done.stderr.count("Table"), 1, done.stderr)
        self.assertEqual(done.stderr.count("'l'"), 1, done.stderr)
        for word in ("Image", "Html", "Artifact", "save", "watch"):
            self.assertIn(word + ":", done.stderr)
        lines = self.lines()
        self.assertEqual([figures.get("loss") for _, figures in self.points(lines)][:3], [1, 1, 1])
        self.assertEqual([line["texts"] for line in lines if "texts" in line], [{"text": "hallo"}])

    def test_killed_without_warning_nothing_is_lost(self):
        self.script("""
            import os, signal
            wandb.init()
            for i in range(5000): wandb.log({"loss": i / 7})
            os.kill(os.getpid(), signal.SIGKILL)
        """, code=-signal.SIGKILL)
        lines = self.lines()
        self.assertEqual([step for step, _ in self.points(lines)], list(range(5000)))
        self.assertNotIn("end", lines[-1])

    def test_a_fork_writes_a_file_of_its_own(self):
        self.script("""
            import os
            wandb.init(); wandb.log({"loss": 1.0})
            if os.fork() == 0:
                wandb.log({"child": 2.0}); raise SystemExit
            os.wait(); wandb.log({"loss": 3.0})
        """)
        both = sorted((self.lines(file) for file in self.files()), key=len)
        self.assertEqual([self.points(lines) for lines in both], [[(1, {"child": 2.0})], [(0, {"loss": 1.0}), (1, {"loss": 3.0})]])
        self.assertEqual(len({lines[0]["start"]["id"] for lines in both}), 1)
        self.assertEqual(len({lines[0]["start"]["pid"] for lines in both}), 2)
        self.assertEqual(["end" in lines[-1] for lines in both], [False, True])

    def test_eight_processes_of_ten_thousand_points(self):
        self.script("""
            import os
            for rank in range(8):
                if os.fork() == 0:
                    wandb.init(id="same")
                    for i in range(10000): wandb.log({"loss/%d" % rank: i + 0.5})
                    raise SystemExit
            for rank in range(8): os.wait()
        """)
        files = self.files()
        self.assertEqual(len(files), 8)
        self.assertEqual(sum(len(self.points(self.lines(file))) for file in files), 80000)

    def test_a_resumed_run_goes_on_behind_its_last_step(self):
        self.script("wandb.init(id='r'); [wandb.log({'a': i}) for i in range(5)]")
        self.script("run = wandb.init(id='r', resume='allow'); assert run.resumed and run.step == 5; wandb.log({'a': 5})")
        self.assertEqual(sorted(step for file in self.files() for step, _ in self.points(self.lines(file))), list(range(6)))

    def test_a_full_disk_is_one_warning_and_what_waited_comes_later(self):
        done = self.script("""
            import resource, signal
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            wandb.init(); wandb.log({"loss": 0.0})
            before = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
            for i in range(1, 500): wandb.log({"loss": float(i)})
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            wandb.log({"loss": 500.0})
        """)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn("cannot be written", done.stderr)
        self.assertEqual([figures["loss"] for _, figures in self.points(self.lines())], list(range(501)))

    def test_no_folder_is_one_warning(self):
        open(os.path.join(self.folder.name, "new"), "w").close()  # a file where the folder should be
        done = self.script("wandb.init(); [wandb.log({'a': i}) for i in range(9)]; wandb.finish()")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_nothing_raises(self):
        done = self.script("""
            wandb.log({"early": 1}); wandb.finish(); wandb.define_metric("a", step_metric="b")
            wandb.init(tags=5, config=7); wandb.init(config=object())
            wandb.log(None); wandb.log(5); wandb.log({"a": object(), 3: 1.0}, step="x"); wandb.log({3: 1.0})
            wandb.config.update(9); wandb.finish(); wandb.log({"late": 1}); wandb.Nothing.of.this(1).exists
        """)
        self.assertIn("before init()", done.stderr)

    def test_an_exception_ends_a_run_as_failed(self):
        self.script("wandb.init(); raise ValueError('x')", code=1)
        self.assertEqual(self.lines()[-1]["end"], 1)

    def test_a_summary_writer(self):
        self.script("""
            with wandb.SummaryWriter("logs/first", comment="-x") as writer:
                writer.add_scalar("train/loss", 0.5, 12, walltime=1700000000.5)
                writer.add_scalar("train/loss", 0.25, global_step=13)
                writer.add_hparams({"lr": 0.1}, {"hparam/acc": 0.9}); writer.add_histogram("h", [1]); writer.flush()
        """)
        lines = self.lines()
        self.assertEqual(lines[0]["start"]["name"], "first-x")
        self.assertIn({"t": 1700000000.5, "s": 12, "m": {"train/loss": 0.5}}, lines)
        self.assertIn({"config": {"lr": 0.1}}, lines)
        self.assertEqual(lines[-1]["end"], 0)

    def test_the_classes_of_others_are_made_of_theirs(self):
        for name, text in {
            "transformers": "class TrainerCallback: pass\n",
            "lightning/pytorch/loggers": "class Logger:\n    def __init__(self): pass\n",
        }.items():
            folder = os.path.join(self.folder.name, "fakes", name)
            os.makedirs(folder)
            with open(os.path.join(folder, "__init__.py"), "w") as file:
                file.write(text)
        self.script("""
            import lightning.pytorch.loggers, types
            callback, logger = wandb.TrainerCallback(), wandb.Logger(name="lit")
            state = types.SimpleNamespace(is_world_process_zero=True, global_step=40)
            callback.on_train_begin(types.SimpleNamespace(run_name="hf", to_dict=lambda: {"lr": 1}), state, None)
            callback.on_log(None, state, None, logs={"loss": 0.5, "epoch": 1})
            logger.log_hyperparams({"depth": 2}); logger.log_metrics({"val": 3.0}, step=7); logger.finalize("success")
            assert logger.name == "lit" and logger.version
        """, PYTHONPATH=MODULE + ":" + os.path.join(self.folder.name, "fakes"))
        found = {self.lines(file)[0]["start"]["name"]: self.points(self.lines(file)) for file in self.files()}
        self.assertEqual(found, {"hf": [(40, {"loss": 0.5, "epoch": 1})], "lit": [(7, {"val": 3.0})]})

    def test_numbers_that_are_no_floats(self):
        self.script("""
            import decimal
            class Scalar:
                def item(self): return 2.5
            class Many:
                size = 3
                def item(self): raise ValueError("three")
            class Half(float): pass
            wandb.init(); wandb.log({"s": Scalar(), "m": Many(), "f": Half(0.1), "i": 3, "n": None})
        """)
        self.assertEqual(self.points(self.lines()), [(0, {"s": 2.5, "f": 0.1, "i": 3})])

    def test_it_is_one_small_file(self):
        with open(os.path.join(MODULE, "nabiz.py")) as file:
            self.assertLessEqual(len(file.readlines()), 300)


if __name__ == "__main__":
    unittest.main()
