"""Losses of a small convolutional network, trained for 50 steps by TensorFlow in Python; test/unit/engine/golden.test.ts
trains the same in our engine. Run by hand, with tensorflow-cpu 2.21.0 (bench/python/requirements.txt), Linux x64:

    python test/golden/train.py > test/golden/engine/losses.json

Initial weights, images and labels come from formulas, which the test repeats.
"""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
import numpy as np
import tensorflow as tf

BATCH, SIDE, CLASSES, STEPS, EPSILON = 8, 8, 3, 50, 1e-3
SHAPES = {"conv1": [3, 3, 1, 4], "conv2": [3, 3, 4, 8], "dense": [8, CLASSES], "bias": [CLASSES]}


def initial(shape, seed, scale):
    index = np.arange(np.prod(shape), dtype=np.float64)
    return tf.constant((scale * np.sin(1.7 * index + seed)).reshape(shape), tf.float32)


def batch_of(step):
    index = np.arange(BATCH * SIDE * SIDE, dtype=np.int64)
    pixels = (index * 37 + step * 101 + index * index % 97) % 256
    images = tf.constant(pixels.reshape(BATCH, SIDE, SIDE, 1) / 127.5 - 1, tf.float32)
    return images, tf.one_hot((np.arange(BATCH) * 2 + step) % CLASSES, CLASSES)


def train(optimizer):
    weights = {name: tf.Variable(initial(shape, seed, 0.4)) for seed, (name, shape) in enumerate(SHAPES.items())}
    for number, channels in ((1, 4), (2, 8)):
        weights[f"scale{number}"] = tf.Variable(tf.ones([channels]))
        weights[f"offset{number}"] = tf.Variable(tf.zeros([channels]))
    variables = list(weights.values())
    slots = [[tf.Variable(tf.zeros_like(variable)) for variable in variables] for _ in range(2)]

    def convolve(x, number, stride):
        x = tf.nn.conv2d(x, weights[f"conv{number}"], stride, "SAME")
        x = tf.compat.v1.nn.fused_batch_norm(
            x, weights[f"scale{number}"], weights[f"offset{number}"], epsilon=EPSILON, is_training=True
        )[0]
        return tf.nn.relu(x)

    def step(images, targets, rate, number):
        with tf.GradientTape() as tape:
            x = convolve(convolve(images, 1, 1), 2, 2)
            scores = tf.reduce_mean(x, [1, 2]) @ weights["dense"] + weights["bias"]
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(targets, scores))
        for place, gradient in enumerate(tape.gradient(loss, variables)):
            handle, first, second = variables[place].handle, slots[0][place].handle, slots[1][place].handle
            if optimizer == "momentum":
                tf.raw_ops.ResourceApplyMomentum(var=handle, accum=first, lr=rate, grad=gradient, momentum=0.9)
            else:
                tf.raw_ops.ResourceApplyAdam(
                    var=handle, m=first, v=second, beta1_power=0.9 ** (number + 1), beta2_power=0.999 ** (number + 1),
                    lr=rate, beta1=0.9, beta2=0.999, epsilon=1e-8, grad=gradient,
                )
        return float(loss)

    rate = 0.05 if optimizer == "momentum" else 0.01
    return [step(*batch_of(number), rate, number) for number in range(STEPS)]


print(json.dumps({"tensorflow": tf.__version__, "momentum": train("momentum"), "adam": train("adam")}))
