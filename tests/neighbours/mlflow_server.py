# A server of MLflow, started here on loopback: runs pushed to it, broken off, pushed again, and pulled from it.
import json, os, signal, socket, sqlite3, subprocess, sys, time, urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url):
    for _ in range(600):
        try:
            urllib.request.urlopen(url + "/health", timeout=2).read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not come up")


def own_points(database, run):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    got = {}
    for metric, batch, value in connection.execute("SELECT metric, batch, value FROM history WHERE run = ?", (run,)):
        got.setdefault(metric, []).append((batch, value))
    connection.close()
    return {metric: sorted(values) for metric, values in got.items()}


def server_points(client, run):
    metrics = client.get_run(run).data.metrics
    return {key: sorted((m.step, m.value) for m in client.get_metric_history(run, key)) for key in metrics}


def check(nabiz, database, work, environment):
    import mlflow
    from mlflow.tracking import MlflowClient
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port),
                               "--workers", "1", "--backend-store-uri", f"sqlite:///{work}/server.db"],
                              cwd=work, env=environment, stdout=open(os.path.join(work, "server.log"), "w"),
                              stderr=subprocess.STDOUT, start_new_session=True)
    wrong = []
    call = lambda *words, **more: subprocess.run([nabiz, *words, "--db", database], cwd=work, env=environment,
                                                 capture_output=True, text=True, **more)
    try:
        wait_for(url)
        text = os.path.join(work, "text.txt")
        open(text, "w").write("bir varmış bir yokmuş, evvel zaman içinde\n" * 400)
        small = ["quick", f"data.train_path={text}", "model.d_model=32", "model.n_layers=1", "model.n_heads=2",
                 "language.stand_in=hidden=32,layers=1", "model.max_seq_len=32"]
        # Pushed while it trains, and broken off with kill -9 in the middle.
        training = subprocess.Popen([nabiz, "train", *small, "training.max_steps=400", "--name", "pushed", "--db", database],
                                    cwd=work, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = MlflowClient(url)
        mid = 0
        for _ in range(3):
            time.sleep(1.5)
            pusher = subprocess.Popen([nabiz, "sync", "--mlflow", url, "--push", "--follow", "--db", database], cwd=work,
                                      env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(1.5)
            pusher.send_signal(signal.SIGKILL)
            pusher.wait()
            experiment = client.get_experiment_by_name("nabiz")
            runs = client.search_runs([experiment.experiment_id]) if experiment else []
            mid = max([mid, *(len(client.get_metric_history(r.info.run_id, "loss")) for r in runs if training.poll() is None)])
        training.wait()
        done = call("sync", "--mlflow", url, "--push", "--json")
        if done.returncode:
            wrong.append("push: " + done.stderr.strip())
        again = json.loads(call("sync", "--mlflow", url, "--push", "--json").stdout or "{}")
        if sum(one["new_points"] for one in again.get("pushed", [])):
            wrong.append(f"pushed twice: {again}")
        run = json.loads(call("show", "pushed", "--json").stdout)["run"]
        theirs = client.search_runs([client.get_experiment_by_name("nabiz").experiment_id])
        theirs = [r for r in theirs if r.info.run_name == "pushed"]
        if len(theirs) != 1:
            wrong.append(f"{len(theirs)} runs of it on the server")
        else:
            own, there = own_points(database, run), server_points(client, theirs[0].info.run_id)
            if own != there:
                wrong.append(f"points differ: {[(k, len(v), len(there.get(k, []))) for k, v in own.items() if there.get(k) != v][:3]}")
            if theirs[0].info.status != "FINISHED" or theirs[0].data.params.get("training.max_steps") != "400":
                wrong.append(f"{theirs[0].info.status}, {theirs[0].data.params.get('training.max_steps')}")
            print(f"  MLflow's server: {sum(map(len, there.values()))} points of {sum(map(len, own.values()))},"
                  f" {mid} of loss while it trained, after three kills of the pusher")
        # Another's run, pulled; grown, pulled again.
        mlflow.set_tracking_uri(url)
        mlflow.set_experiment("others")
        with mlflow.start_run(run_name="theirs") as other:
            for step in range(50):
                mlflow.log_metric("val_loss", float("nan") if step == 7 else 1 / (step + 1), step=step)
            pulled = json.loads(call("sync", "--mlflow", url, "--pull", "--json").stdout)
            mlflow.log_metric("val_loss", 0.5, step=50)
        more = json.loads(call("sync", "--mlflow", url, "--pull", "--json").stdout)
        if [(r["name"], r["points"], r["new_points"]) for r in pulled["runs"] + more["runs"]] != [("theirs", 50, 50), ("theirs", 51, 1)]:
            wrong.append(f"pulled {pulled['runs']} and {more['runs']}")
        else:
            print("  pulled: 50 points and, grown, 1 more")
    except Exception as error:  # noqa: BLE001
        wrong.append(f"{type(error).__name__}: {error}")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
    for line in wrong:
        print("FAIL MLflow's server:", line)
    return bool(wrong)
