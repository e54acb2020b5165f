# As nanoGPT's train.py logs, with another import.
import time
import nabiz as wandb
wandb.init(project="owt", name="gpt2", config={"learning_rate": 6e-4, "batch_size": 12})
for iter_num in range(0, 60, 10):
    wandb.log({"iter": iter_num, "train/loss": 11 / (iter_num + 1), "val/loss": 12 / (iter_num + 1), "lr": 6e-4, "mfu": 0.0}, step=iter_num)
    print("flushed", iter_num, 11 / (iter_num + 1), time.time(), flush=True)
    time.sleep(0.7)
wandb.finish()
