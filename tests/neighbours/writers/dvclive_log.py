import time
from dvclive import Live
with Live("dvclive", save_dvc_exp=False, report=None, dvcyaml=None) as live:
    live.log_param("lr", 0.1)
    for step in range(6):
        live.log_metric("train/loss", 2.5 / (step + 1))
        live.next_step()
        print("flushed", step, 2.5 / (step + 1), time.time(), flush=True)
        time.sleep(0.7)
