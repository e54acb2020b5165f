# PyTorch's SummaryWriter, as its tutorial has it.
import sys, time
from torch.utils.tensorboard import SummaryWriter
writer = SummaryWriter("runs/torch")
for step in range(6):
    writer.add_scalar("Loss/train", 2.5 / (step + 1), step * 10)
    writer.add_scalars("both", {"a": step, "b": -step}, step * 10)
    writer.flush()
    print("flushed", step * 10, 2.5 / (step + 1), time.time(), flush=True)
    time.sleep(0.7)
writer.close()
