import os, time
os.environ["TRACKIO_DIR"] = os.path.abspath("trackio")
import trackio
trackio.init(project="small", name="run", config={"lr": 0.1})
for step in range(6):
    trackio.log({"loss": 2.5 / (step + 1)}, step=step)
    print("flushed", step, 2.5 / (step + 1), time.time(), flush=True)
    time.sleep(0.7)
trackio.finish()
