import os, time, torch, warnings
warnings.filterwarnings("ignore")
os.environ["TENSORBOARD_LOGGING_DIR"] = "hf/logs"
from transformers import Trainer, TrainingArguments, TrainerCallback
class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(4, 1)
    def forward(self, x, labels=None):
        out = self.layer(x)
        return {"loss": (out.squeeze(-1) - labels).pow(2).mean(), "logits": out}
class Told(TrainerCallback):
    def on_log(self, args, state, control, logs=None, **kwargs):
        if "loss" in logs:
            print("flushed", state.global_step, float(logs["loss"]), time.time(), flush=True)
            time.sleep(0.7)
data = [{"x": torch.ones(4), "labels": torch.tensor(1.0)} for _ in range(24)]
Trainer(model=Small(), train_dataset=data, callbacks=[Told()],
        args=TrainingArguments("hf/out", max_steps=6, per_device_train_batch_size=4, logging_steps=1, save_strategy="no",
                               report_to="tensorboard", use_cpu=True, disable_tqdm=True)).train()
