"""The Python side of bench/augment.ts: images per second on one core, as one line of JSON.

    python bench/python/augment.py packed SIDE IMAGES SECONDS
    python bench/python/augment.py jpegs FOLDER SECONDS

Images come as RGB bytes on the standard input. Time is CPU time of all threads of this process, so other load on the
machine has little effect.
"""

import json
import os
import random
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
from PIL import Image, ImageEnhance, ImageOps
from torchvision.transforms import v2

torch.set_num_threads(1)


def affine(image, *matrix):
    return image.transform(image.size, Image.AFFINE, matrix, Image.NEAREST)


ENHANCE = 0.9 * 9 / 30
OPERATIONS = [
    lambda image, sign: image,
    lambda image, sign: affine(image, 1, sign * 0.09, 0, 0, 1, 0),
    lambda image, sign: affine(image, 1, 0, 0, sign * 0.09, 1, 0),
    lambda image, sign: affine(image, 1, 0, sign * int(150 / 331 * image.width * 9 / 30), 0, 1, 0),
    lambda image, sign: affine(image, 1, 0, 0, 0, 1, sign * int(150 / 331 * image.height * 9 / 30)),
    lambda image, sign: image.rotate(sign * 9),
    lambda image, sign: ImageEnhance.Brightness(image).enhance(1 + sign * ENHANCE),
    lambda image, sign: ImageEnhance.Color(image).enhance(1 + sign * ENHANCE),
    lambda image, sign: ImageEnhance.Contrast(image).enhance(1 + sign * ENHANCE),
    lambda image, sign: ImageEnhance.Sharpness(image).enhance(1 + sign * ENHANCE),
    lambda image, sign: ImageOps.posterize(image, 7),
    lambda image, sign: ImageOps.solarize(image, 178.5),
    lambda image, sign: ImageOps.autocontrast(image),
    lambda image, sign: ImageOps.equalize(image),
]


def flip_and_augment(image):
    """The same policy with Pillow and Python's random alone: without a framework."""
    if random.random() < 0.5:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for _ in range(2):
        image = random.choice(OPERATIONS)(image, random.choice((-1, 1)))
    return image


def rate(run, images):
    run()
    done, start, end = 0, time.process_time(), time.monotonic() + seconds
    while time.monotonic() < end:
        run()
        done += images
    return round(done / (time.process_time() - start))


def packed(side, count):
    arrays = np.frombuffer(sys.stdin.buffer.read(), np.uint8).reshape(count, side, side, 3)
    pils = [Image.fromarray(array) for array in arrays]
    tensors = [torch.from_numpy(array.copy()).permute(2, 0, 1).contiguous() for array in arrays]
    batch = torch.stack(tensors)
    transform = v2.Compose([v2.RandomCrop(side, padding=4), v2.RandomHorizontalFlip(), v2.RandAugment(2, 9)])

    def pillow(image):
        left, top = random.randint(-4, 4), random.randint(-4, 4)
        return flip_and_augment(image.crop((left, top, left + side, top + side)))

    return {
        "torchvision, PIL images": rate(lambda: [transform(image) for image in pils], count),
        "torchvision, tensors": rate(lambda: [transform(image) for image in tensors], count),
        "torchvision, one policy for a batch": rate(lambda: transform(batch), count),
        "Pillow alone": rate(lambda: [pillow(image) for image in pils], count),
    }


def jpegs(folder):
    files = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    transform = v2.Compose(
        [v2.Resize(256), v2.RandomCrop(224), v2.RandomHorizontalFlip(), v2.RandAugment(2, 9)]
    )

    def pillow(image):
        """Resizes only the crop window, as our pipeline does."""
        scale = min(image.size) / 256
        left = random.randint(0, int(image.width / scale) - 224) * scale
        top = random.randint(0, int(image.height / scale) - 224) * scale
        box = (left, top, left + 224 * scale, top + 224 * scale)
        return flip_and_augment(image.resize((224, 224), Image.Resampling.BILINEAR, box))

    def opened(file):
        return Image.open(file).convert("RGB")

    return {
        "Pillow decodes, torchvision does the rest": rate(lambda: [transform(opened(file)) for file in files], len(files)),
        "Pillow alone, resizing only the window": rate(lambda: [pillow(opened(file)) for file in files], len(files)),
    }


what, *arguments = sys.argv[1:]
seconds = float(arguments[-1])
print(json.dumps(packed(int(arguments[0]), int(arguments[1])) if what == "packed" else jpegs(arguments[0])))
