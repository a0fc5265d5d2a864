"""The Python side of bench/augment.ts: images a second on one core, as one line of JSON.

    python bench/python/augment.py SIDE IMAGES SECONDS

The pictures come as packed RGB bytes on the standard input. Time is processor time of this process, so a busy
machine tells little against it.
"""

import json
import os
import random
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import PIL
import torch
import torchvision
from PIL import Image, ImageEnhance, ImageOps
from torchvision.transforms import v2

side, count, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
torch.set_num_threads(1)
arrays = np.frombuffer(sys.stdin.buffer.read(), np.uint8).reshape(count, side, side, 3)
pils = [Image.fromarray(array) for array in arrays]
tensors = [torch.from_numpy(array.copy()).permute(2, 0, 1).contiguous() for array in arrays]
batch = torch.stack(tensors)

transform = v2.Compose([v2.RandomCrop(side, padding=4), v2.RandomHorizontalFlip(), v2.RandAugment(2, 9)])


def affine(image, *matrix):
    return image.transform(image.size, Image.AFFINE, matrix, Image.NEAREST)


ENHANCE = 0.9 * 9 / 30
OPERATIONS = [
    lambda image, sign: image,
    lambda image, sign: affine(image, 1, sign * 0.09, 0, 0, 1, 0),
    lambda image, sign: affine(image, 1, 0, 0, sign * 0.09, 1, 0),
    lambda image, sign: affine(image, 1, 0, sign * int(150 / 331 * side * 9 / 30), 0, 1, 0),
    lambda image, sign: affine(image, 1, 0, 0, 0, 1, sign * int(150 / 331 * side * 9 / 30)),
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


def pillow(image):
    """The same policy with Pillow and Python's random alone: no framework around it."""
    left, top = random.randint(-4, 4), random.randint(-4, 4)
    image = image.crop((left, top, left + side, top + side))
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


print(
    json.dumps(
        {
            "pil": rate(lambda: [transform(image) for image in pils], count),
            "tensor": rate(lambda: [transform(image) for image in tensors], count),
            "pillow": rate(lambda: [pillow(image) for image in pils], count),
            "wholeBatch": rate(lambda: transform(batch), count),
            "versions": {"torchvision": torchvision.__version__, "torch": torch.__version__, "Pillow": PIL.__version__},
        }
    )
)
