import os, time, logging
import mlflow
logging.getLogger("mlflow").setLevel(logging.ERROR)
logging.getLogger("alembic").setLevel(logging.ERROR)
os.makedirs("mlflow", exist_ok=True)
mlflow.set_tracking_uri("sqlite:///mlflow/mlflow.db")
mlflow.set_experiment("small")
with mlflow.start_run(run_name="sqlite"):
    mlflow.log_param("lr", 0.1)
    for step in range(6):
        mlflow.log_metric("loss", 2.5 / (step + 1), step=step * 10)
        print("flushed", step * 10, 2.5 / (step + 1), time.time(), flush=True)
        time.sleep(0.7)
