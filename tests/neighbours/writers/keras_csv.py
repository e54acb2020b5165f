# Keras writes an epoch's row when the epoch ends: x is the epoch.
import os, time
os.environ["KERAS_BACKEND"] = "torch"
import keras, numpy
os.makedirs("keras", exist_ok=True)
model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
model.compile(optimizer="sgd", loss="mse", jit_compile=False)
class Told(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print("flushed", epoch, logs["loss"], time.time(), flush=True)
        time.sleep(0.7)
model.fit(numpy.ones((8, 4)), numpy.ones((8, 1)), epochs=6, verbose=0,
          callbacks=[keras.callbacks.CSVLogger("keras/training.csv"), Told()])
