"""The Python side of bench/train.ts: answers each line {"way", "network", "batch", "task", "seconds"} on the standard input
with one line {"rate", "first"}: images per second of wall time, and seconds of the first call. Networks and steps are
the same as in bench/train/.
"""

import json
import os
import sys
import time

THREADS = int(sys.argv[1])
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["OMP_NUM_THREADS"] = str(THREADS)

import numpy as np

CLASSES, RATE, MOMENTUM = 10, 0.05, 0.9
SIDES = {"conv4": 32, "resnet-20": 32, "resnet-18": 128}
RESIDUAL = {"resnet-20": ([16, 32, 64], 3, False), "resnet-18": ([64, 128, 256, 512], 2, True)}


def batch_of(network, batch):
    side = SIDES[network]
    random = np.random.default_rng(1)
    x = random.random((batch, side, side, 3), np.float32)
    return x, (np.arange(batch) % CLASSES).astype(np.int64)


def keras_network(network):
    import tensorflow as tf

    layers = tf.keras.layers

    def convolution(x, filters, kernel, strides):
        x = layers.Conv2D(filters, kernel, strides, "same", use_bias=False)(x)
        return layers.BatchNormalization(momentum=0.9, epsilon=1e-3)(x)

    side = SIDES[network]
    x = given = tf.keras.Input((side, side, 3))
    if network == "conv4":
        for filters, strides in ((32, 1), (32, 2), (64, 1), (64, 2)):
            x = layers.ReLU()(convolution(x, filters, 3, strides))
    else:
        widths, blocks, large = RESIDUAL[network]
        x = layers.ReLU()(convolution(x, widths[0], 7 if large else 3, 2 if large else 1))
        if large:
            x = layers.MaxPool2D(3, 2, "same")(x)
        for stage, width in enumerate(widths):
            for block in range(blocks):
                strides = 2 if stage > 0 and block == 0 else 1
                branch = convolution(layers.ReLU()(convolution(x, width, 3, strides)), width, 3, 1)
                shortcut = x if strides == 1 else convolution(x, width, 1, strides)
                x = layers.ReLU()(shortcut + branch)
    return tf.keras.Model(given, layers.Dense(CLASSES)(layers.GlobalAveragePooling2D()(x)))


def tensorflow_way(way, network, batch, task):
    import tensorflow as tf

    model = keras_network(network)
    images, labels = batch_of(network, batch)
    x, y = tf.constant(images), tf.one_hot(labels, CLASSES)
    velocities = [tf.Variable(tf.zeros_like(v)) for v in model.trainable_variables]

    def step():
        with tf.GradientTape() as tape:
            scores = model(x, training=True)
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, scores))
        gradients = tape.gradient(loss, model.trainable_variables)
        for variable, velocity, gradient in zip(model.trainable_variables, velocities, gradients):
            tf.raw_ops.ResourceApplyMomentum(
                var=variable.handle, accum=velocity.handle, lr=RATE, grad=gradient, momentum=MOMENTUM
            )
        return loss

    def infer():
        return tf.nn.softmax(model(x, training=False))

    run = step if task == "train" else infer
    if way == "tf.function":
        run = tf.function(run)
    return lambda: run().numpy()


def torch_network(network):
    import torch
    from torch import nn

    def convolution(inputs, filters, kernel, stride):
        convolve = nn.Conv2d(inputs, filters, kernel, stride, kernel // 2, bias=False)
        return nn.Sequential(convolve, nn.BatchNorm2d(filters, eps=1e-3, momentum=0.1))

    class Block(nn.Module):
        def __init__(self, inputs, width, stride):
            super().__init__()
            self.first, self.second = convolution(inputs, width, 3, stride), convolution(width, width, 3, 1)
            self.shortcut = nn.Identity() if stride == 1 else convolution(inputs, width, 1, stride)

        def forward(self, x):
            return torch.relu(self.shortcut(x) + self.second(torch.relu(self.first(x))))

    parts = []
    if network == "conv4":
        inputs = 3
        for filters, stride in ((32, 1), (32, 2), (64, 1), (64, 2)):
            parts += [convolution(inputs, filters, 3, stride), nn.ReLU()]
            inputs = filters
    else:
        widths, blocks, large = RESIDUAL[network]
        inputs = widths[0]
        parts += [convolution(3, inputs, 7 if large else 3, 2 if large else 1), nn.ReLU()]
        if large:
            parts.append(nn.MaxPool2d(3, 2, 1))
        for stage, width in enumerate(widths):
            for block in range(blocks):
                parts.append(Block(inputs, width, 2 if stage > 0 and block == 0 else 1))
                inputs = width
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, CLASSES))


def torch_way(way, network, batch, task):
    import torch

    torch.set_num_threads(THREADS)
    model = torch_network(network)
    images, labels = batch_of(network, batch)
    x, y = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous(), torch.from_numpy(labels)
    if way == "torch channels_last":
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), RATE, MOMENTUM)
    model.train(task == "train")

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    def infer():
        with torch.inference_mode():
            return model(x).softmax(1).numpy()

    return step if task == "train" else infer


def rate(once, batch, seconds):
    started, steps = time.perf_counter(), 0
    while steps == 0 or time.perf_counter() - started < seconds:
        once()
        steps += 1
    return batch * steps / (time.perf_counter() - started)


def limit_tensorflow():
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)


known = {}
firsts = {}
for line in sys.stdin:
    request = json.loads(line)
    way, network, batch, task = (request[key] for key in ("way", "network", "batch", "task"))
    key = (way, network, batch, task)
    if key not in known:
        # Keeps one network at a time, because the buffers of large ones add up.
        known = {kept: once for kept, once in known.items() if kept[1:] == key[1:]}
        is_torch = way.startswith("torch")
        if not is_torch and "tensorflow" not in sys.modules:
            limit_tensorflow()
        known[key] = (torch_way if is_torch else tensorflow_way)(*key)
        began = time.perf_counter()
        known[key]()
        firsts[key] = time.perf_counter() - began
        known[key]()
    print(json.dumps({"rate": rate(known[key], batch, request["seconds"]), "first": firsts[key]}), flush=True)
