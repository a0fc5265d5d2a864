"""Writes test/golden/gap/*.json: distances of samples by NumPy and SciPy, and choices by a plain BADGE.

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements-gap.txt
    venv/bin/python test/golden/gap.py

MMD: Gretton et al. 2012, eq. 3. Fréchet distance: Heusel et al. 2017, with scipy.linalg.sqrtm. Coverage: improved recall,
Kynkäänniemi et al. 2019, with scikit-learn's neighbours. Noise: Immerkær 1996. BADGE: Ash et al. 2020, algorithm 1, with
the gradients written out.
"""

import json
import pathlib

import numpy as np
from scipy import linalg, ndimage, stats
from scipy.spatial.distance import cdist, pdist
from sklearn.neighbors import NearestNeighbors

FOLDER = pathlib.Path(__file__).parent / "gap"
FOLDER.mkdir(exist_ok=True)


def numbers(array):
    return [float(value) for value in np.asarray(array).ravel()]


def write(name, value):
    (FOLDER / f"{name}.json").write_text(json.dumps(value, separators=(",", ":")) + "\n")


def mmd(x, y, bandwidth):
    def kernel(a, b):
        return np.exp(-cdist(a, b, "sqeuclidean") / (2 * bandwidth**2))

    m, n = len(x), len(y)
    xx, yy = kernel(x, x), kernel(y, y)
    within = (xx.sum() - np.trace(xx)) / (m * (m - 1)) + (yy.sum() - np.trace(yy)) / (n * (n - 1))
    return within - 2 * kernel(x, y).mean()


def frechet(x, y):
    c, d = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    root = linalg.sqrtm(c @ d)
    difference = x.mean(0) - y.mean(0)
    return float(difference @ difference + np.trace(c + d - 2 * np.real(root)))


def coverage(training, images, k):
    radii = NearestNeighbors(n_neighbors=k + 1).fit(training).kneighbors(training)[0][:, -1]
    distances = cdist(images, training)
    return {
        "radii": numbers(radii),
        "nearest": [int(i) for i in distances.argmin(1)],
        "distances": numbers(distances.min(1)),
        "farness": numbers((distances / radii).min(1)),
        "uncovered": float(((distances <= radii).any(1) == False).mean()),
    }


rng = np.random.default_rng(6)
cases = []
for m, n, width, shift in [(40, 30, 5, 0.0), (30, 40, 5, 1.0), (25, 25, 1, 0.3), (12, 20, 40, 0.5), (50, 9, 16, 0.0)]:
    x = rng.gamma(2, 1, (m, width)).astype(np.float32)
    y = (rng.gamma(2, 1, (n, width)) * (1 + shift) + shift).astype(np.float32)
    xs, ys = x.astype(np.float64), y.astype(np.float64)
    bandwidth = float(np.median(pdist(np.concatenate([xs, ys]))))
    cases.append(
        {
            "width": width,
            "one": numbers(x),
            "other": numbers(y),
            "median": bandwidth,
            "mmd": float(mmd(xs, ys, bandwidth)),
            "frechet": frechet(xs, ys) if width > 1 else float((xs.mean() - ys.mean()) ** 2 + (xs.std(ddof=1) - ys.std(ddof=1)) ** 2),
            "coverage": [{"neighbours": k, **coverage(xs, ys, k)} for k in (1, 3)],
        }
    )
write("distances", cases)

samples = []
for one, other in [
    (rng.normal(size=30), rng.normal(size=50)),
    (rng.normal(size=200), rng.normal(0.3, 1, 150)),
    (rng.integers(0, 5, 40).astype(float), rng.integers(1, 7, 60).astype(float)),
    (np.array([1.0]), np.array([1.0, 2.0])),
    (np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0])),
]:
    statistic = stats.ks_2samp(one, other).statistic
    size = len(one) * len(other) / (len(one) + len(other))
    limit = stats.kstwobign.sf(np.sqrt(size) * statistic)
    samples.append({"one": numbers(one), "other": numbers(other), "statistic": float(statistic), "pValue": float(limit)})
tails = [[float(x), float(stats.kstwobign.sf(x))] for x in (0.01, 0.1, 0.3, 0.5, 0.9, 0.999, 1, 1.5, 2, 3, 6)]
write("kolmogorov-smirnov", {"samples": samples, "tails": tails})

LAPLACIAN = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
NOISE = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])


def statistics(image):
    image = image.astype(np.float64)
    gray = image[:, :, 0] if image.shape[2] == 1 else image @ np.array([0.299, 0.587, 0.114])
    inner = (slice(1, -1), slice(1, -1))
    answers = ndimage.convolve(gray, NOISE)[inner]
    found = {
        "brightness": gray.mean(),
        "contrast": gray.std(),
        "sharpness": ndimage.convolve(gray, LAPLACIAN)[inner].var(),
        "noise": np.sqrt(np.pi / 2) * np.abs(answers).sum() / (6 * answers.size),
    }
    if image.shape[2] == 3:
        top, low = image.max(2), image.min(2)
        found["saturation"] = np.where(top > 0, (top - low) / np.maximum(top, 1), 0).mean()
    return {name: float(value) for name, value in found.items()}


images = []
for height, width, channels in [(8, 8, 1), (9, 13, 3), (16, 11, 3), (8, 20, 1)]:
    pixels = np.clip(rng.normal(110, 60, (height, width, channels)), 0, 255).astype(np.uint8)
    pixels[:2] = 0
    images.append({"height": height, "width": width, "channels": channels, "pixels": pixels.ravel().tolist(), **statistics(pixels)})
write("images", images)


def gradients(probabilities, features):
    errors = probabilities.copy()
    errors[np.arange(len(errors)), errors.argmax(1)] -= 1
    return (errors[:, :, None] * features[:, None, :]).reshape(len(errors), -1)


def badge(vectors, uniforms):
    """The longest first, then each in proportion to its squared distance to the nearest that is chosen."""
    chosen = [int((vectors**2).sum(1).argmax())]
    for uniform in uniforms:
        weights = cdist(vectors, vectors[chosen], "sqeuclidean").min(1)
        weights[chosen] = 0
        chosen.append(int(np.searchsorted(weights.cumsum(), uniform * weights.sum(), side="right")))
    return chosen


choices = []
for count, classes, width in [(30, 4, 6), (20, 10, 3), (12, 2, 25)]:
    logits = rng.normal(0, 2, (count, classes))
    probabilities = (np.exp(logits) / np.exp(logits).sum(1, keepdims=True)).astype(np.float32)
    features = np.maximum(0, rng.normal(0.3, 1, (count, width))).astype(np.float32)
    labelled = np.maximum(0, rng.normal(0.3, 1, (5, width))).astype(np.float32)
    vectors = gradients(probabilities.astype(np.float64), features.astype(np.float64))
    both = np.concatenate([labelled, features]).astype(np.float64)
    nearest = cdist(both, both[:5], "sqeuclidean").min(1)
    core = []
    for _ in range(8):
        core.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, cdist(both, both[core[-1:]], "sqeuclidean")[:, 0])
    top = np.sort(probabilities, 1)
    uniforms = rng.random(7)
    choices.append(
        {
            "classes": classes,
            "width": width,
            "probabilities": numbers(probabilities),
            "features": numbers(features),
            "labelled": numbers(labelled),
            "squaredNorms": numbers((vectors**2).sum(1)),
            "squaredDistances": numbers(cdist(vectors, vectors, "sqeuclidean")),
            "uniforms": numbers(uniforms),
            "badge": badge(vectors, uniforms),
            "margins": numbers(top[:, -1] - top[:, -2]),
            "coreSet": [image - 5 for image in core],
        }
    )
write("choices", choices)
