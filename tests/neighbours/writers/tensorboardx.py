import time
from tensorboardX import SummaryWriter
writer = SummaryWriter("runs/tbx")
for step in range(6):
    writer.add_scalar("loss", 2.5 / (step + 1), step)
    writer.flush()
    print("flushed", step, 2.5 / (step + 1), time.time(), flush=True)
    time.sleep(0.7)
writer.close()
