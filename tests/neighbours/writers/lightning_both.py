# Lightning's CSV and TensorBoard loggers in one training.
import time, torch, logging, warnings
import lightning.pytorch as pl
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger
warnings.filterwarnings("ignore")
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
class Small(pl.LightningModule):
    def __init__(self, lr=0.01):  # no two losses are the same
        super().__init__()
        self.save_hyperparameters()
        self.layer = torch.nn.Linear(4, 1)
    def training_step(self, batch, _):
        loss = self.layer(batch[0]).pow(2).mean()
        self.log("train_loss", loss)
        return loss
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.hparams.lr)
class Told(pl.Callback):
    def on_train_batch_end(self, trainer, module, outputs, batch, batch_idx):
        for logger in trainer.loggers:
            logger.save()
        print("flushed", trainer.global_step - 1, float(trainer.callback_metrics["train_loss"]), time.time(), flush=True)
        time.sleep(0.7)
data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(24, 4)), batch_size=4)
pl.Trainer(max_epochs=1, accelerator="cpu", log_every_n_steps=1, enable_progress_bar=False, enable_model_summary=False,
           enable_checkpointing=False, callbacks=[Told()],
           logger=[CSVLogger("lightning_csv", flush_logs_every_n_steps=1), TensorBoardLogger("lightning_tb")]).fit(Small(), data)
