"""Writes test/golden/engine/training.json: how TensorFlow's Python trains a small convolutional network.

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements-train.txt
    venv/bin/python test/golden/train.py

Batch norm is put together from tf.nn.moments and tf.nn.batch_normalization, the optimizers and the averages'
rule are TensorFlow's own. The same training is done by test/integration/engine/golden.test.ts.
"""

import base64
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"

import numpy as np
import tensorflow as tf

FILE = pathlib.Path(__file__).parent / "engine" / "training.json"
SIDE, CHANNELS, CLASSES = 12, 3, 5
STEPS, BATCH, PARTIAL, PARTIAL_EVERY = 50, 24, 10, 10
EPSILON, STATISTICS_MOMENTUM, EMA_DECAY = 1e-3, 0.9, 0.9

CASES = [
    {"name": "momentum", "optimizer": {"kind": "momentum", "learningRate": 0.05, "momentum": 0.9, "nesterov": False}},
    {"name": "nesterov", "optimizer": {"kind": "momentum", "learningRate": 0.05, "momentum": 0.9, "nesterov": True}},
    {"name": "adam", "optimizer": {"kind": "adam", "learningRate": 0.01}, "smoothing": 0.1},
    {"name": "rmsprop", "optimizer": {"kind": "rmsprop", "learningRate": 0.005, "momentum": 0.9}},
    {
        "name": "momentum with decay and clipping",
        "optimizer": {"kind": "momentum", "learningRate": 0.1, "momentum": 0.9, "nesterov": False},
        "weightDecay": 1e-2,
        "gradientClip": 0.2,
        "smoothing": 0.1,
    },
]


def batch_of(step, smoothing=0.0):
    """Stripes whose slope is the label, under noise from a hash: the same integers in any language."""
    size = PARTIAL if step % PARTIAL_EVERY == PARTIAL_EVERY - 1 else BATCH
    image, y, x, channel = np.indices((size, SIDE, SIDE, CHANNELS), np.uint32)
    label = (image * 3 + np.uint32(step)) % CLASSES
    place = ((np.uint32(step) * 64 + image) * SIDE + y) * SIDE * CHANNELS + x * CHANNELS + channel
    noise = ((place * np.uint32(2654435761)) >> np.uint32(24)) & np.uint32(127)
    stripe = np.where((x * (label + 1) + y) % 5 < 2, np.uint32(128), np.uint32(0))
    labels = label[:, 0, 0, 0]
    targets = np.eye(CLASSES, dtype=np.float32)[labels] * (1 - smoothing) + smoothing / CLASSES
    return (noise + stripe).astype(np.float32), targets.astype(np.float32)


def initial_weights():
    random = np.random.default_rng(1)

    def normal(*shape, mean=0.0, deviation=None):
        deviation = deviation or np.sqrt(2 / np.prod(shape[:-1]))
        return random.normal(mean, deviation, shape).astype(np.float32)

    return {
        "conv1/kernel": normal(3, 3, CHANNELS, 8),
        "norm1/gamma": normal(8, mean=1, deviation=0.1),
        "norm1/beta": normal(8, deviation=0.1),
        "conv2/kernel": normal(3, 3, 8, 16),
        "norm2/gamma": normal(16, mean=1, deviation=0.1),
        "norm2/beta": normal(16, deviation=0.1),
        "logits/kernel": normal(16, CLASSES),
        "logits/bias": normal(CLASSES, deviation=0.1),
        "norm1/moving_mean": np.zeros(8, np.float32),
        "norm1/moving_variance": np.ones(8, np.float32),
        "norm2/moving_mean": np.zeros(16, np.float32),
        "norm2/moving_variance": np.ones(16, np.float32),
    }


def norm(x, weights, name, training):
    if training:
        mean, variance = tf.nn.moments(x, [0, 1, 2])
        count = x.shape[0] * x.shape[1] * x.shape[2]
        # Running variances are unbiased, as TensorFlow's fused batch norm has them.
        for moving, batch in (("moving_mean", mean), ("moving_variance", variance * (count / (count - 1)))):
            followed = weights[f"{name}/{moving}"]
            followed.assign(followed * STATISTICS_MOMENTUM + batch * (1 - STATISTICS_MOMENTUM))
    else:
        mean, variance = weights[f"{name}/moving_mean"], weights[f"{name}/moving_variance"]
    return tf.nn.batch_normalization(x, mean, variance, weights[f"{name}/beta"], weights[f"{name}/gamma"], EPSILON)


def logits_of(pixels, weights, training):
    x = pixels * (1 / 127.5) - 1
    x = tf.nn.relu(norm(tf.nn.conv2d(x, weights["conv1/kernel"], 1, "SAME"), weights, "norm1", training))
    x = tf.nn.relu(norm(tf.nn.conv2d(x, weights["conv2/kernel"], 2, "SAME"), weights, "norm2", training))
    return tf.matmul(tf.reduce_mean(x, [1, 2]), weights["logits/kernel"]) + weights["logits/bias"]


class RMSProp:
    """TensorFlow's kernel; the optimizer of tf.compat.v1 starts its mean squares at 1, that of Keras at 0, as here."""

    def __init__(self, rate, momentum):
        self.rate, self.momentum, self.slots = rate, momentum, None

    def apply_gradients(self, pairs):
        pairs = list(pairs)
        zeros = lambda: [tf.Variable(tf.zeros_like(variable)) for _, variable in pairs]
        self.slots = self.slots or list(zip(zeros(), zeros()))
        for (gradient, variable), (square, velocity) in zip(pairs, self.slots):
            tf.raw_ops.ResourceApplyRMSProp(
                var=variable.handle,
                ms=square.handle,
                mom=velocity.handle,
                lr=self.rate,
                rho=0.9,
                momentum=self.momentum,
                epsilon=1e-3,
                grad=gradient,
            )


def optimizer_of(spec):
    train, rate = tf.compat.v1.train, spec["learningRate"]
    if spec["kind"] == "momentum":
        return train.MomentumOptimizer(rate, spec["momentum"], use_nesterov=spec["nesterov"])
    if spec["kind"] == "adam":
        return train.AdamOptimizer(rate, epsilon=1e-8)
    return RMSProp(rate, spec["momentum"])


def train(case, initial):
    weights = {name: tf.Variable(values) for name, values in initial.items()}
    variables = [weights[name] for name in initial if "moving" not in name]
    averages = {name: tf.Variable(values) for name, values in initial.items()}
    optimizer = optimizer_of(case["optimizer"])
    losses = []
    for step in range(STEPS):
        pixels, targets = batch_of(step, case.get("smoothing", 0.0))
        with tf.GradientTape() as tape:
            logits = logits_of(pixels, weights, True)
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(targets, logits))
        gradients = tape.gradient(loss, variables)
        if "gradientClip" in case:
            gradients, _ = tf.clip_by_global_norm(gradients, case["gradientClip"])
        decay = case.get("weightDecay", 0.0)
        gradients = [g + decay * v if len(v.shape) > 1 else g for g, v in zip(gradients, variables)]
        optimizer.apply_gradients(zip(gradients, variables))
        share = min(EMA_DECAY, (1 + step) / (10 + step))
        for name, average in averages.items():
            average.assign(average * share + weights[name] * (1 - share))
        losses.append(float(loss))
    unseen, _ = batch_of(STEPS)

    def predictions(of):
        values = tf.nn.softmax(logits_of(unseen, of, False)).numpy().ravel()
        return [round(float(value), 7) for value in values]

    return {
        **case,
        "losses": [round(loss, 7) for loss in losses],
        "trained": predictions(weights),
        "averaged": predictions(averages),
    }


initial = initial_weights()
cases = [train(case, initial) for case in CASES]
checks = [int(batch_of(step)[0].sum()) for step in range(STEPS)]
golden = {
    "tensorflow": tf.__version__,
    "steps": STEPS,
    "emaDecay": EMA_DECAY,
    "pixelSums": checks,
    "weights": {
        name: {"shape": values.shape, "base64": base64.b64encode(values.tobytes()).decode()}
        for name, values in initial.items()
    },
    "cases": cases,
}
lines = json.dumps(golden, separators=(",", ":")).replace('{"name"', '\n{"name"').replace('},"', '},\n"')
FILE.parent.mkdir(exist_ok=True)
FILE.write_text(lines + "\n")
for case in cases:
    print(f"{case['name']}: {case['losses'][0]:.4f} to {case['losses'][-1]:.4f}")
print(f"{FILE.stat().st_size} bytes")
