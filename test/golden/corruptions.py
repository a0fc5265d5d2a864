"""Writes test/golden/robustness/corruptions.json: pictures spoilt with NumPy, SciPy, scikit-image and Pillow.

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements-robustness.txt
    venv/bin/python test/golden/corruptions.py

The formulas and parameters are those of Hendrycks and Dietterich, "Benchmarking Neural Network Robustness to Common
Corruptions and Perturbations" (ICLR 2019): CIFAR-10-C for small pictures, ImageNet-C for large ones. Of noise, which
is random, it holds how probable each level is.
"""

import base64
import io
import json
import pathlib

import numpy as np
import PIL
import scipy
import skimage
from PIL import Image
from scipy import stats
from skimage.color import hsv2rgb, rgb2hsv
from skimage.filters import gaussian

FILE = pathlib.Path(__file__).parent / "robustness" / "corruptions.json"

STRENGTHS = {
    "small": {
        "gaussian-noise": [0.04, 0.06, 0.08, 0.09, 0.10],
        "shot-noise": [500, 250, 100, 75, 50],
        "impulse-noise": [0.01, 0.02, 0.03, 0.05, 0.07],
        "gaussian-blur": [0.4, 0.6, 0.7, 0.8, 1],
        "contrast": [0.75, 0.5, 0.4, 0.3, 0.15],
        "brightness": [0.05, 0.1, 0.15, 0.2, 0.3],
        "jpeg": [80, 65, 58, 50, 40],
        "pixelate": [0.95, 0.9, 0.85, 0.75, 0.65],
    },
    "large": {
        "gaussian-noise": [0.08, 0.12, 0.18, 0.26, 0.38],
        "shot-noise": [60, 25, 12, 5, 3],
        "impulse-noise": [0.03, 0.06, 0.09, 0.17, 0.27],
        "gaussian-blur": [1, 2, 3, 4, 6],
        "contrast": [0.4, 0.3, 0.2, 0.1, 0.05],
        "brightness": [0.1, 0.2, 0.3, 0.4, 0.5],
        "jpeg": [25, 18, 15, 10, 7],
        "pixelate": [0.6, 0.5, 0.4, 0.3, 0.25],
    },
}


def picture(height, width, channels, seed):
    """Shapes and a little noise: black, white, gray and colours are all in it."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    planes = [
        (x * (7 + 4 * channel) + y * (11 - 3 * channel)) % 256 for channel in range(channels)
    ]
    values = np.stack(planes, axis=-1).astype(np.float64)
    values[height // 4 : height // 2, width // 4 : width // 2] = 255
    values[height // 2 :, : width // 4] = 0
    values[-3:, -4:] = 128
    values += random.integers(-6, 7, values.shape)
    return np.clip(values, 0, 255).astype(np.uint8)


def levels(values):
    """From 0 to 1 as bytes, cut off."""
    return np.uint8(np.clip(values, 0, 1) * 255)


def blurred(pixels, deviation):
    return levels(gaussian(pixels / 255.0, sigma=deviation, channel_axis=-1))


def flattened(pixels, share):
    values = pixels / 255.0
    mean = values.mean(axis=(0, 1), keepdims=True)
    return levels((values - mean) * share + mean)


def brightened(pixels, added):
    values = pixels / 255.0
    if values.shape[-1] == 1:
        return levels(values + added)
    hsv = rgb2hsv(values)
    hsv[..., 2] = np.clip(hsv[..., 2] + added, 0, 1)
    return levels(hsv2rgb(hsv))


def image_of(pixels):
    return Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels)


def pixels_of(image, like):
    return np.asarray(image).reshape(like.shape)


def compressed(pixels, quality):
    file = io.BytesIO()
    image_of(pixels).save(file, "JPEG", quality=quality)
    return pixels_of(Image.open(file), pixels)


def coarse(pixels, share):
    height, width = pixels.shape[:2]
    small = image_of(pixels).resize((int(width * share), int(height * share)), Image.Resampling.BOX)
    return pixels_of(small.resize((width, height), Image.Resampling.BOX), pixels)


EXACT = {
    "gaussian-blur": blurred,
    "contrast": flattened,
    "brightness": brightened,
    "jpeg": compressed,
    "pixelate": coarse,
}


def text(pixels):
    return base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode()


def rounded(probabilities):
    return [round(float(value), 9) for value in probabilities]


def gaussian_levels(level, deviation):
    """P(byte <= k) of a value with normal noise, cut off at both ends and to whole levels."""
    edges = (np.arange(256) + 1) / 255
    below = stats.norm.cdf(edges, loc=level / 255, scale=deviation)
    below[254:] = [stats.norm.cdf(1, loc=level / 255, scale=deviation), 1]
    return rounded(below)


def shot_levels(level, photons):
    """P(byte <= k) of a photon count's byte."""
    counts = np.arange(0, 3 * photons + 60)
    bytes_ = np.uint8(np.clip(counts / photons, 0, 1) * 255)
    shares = stats.poisson.pmf(counts, level / 255 * photons)
    return rounded(np.cumsum(np.bincount(bytes_, shares, minlength=256)))


pictures = [picture(17, 21, 3, 1), picture(16, 12, 1, 2)]
exact = [
    {
        "corruption": name,
        "size": size,
        "severity": severity + 1,
        "picture": number,
        "pixels": text(make(pixels, strength)),
    }
    for name, make in EXACT.items()
    for size, table in STRENGTHS.items()
    for severity, strength in enumerate(table[name])
    for number, pixels in enumerate(pictures)
]
noise = [
    {"corruption": "gaussian-noise", "level": level, "strength": strength, "below": gaussian_levels(level, strength)}
    for level, strength in [(128, 0.08), (10, 0.1), (250, 0.38)]
] + [
    {"corruption": "shot-noise", "level": level, "strength": strength, "below": shot_levels(level, strength)}
    for level, strength in [(128, 500), (20, 60), (200, 3)]
]
means = [0, 0.3, 2.5, 11.2, 59.8, 250, 500]
shares = [0, 1e-6, 0.001, 0.1, 0.37, 0.5, 0.5001, 0.9, 0.999, 1 - 1e-6]
poisson = [
    {"mean": mean, "quantiles": [max(0, int(stats.poisson.ppf(share, mean))) for share in shares]} for mean in means
]
golden = {
    "made with": {
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-image": skimage.__version__,
        "pillow": PIL.__version__,
    },
    "strengths": STRENGTHS,
    "pictures": [
        {"height": p.shape[0], "width": p.shape[1], "channels": p.shape[2], "pixels": text(p)} for p in pictures
    ],
    "exact": exact,
    "noise": noise,
    "shares": shares,
    "poisson": poisson,
}
FILE.parent.mkdir(exist_ok=True)
FILE.write_text(json.dumps(golden, separators=(",", ":")).replace('{"corruption"', '\n{"corruption"') + "\n")
print(f"{len(exact)} pictures, {FILE.stat().st_size} bytes")
