"""Writes test/golden/learning/answers.json: losses that compare with another model's answers, and their gradients.

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements.txt
    venv/bin/python test/golden/answers.py

Distillation is torch's CrossEntropyLoss and KLDivLoss(reduction="batchmean") * T^2 as in timm's
task/distillation.py; learning without forgetting is the formula of Li and Hoiem (2016, equations 1 to 3), and the
similarity of features that of Tung and Mori (2019, equations 2 to 4), in torch. Gradients are autograd's, by the
student's logits or features. The tests in test/unit/learning/training/objectives read it.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

FILE = pathlib.Path(__file__).parent / "learning" / "answers.json"
ROWS, CLASSES = 6, 5


def numbers(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().double().reshape(-1).tolist()]


def labels_of(random, rows, first, classes, unlabelled):
    labels = random.integers(first, classes, rows)
    labels[rows - unlabelled :] = -1
    return labels


def cross_entropy(logits, labels):
    """Mean over the rows that have a label."""
    labelled = torch.tensor(labels) >= 0
    return F.cross_entropy(logits[labelled], torch.tensor(labels)[labelled])


def distillation(number, alpha, temperature, targets, unlabelled):
    random = np.random.default_rng(number)
    student = torch.tensor(random.normal(0, 3, (ROWS, CLASSES)).astype(np.float32), requires_grad=True)
    teachers = [torch.tensor(random.normal(0, 3, (ROWS, CLASSES)).astype(np.float32)) for _ in range(1 + number % 2)]
    labels = labels_of(random, ROWS, 0, CLASSES, unlabelled)
    answers = torch.stack([F.softmax(teacher / temperature, 1) for teacher in teachers]).mean(0)
    if targets == "soft":
        divergence = torch.nn.KLDivLoss(reduction="batchmean")
        mimicry = divergence(F.log_softmax(student / temperature, 1), answers) * temperature**2
    else:
        mimicry = F.cross_entropy(student, answers.argmax(1))
    loss = mimicry if unlabelled == ROWS else alpha * cross_entropy(student, labels) + (1 - alpha) * mimicry
    loss.backward()
    return {
        "spec": {"kind": "distill", "alpha": alpha, "temperature": temperature, "targets": targets},
        "student": numbers(student),
        "teachers": [numbers(teacher) for teacher in teachers],
        "answers": numbers(answers),
        "labels": labels.tolist(),
        "loss": loss.item(),
        "gradient": numbers(student.grad),
    }


def retention(number, temperature, weight, heads, old):
    random = np.random.default_rng(100 + number)
    student = torch.tensor(random.normal(0, 3, (ROWS, CLASSES)).astype(np.float32), requires_grad=True)
    teacher = torch.tensor(random.normal(0, 3, (ROWS, old)).astype(np.float32))
    labels = labels_of(random, ROWS, old, CLASSES, 0)
    # Equation 3: recorded and current probabilities to the power of 1/T, normalised.
    recorded, current = F.softmax(teacher, 1) ** (1 / temperature), F.softmax(student[:, :old], 1) ** (1 / temperature)
    recorded, current = (each / each.sum(1, keepdim=True) for each in (recorded, current))
    kept = -(recorded * current.log()).sum(1).mean()
    learnt = cross_entropy(student[:, old:], labels - old) if heads == "separate" else cross_entropy(student, labels)
    loss = learnt + weight * kept
    loss.backward()
    return {
        "spec": {"kind": "retain", "oldClasses": old, "temperature": temperature, "weight": weight, "heads": heads},
        "student": numbers(student),
        "teachers": [numbers(teacher)],
        "answers": numbers(recorded),
        "labels": labels.tolist(),
        "loss": loss.item(),
        "gradient": numbers(student.grad),
    }


def similarity(number, width, wide):
    random = np.random.default_rng(200 + number)
    student = torch.tensor(random.normal(0, 1, (ROWS, width)).astype(np.float32), requires_grad=True)
    teacher = torch.tensor(random.normal(0, 1, (ROWS, wide)).astype(np.float32))
    gram = [F.normalize(features @ features.T, p=2, dim=1) for features in (teacher, student)]
    loss = ((gram[0] - gram[1]) ** 2).sum() / ROWS**2
    loss.backward()
    return {
        "student": numbers(student),
        "teacher": numbers(teacher),
        "loss": loss.item(),
        "gradient": numbers(student.grad),
    }


def main():
    golden = {
        "distillation": [
            distillation(number, *case)
            for number, case in enumerate(
                [
                    (0.1, 4, "soft", 0),
                    (0.5, 1, "soft", 0),
                    (0.9, 10, "soft", 2),
                    (0, 2, "soft", 2),
                    (1, 4, "soft", 0),
                    (0.3, 4, "soft", ROWS),
                    (0.3, 1, "hard", 0),
                    (0.3, 1, "hard", 2),
                ]
            )
        ],
        "retention": [
            retention(number, *case)
            for number, case in enumerate(
                [
                    (2, 1, "separate", 3),
                    (2, 0.5, "joint", 3),
                    (1, 2, "separate", 2),
                    (4, 0, "separate", 4),
                ]
            )
        ],
        "similarity": [similarity(0, 4, 4), similarity(1, 3, 8)],
    }
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
