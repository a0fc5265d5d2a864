"""Writes test/golden/transfer/: what scikit-learn's logistic regression finds, and how PyTorch trains a network whose
layers have rates of their own and thaw one after another.

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements-transfer.txt
    venv/bin/python test/golden/transfer.py
"""

import json
import pathlib

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

FOLDER = pathlib.Path(__file__).parent / "transfer"


def plain(values, digits=8):
    return [float(f"{value:.{digits}g}") for value in np.asarray(values, np.float64).ravel()]


def write(name, value):
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(json.dumps(value) + "\n")


# Features of unlike scales, three overlapping classes, one far rarer than the others.
def regression():
    random = np.random.default_rng(3)
    labels = np.repeat([0, 1, 2], [40, 30, 8])
    centres = random.normal(0, 1, (3, 6))
    features = ((centres[labels] + random.normal(0, 1, (78, 6))) * [1, 10, 0.1, 3, 1, 5] + [0, 50, 0, -2, 1, 0]).astype(
        np.float32
    )
    scaler = StandardScaler().fit(features)
    fits = []
    for decay in [1.0, 0.03, 0.001]:
        model = LogisticRegression(C=1 / (len(labels) * decay), tol=1e-10, max_iter=10000)
        model.fit(scaler.transform(features), labels)
        fits.append({"weightDecay": decay, "probabilities": plain(model.predict_proba(scaler.transform(features)))})
    write(
        "regression.json",
        {"width": 6, "classes": 3, "features": plain(features), "labels": labels.tolist(), "fits": fits},
    )


SIDE, CLASSES, BATCH, STEPS = 9, 3, 8, 8


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 4, 3, bias=False)
        self.norm1 = torch.nn.BatchNorm2d(4, eps=1e-3, momentum=0.1)
        self.conv2 = torch.nn.Conv2d(4, 6, 3, stride=2, bias=False)
        self.norm2 = torch.nn.BatchNorm2d(6, eps=1e-3, momentum=0.1)
        self.head = torch.nn.Linear(6, CLASSES)

    def forward(self, x):
        x = torch.relu(self.norm1(self.conv1(x)))
        x = torch.relu(self.norm2(self.conv2(x)))
        return self.head(x.mean((2, 3)))


# As tfjs lays them out: kernels [height, width, in, out], dense [in, out].
def layout(tensor):
    value = tensor.detach().numpy()
    return value.transpose(2, 3, 1, 0) if value.ndim == 4 else value.T if value.ndim == 2 else value


NORM = ["weight", "bias", "running_mean", "running_var"]


def weights_of(network):
    parts = {}
    for name, module in network.named_children():
        keys = NORM if name.startswith("norm") else ["weight", "bias"]
        tensors = [getattr(module, key) for key in keys if getattr(module, key) is not None]
        parts[name] = [plain(layout(tensor)) for tensor in tensors]
    return parts


CASES = [
    {
        "name": "nesterov, the head alone at first, then all at once",
        "training": {
            "optimizer": {"kind": "momentum", "learningRate": 0.2, "momentum": 0.9, "nesterov": True},
            "weightDecay": 0.05,
            "layers": {"warmup": 0.25},
        },
        "factors": [0.1, 0.1, 1],
        "from": [2, 2, 0],
    },
    {
        "name": "adam, rates that decay downwards, gradual unfreezing",
        "training": {
            "optimizer": {"kind": "adam", "learningRate": 0.02},
            "weightDecay": 0.01,
            "layers": {"decay": 0.5, "warmup": 0.25, "unfreezing": "gradual"},
        },
        "factors": [0.25, 0.5, 1],
        "from": [4, 2, 0],
    },
    {
        "name": "batch norm by its running statistics throughout",
        "training": {
            "optimizer": {"kind": "momentum", "learningRate": 0.1, "momentum": 0.9, "nesterov": False},
            "weightDecay": 0,
            "layers": {"head": 2, "backbone": 0.5, "frozenNorm": True},
        },
        "factors": [0.5, 0.5, 2],
        "from": [0, 0, 0],
    },
]


def optimizer_of(spec, decay, groups, factors):
    settings = []
    for layers, factor in zip(groups, factors):
        for kernels in [True, False]:
            of_kind = [p for layer in layers for p in layer.parameters() if (p.ndim > 1) == kernels]
            settings.append(
                {"params": of_kind, "lr": factor * spec["learningRate"], "weight_decay": decay if kernels else 0}
            )
    if spec["kind"] == "adam":
        return torch.optim.Adam(settings, eps=1e-8)
    return torch.optim.SGD(settings, lr=1, momentum=spec["momentum"], nesterov=spec["nesterov"])


def train(case, pixels, labels):
    torch.manual_seed(1)
    network = Network()
    with torch.no_grad():
        for norm in [network.norm1, network.norm2]:
            norm.weight.uniform_(0.5, 1.5)
            norm.bias.uniform_(-0.2, 0.2)
            norm.running_mean.uniform_(-0.1, 0.1)
            norm.running_var.uniform_(0.2, 0.6)
    initial = weights_of(network)
    groups = [[network.conv1, network.norm1], [network.conv2, network.norm2], [network.head]]
    training = case["training"]
    optimizer = optimizer_of(training["optimizer"], training["weightDecay"], groups, case["factors"])
    losses = []
    for step in range(STEPS):
        network.train()
        for layers, begin in zip(groups, case["from"]):
            for layer in layers:
                layer.requires_grad_(step >= begin)
                if step < begin or training["layers"].get("frozenNorm"):
                    layer.eval()
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(network(pixels[step] / 255), labels[step])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {**case, "initial": initial, "losses": plain(losses), "final": weights_of(network)}


def layer_rates():
    random = np.random.default_rng(5)
    pixels = random.integers(0, 256, (STEPS, BATCH, 1, SIDE, SIDE))
    labels = random.integers(0, CLASSES, (STEPS, BATCH))
    as_float, as_long = torch.tensor(pixels, dtype=torch.float32), torch.tensor(labels)
    write(
        "layer-rates.json",
        {
            "side": SIDE,
            "classes": CLASSES,
            "pixels": pixels.reshape(STEPS, -1).tolist(),
            "labels": labels.tolist(),
            "cases": [train(case, as_float, as_long) for case in CASES],
        },
    )


regression()
layer_rates()
