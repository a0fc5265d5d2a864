"""Writes test/golden/augmentation: inputs and outputs of Pillow, torchvision and OpenCV.

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements.txt
    venv/bin/python test/golden/generate.py

vectors.bin.gz holds all pictures one after the other; index.jsonl.gz says what each case did, to which input, and
where its output lies.
"""

import gzip
import json
import math
import pathlib
import random

import cv2
import numpy as np
import PIL
import torch
import torchvision
from PIL import Image, ImageEnhance, ImageOps
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as F

FOLDER = pathlib.Path(__file__).parent / "augmentation"
blob = bytearray()
inputs, cases, tables = [], [], []


def store(array):
    array = np.ascontiguousarray(array, dtype=np.uint8)
    if array.ndim == 2:
        array = array[:, :, None]
    height, width, channels = array.shape
    at = len(blob)
    blob.extend(array.tobytes())
    return {"at": at, "width": width, "height": height, "channels": channels}


def picture(height, width, channels, seed):
    """Slopes, edges and noise: smooth parts, saturated parts and steps."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width].astype(float)
    made = np.zeros((height, width, channels))
    for channel in range(channels):
        slope = 40 + 30 * channel + 150 * x / max(width, 1) + 60 * np.sin(y / (3 + channel))
        made[:, :, channel] = slope
    made[(x - width / 2) ** 2 + (y - height / 2) ** 2 < (min(width, height) / 4) ** 2] = 250 if channels == 1 else (250, 20, 90)
    made += rng.normal(0, 18, made.shape)
    return np.clip(made, 0, 255).astype(np.uint8)


SIZES = [(1, 1), (1, 7), (6, 1), (2, 3), (13, 17), (32, 32), (21, 40)]
for index, (height, width) in enumerate(SIZES):
    for channels in (1, 3):
        array = picture(height, width, channels, 100 * index + channels)
        inputs.append((array, store(array)))
flat = np.full((9, 9, 3), 77, np.uint8)
inputs.append((flat, store(flat)))
dark = (picture(32, 32, 3, 7) // 4 + 60).astype(np.uint8)
inputs.append((dark, store(dark)))


def pil(array):
    return Image.fromarray(array[:, :, 0] if array.shape[2] == 1 else array)


def case(reference, op, args, number, output, tolerance=0):
    cases.append({"reference": reference, "op": op, "args": args, "input": number, "tolerance": tolerance, **store(output)})


def each(wanted=None):
    for number, (array, _) in enumerate(inputs):
        if wanted is None or number in wanted:
            yield number, array


BIG = [8, 9, 12, 13]  # 13 x 17 and 21 x 40
SMALL = [0, 1, 2, 5]


def operations():
    """The policies' operations at the first, a middle and the last bin, with both signs."""
    apply = v2.RandAugment()._apply_image_or_video_transform
    spaces = {
        "rand-augment": (v2.RandAugment._AUGMENTATION_SPACE, (0, 9, 30)),
        "trivial-augment-wide": (v2.TrivialAugmentWide._AUGMENTATION_SPACE, (30,)),
    }
    for space, bins in spaces.values():
        for name, (magnitudes, signed) in space.items():
            for number, array in each():
                height, width, _ = array.shape
                values = magnitudes(31, height, width)
                drawn = [0.0] if values is None else [float(values[bin]) for bin in bins]
                if signed:
                    drawn += [-value for value in drawn if value]
                for magnitude in drawn:
                    output = apply(pil(array), name, magnitude, "nearest", {Image.Image: None})
                    case("torchvision", "operation", {"name": name, "magnitude": magnitude}, number, np.asarray(output))
    for name, magnitude in [("Invert", 0.0), ("ShearX", 0.21), ("ShearY", -0.3), ("TranslateX", 7.9), ("TranslateY", -5.2), ("Rotate", 21.0), ("Rotate", -90.0)]:
        for number, array in each(BIG + [0, 1, 11]):
            gray = array.shape[2] == 1
            for fill in [None, 128] + ([] if gray else [[1, 120, 250]]):
                for interpolation in ("nearest", "bilinear", "bicubic") if number in BIG and fill != 128 else ("nearest",):
                    output = apply(pil(array), name, magnitude, v2.InterpolationMode(interpolation), {Image.Image: fill})
                    args = {"name": name, "magnitude": magnitude, "interpolation": interpolation, "fill": fill or 0}
                    case("torchvision", "operation", args, number, np.asarray(output))


def geometry():
    for number, array in each():
        image = pil(array)
        for op in ("FLIP_LEFT_RIGHT", "FLIP_TOP_BOTTOM", "ROTATE_90", "ROTATE_180", "ROTATE_270"):
            case("Pillow", op, {}, number, np.asarray(image.transpose(getattr(Image.Transpose, op))))
    for number, array in each(SMALL + BIG):
        image = pil(array)
        height, width, channels = array.shape
        for size in [(height + 3, width - 2), (height - 1, width + 5), (height, width), (1, 1), (3, 2)]:
            if min(size) > 0:
                case("torchvision", "centreCrop", {"height": size[0], "width": size[1]}, number, np.asarray(F.center_crop(image, list(size))))
        for left, top, wide, high in [(-2, -1, width + 3, height + 4), (1, 0, max(1, width - 1), height), (width + 1, 0, 3, 2)]:
            case("torchvision", "crop", {"left": left, "top": top, "width": wide, "height": high}, number, np.asarray(F.crop(image, top, left, high, wide)))
        for mode in ("constant", "edge", "reflect", "symmetric"):
            fill = 0 if mode != "constant" else 9 if channels == 1 else [9, 99, 199]
            args = {"left": 3, "top": 2, "right": 5, "bottom": 4}
            output = F.pad(image, [3, 2, 5, 4], fill=fill, padding_mode=mode)
            case("torchvision", "pad", {**args, "mode": mode, "fill": fill}, number, np.asarray(output))
    matrices = [
        [1.1, 0.2, -3.3, -0.15, 0.9, 2.5],
        [0.5, 0, 1.25, 0, 0.7, -1.5],
        [-1, 0, 17, 0, 1, 0],
        [0.3, -0.8, 9.1, 0.8, 0.3, -2.2],
        [1, 0, 2.5, 0, 1, -1.5],
        [3000.5, 0.1, -20000, 0.2, 1, 0],
    ]
    for number, array in each(BIG + [0, 3]):
        for matrix in matrices:
            for name, filter in (("nearest", Image.NEAREST), ("bilinear", Image.BILINEAR), ("bicubic", Image.BICUBIC)):
                output = pil(array).transform((19, 11), Image.AFFINE, matrix, filter, fillcolor=77 if array.shape[2] == 1 else (7, 77, 177))
                args = {"matrix": matrix, "interpolation": name, "fill": 77 if array.shape[2] == 1 else [7, 77, 177], "width": 19, "height": 11}
                case("Pillow", "affine", args, number, np.asarray(output))
    filters = {name: getattr(Image, name.upper()) for name in ("nearest", "box", "bilinear", "hamming", "bicubic", "lanczos")}
    for number, array in each(BIG + [0, 1, 2, 5, 11]):
        for size in [(5, 4), (31, 50), (array.shape[0], 9), (7, array.shape[1])]:
            for name, filter in filters.items():
                output = pil(array).resize((size[1], size[0]), filter)
                case("Pillow", "resize", {"height": size[0], "width": size[1], "filter": name}, number, np.asarray(output))
    tall = picture(450, 2, 3, 5)
    inputs.append((tall, store(tall)))
    case("Pillow", "resize", {"height": 9, "width": 6, "filter": "bilinear"}, len(inputs) - 1, np.asarray(pil(tall).resize((6, 9), Image.BILINEAR)))
    for number, array in each(BIG):
        for window in [(2, 1, 9, 7), (0, 3, 12, 8)]:
            output = F.resized_crop(pil(array), *window, [16, 16], interpolation=v2.InterpolationMode.BILINEAR, antialias=True)
            args = {"top": window[0], "left": window[1], "height": window[2], "width": window[3], "to": 16}
            case("torchvision", "resizedCrop", args, number, np.asarray(output))


def values():
    for number, array in each(SMALL + BIG + [11, 14, 15]):
        image = pil(array)
        for name in ("Brightness", "Color", "Contrast", "Sharpness"):
            for factor in (0.0, 0.37, 1.0, 1.9, 4.96, -0.5):
                case("Pillow", name.lower(), {"factor": factor}, number, np.asarray(getattr(ImageEnhance, name)(image).enhance(factor)))
        for bits in (1, 4, 8):
            case("Pillow", "posterize", {"bits": bits}, number, np.asarray(ImageOps.posterize(image, bits)))
        for threshold in (0, 100, 178.5, 256):
            case("Pillow", "solarize", {"threshold": threshold}, number, np.asarray(ImageOps.solarize(image, threshold)))
        for name in ("autocontrast", "equalize", "invert"):
            case("Pillow", name, {}, number, np.asarray(getattr(ImageOps, name)(image)))
        for amount in (-300 + 100, -40, 0, 33, 255):
            output = cv2.add(array, np.full(array.shape, amount, np.int16), dtype=cv2.CV_8U)
            case("OpenCV", "addBrightness", {"amount": amount}, number, output.reshape(array.shape))
    array, mean, deviation = inputs[9][0], [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    normal = F.normalize(F.to_dtype(F.to_image(pil(array)), torch.float32, scale=True), mean, deviation)
    tables.append({"name": "normalise", "input": 9, "mean": mean, "deviation": deviation, "values": normal.permute(1, 2, 0).flatten().tolist()})


BORDERS = {
    "constant": cv2.BORDER_CONSTANT, "replicate": cv2.BORDER_REPLICATE, "reflect": cv2.BORDER_REFLECT,
    "reflect101": cv2.BORDER_REFLECT_101, "wrap": cv2.BORDER_WRAP,
}
FLAGS = {"nearest": cv2.INTER_NEAREST, "linear": cv2.INTER_LINEAR, "cubic": cv2.INTER_CUBIC}


def opencv():
    rng = random.Random(4)
    point = lambda: [round(rng.uniform(-20, 60), 2), round(rng.uniform(-20, 60), 2)]
    for count, name, function in ((3, "getAffineTransform", cv2.getAffineTransform), (4, "getPerspectiveTransform", cv2.getPerspectiveTransform)):
        for _ in range(12):
            source, target = [point() for _ in range(count)], [point() for _ in range(count)]
            matrix = function(np.float32(source), np.float32(target))
            source, target = np.float32(source).tolist(), np.float32(target).tolist()
            tables.append({"name": name, "src": source, "dst": target, "values": matrix.flatten().tolist()})
    affine = [
        [[0.93, -0.31, 4.2], [0.27, 1.04, -2.6]],
        [[1, 0, 2], [0, 1, -3]],
        [[1.7, 0, -3.4], [0, 0.6, 1.1]],
        [[0.2, 0.9, 1.5], [-1.1, 0.3, 15.25]],
    ]
    perspective = [
        [[0.93, -0.31, 4.2], [0.27, 1.04, -2.6], [0.004, -0.003, 1]],
        [[1.2, 0.1, -3], [0.05, 0.8, 1.2], [-0.01, 0.006, 1]],
        [[1, 0, 2], [0, 1, -3], [0, 0, 1]],
    ]
    for number, array in each(BIG + [0, 3, 5]):
        gray = array.shape[2] == 1
        image = array[:, :, 0] if gray else array
        for name, flag in FLAGS.items():
            for border, code in BORDERS.items():
                # OpenCV 5.0.0 never returns from this one.
                if name == "cubic" and border == "reflect101" and min(array.shape[:2]) == 1:
                    continue
                for inverse in (False, True):
                    for matrix in affine:
                        if inverse and border != "replicate":
                            continue
                        for dsize in [(0, 0), (23, 9)] if border == "constant" else [(19, 15)]:
                            value = 40 if gray else [200, 10, 90]
                            output = cv2.warpAffine(image, np.float64(matrix), dsize, flags=flag | (cv2.WARP_INVERSE_MAP if inverse else 0), borderMode=code, borderValue=value)
                            args = {"M": matrix, "dsize": dsize, "flags": name, "inverse": inverse, "borderMode": border, "borderValue": value}
                            case("OpenCV", "warpAffine", args, number, output, 0 if name == "nearest" else 1)
                    for matrix in perspective:
                        if inverse and border != "replicate":
                            continue
                        output = cv2.warpPerspective(image, np.float64(matrix), (19, 15), flags=flag | (cv2.WARP_INVERSE_MAP if inverse else 0), borderMode=code, borderValue=40 if gray else [200, 10, 90])
                        args = {"M": matrix, "dsize": (19, 15), "flags": name, "inverse": inverse, "borderMode": border, "borderValue": 40 if gray else [200, 10, 90]}
                        case("OpenCV", "warpPerspective", args, number, output, 0 if name == "nearest" else 1)


def magnitudes():
    for kind, transform, bins in (("rand-augment", v2.RandAugment, (31, 10, 9, 2)), ("trivial-augment-wide", v2.TrivialAugmentWide, (31, 12)), ("auto-augment", v2.AutoAugment, (10,))):
        for count in bins:
            for width, height in ((32, 32), (224, 224), (17, 301)):
                for name, (function, signed) in transform._AUGMENTATION_SPACE.items():
                    found = function(count, height, width)
                    tables.append({"name": "magnitudes", "kind": kind, "bins": count, "width": width, "height": height, "operation": name, "signed": signed, "values": None if found is None else [float(value) for value in found]})
    policy = v2.AutoAugment(v2.AutoAugmentPolicy.CIFAR10)._policies
    tables.append({"name": "auto-augment-cifar10", "values": policy})
    # CutMix boxes: share drawn, centre, box, share left (as torchvision computes them).
    rows = []
    rng = random.Random(9)
    for _ in range(60):
        width, height, share = rng.randint(1, 60), rng.randint(1, 60), rng.choice([0, 1, rng.random()])
        x, y = rng.randrange(width), rng.randrange(height)
        half = 0.5 * math.sqrt(1.0 - share)
        wide, high = int(half * width), int(half * height)
        box = [max(0, x - wide), max(0, y - high), min(width, x + wide), min(height, y + high)]
        rows.append([width, height, share, x, y, *box, 1.0 - (box[2] - box[0]) * (box[3] - box[1]) / (width * height)])
    tables.append({"name": "cutmix", "values": rows})


cv2.setNumThreads(1)
torch.set_num_threads(1)
for part in (operations, geometry, values, opencv, magnitudes):
    part()

FOLDER.mkdir(exist_ok=True)
versions = {"Pillow": PIL.__version__, "torchvision": torchvision.__version__, "torch": torch.__version__, "OpenCV": cv2.__version__, "numpy": np.__version__}
lines = [json.dumps({"versions": versions, "inputs": [where for _, where in inputs]})]
lines += [json.dumps(line, separators=(",", ":")) for line in cases + tables]
(FOLDER / "index.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
(FOLDER / "vectors.bin.gz").write_bytes(gzip.compress(bytes(blob), 9, mtime=0))
print(f"{len(cases)} cases, {len(tables)} tables, {len(blob)} bytes of pictures")
