import os, time
os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true")
import wandb
run = wandb.init(project="small", name="off", config={"lr": 0.3})
for step in range(26):  # 18 s, since it writes each 15
    wandb.log({"loss": 2.5 / (step + 1)}, step=step)
    print("flushed", step, 2.5 / (step + 1), time.time(), flush=True)
    time.sleep(0.7)
wandb.finish()
