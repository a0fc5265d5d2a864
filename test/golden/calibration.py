"""Writes test/golden/robustness/calibration.json: temperatures fitted by SciPy and by PyTorch's LBFGS.

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements-robustness.txt
    venv/bin/python test/golden/calibration.py

The logits are random, sharpened by a known factor: the labels are drawn from the softmax of the unsharpened ones, so
that the temperature has to be near that factor (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017).
"""

import json
import pathlib

import numpy as np
import scipy
import torch
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

FILE = pathlib.Path(__file__).parent / "robustness" / "calibration.json"
BINS = 15


def loss(logits, labels, temperature):
    return -log_softmax(logits / temperature, axis=1)[np.arange(len(labels)), labels].mean()


def by_scipy(logits, labels):
    found = minimize_scalar(
        lambda t: loss(logits, labels, np.exp(t)), bounds=(np.log(0.1), np.log(10)), method="bounded", options={"xatol": 1e-12}
    )
    return float(np.exp(found.x))


def by_torch(logits, labels):
    # By its logarithm: steps can't lead below 0.
    logarithm = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([logarithm], lr=0.1, max_iter=2000, tolerance_grad=1e-12, tolerance_change=1e-14)
    scores, targets = torch.from_numpy(logits), torch.from_numpy(labels)

    def closure():
        optimizer.zero_grad()
        value = torch.nn.functional.cross_entropy(scores / logarithm.exp(), targets)
        value.backward()
        return value

    optimizer.step(closure)
    return float(logarithm.detach().exp())


def calibration(probabilities, labels):
    """Bins as pairs of edges, the upper one belonging to its bin."""
    confidence, predicted = probabilities.max(axis=1), probabilities.argmax(axis=1)
    right = predicted == labels
    edges = np.linspace(0, 1, BINS + 1)
    error, images = 0.0, []
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        images.append(int(inside.sum()))
        if inside.any():
            error += abs(right[inside].mean() - confidence[inside].mean()) * inside.mean()
    return {"error": float(error), "images": images}


def case(name, images, classes, scale, sharpened, seed):
    random = np.random.default_rng(seed)
    true = random.normal(0, scale, (images, classes))
    labels = np.array([random.choice(classes, p=row) for row in softmax(true, axis=1)])
    # What a network gives: float32 probabilities, whose logarithms are the logits from here on.
    probabilities = softmax(true * sharpened, axis=1).astype(np.float32)
    logits = np.log(np.maximum(probabilities.astype(np.float64), 2.0**-126))
    temperature = by_scipy(logits, labels)
    after = softmax(logits / temperature, axis=1).astype(np.float32)
    print(f"{name}: scipy {temperature:.8f}, torch {by_torch(logits, labels):.8f}, made with {sharpened}")
    return {
        "name": name,
        "classes": classes,
        "probabilities": [float(f"{value:.9g}") for value in probabilities.ravel()],
        "labels": labels.tolist(),
        "scipy": temperature,
        "torch": by_torch(logits, labels),
        "lossBefore": float(loss(logits, labels, 1)),
        "lossAfter": float(loss(logits, labels, temperature)),
        "before": calibration(probabilities, labels),
        "after": calibration(after, labels),
        "firstTempered": [float(f"{value:.9g}") for value in after[:3].ravel()],
    }


cases = [
    case("too sure", 200, 5, 1.5, 2.5, 1),
    case("not sure enough", 150, 4, 3.0, 0.4, 2),
    case("about right", 120, 3, 2.0, 1.0, 3),
    case("far too sure, with zeros", 100, 6, 3.0, 9.0, 4),
]
golden = {"made with": {"numpy": np.__version__, "scipy": scipy.__version__, "torch": torch.__version__}, "cases": cases}
FILE.parent.mkdir(exist_ok=True)
FILE.write_text(json.dumps(golden, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")
print(f"{FILE.stat().st_size} bytes")
