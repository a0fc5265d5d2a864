"""Writes test/golden/learning/consistency.json: losses, gradients and thresholds of pseudo-labels made within a training.

    python3 -m venv venv && venv/bin/pip install -r test/golden/requirements-train.txt torch==2.8.0
    venv/bin/python test/golden/consistency.py

Written from the papers: Lee 2013 (equation 15), FixMatch (Sohn et al. 2020, equations 3 and 4), FlexMatch (Zhang et al.
2021, algorithm 1), FreeMatch (Wang et al. 2023, equations 5 to 8), SoftMatch (Chen et al. 2023, equations 7 to 9, with the
n_sigma of its code), quota (Zou et al. 2018, section 4.2, over what has been predicted lately), distribution alignment (Berthelot et al. 2020, section 3.1). Gradients are torch's, in float64.
"""

import json
import pathlib

import numpy as np
import torch

FILE = pathlib.Path(__file__).parent / "learning" / "consistency.json"
CLASSES, LABELLED, VIEWS, IMAGES, STEPS = 3, 2, 8, 9, 9
LABELS_PER_CLASS = [5, 2, 1]
MOMENTUM, VALUE, WEIGHT, QUOTA = 0.6, 0.75, 1.5, 0.6


class Fixed:
    def weigh(self, probabilities, confidence, label, places):
        return (confidence >= VALUE).double()


class FlexMatch:
    """Algorithm 1, with the last confident prediction of each image, by image."""

    def __init__(self):
        self.last = {}

    def weigh(self, probabilities, confidence, label, places):
        learnt = [sum(1 for c in self.last.values() if c == k) for k in range(CLASSES)]
        never = IMAGES - len(self.last)
        beta = [count / max(max(learnt), never) for count in learnt]
        threshold = torch.tensor([VALUE * b / (2 - b) for b in beta], dtype=torch.float64)
        weights = (confidence >= threshold[label]).double()
        for p, c, place in zip(confidence.tolist(), label.tolist(), places):
            if p >= VALUE and place < IMAGES:
                self.last[place] = c
        return weights


class FreeMatch:
    def __init__(self):
        self.tau = torch.tensor(1 / CLASSES, dtype=torch.float64)
        self.shares = torch.full([CLASSES], 1 / CLASSES, dtype=torch.float64)
        self.histogram = self.shares.clone()

    def weigh(self, probabilities, confidence, label, places):
        self.tau = MOMENTUM * self.tau + (1 - MOMENTUM) * confidence.mean()
        self.shares = MOMENTUM * self.shares + (1 - MOMENTUM) * probabilities.mean(0)
        self.histogram = MOMENTUM * self.histogram + (1 - MOMENTUM) * torch.bincount(label, minlength=CLASSES) / len(label)
        threshold = self.tau * self.shares / self.shares.max()
        return (confidence >= threshold[label]).double()


    def unfairness(self, answers, weights):
        """Minus H(SumNorm(shares / histogram), SumNorm(mean / histogram)) over the answers that count."""
        counting = torch.softmax(answers[weights > 0], 1)
        said = torch.bincount(counting.argmax(1), minlength=CLASSES) / len(counting)
        expected = self.shares / self.histogram
        answered = torch.where(said > 0, counting.mean(0) / said.clamp(min=1e-30), 0.0)
        return (expected / expected.sum() * torch.log(answered / answered.sum() + 1e-12)).sum()


class SoftMatch:
    def __init__(self):
        self.mu, self.variance = 1 / CLASSES, 1.0

    def weigh(self, probabilities, confidence, label, places):
        self.mu = MOMENTUM * self.mu + (1 - MOMENTUM) * confidence.mean()
        self.variance = MOMENTUM * self.variance + (1 - MOMENTUM) * confidence.var(unbiased=True)
        return torch.exp(-(torch.clamp(confidence - self.mu, max=0) ** 2) / (2 * self.variance / 4))


def odds(confidence):
    return np.log(confidence / (1 - confidence))


class Quota:
    """Every confidence that a class was ever predicted with, weighing less with each step."""

    def __init__(self):
        self.said = [[] for _ in range(CLASSES)]

    def weigh(self, probabilities, confidence, label, places):
        self.said = [[(p, weight * MOMENTUM) for p, weight in own] for own in self.said]
        for p, c in zip(confidence.tolist(), label.tolist()):
            self.said[c].append((p, 1.0))
        return torch.tensor([self.counts(*one) for one in zip(confidence.tolist(), label.tolist())]).double()

    def counts(self, confidence, label):
        """Where it does not hang on which of two all but equal confidences is the larger."""
        own = self.said[label]
        surer = lambda margin: sum(w for p, w in own if p != confidence and odds(p) > odds(confidence) + margin)
        decisions = {surer(margin) / sum(w for _, w in own) < QUOTA for margin in (-0.02, 0, 0.02)}
        assert len(decisions) == 1, "another seed"
        return decisions.pop()


RULES = {"fixed": Fixed, "flexmatch": FlexMatch, "freematch": FreeMatch, "softmatch": SoftMatch}
MORE_RULES = {"quota": Quota}


class Alignment:
    """The average without its start at 0: weights MOMENTUM^age, summing to 1."""

    def __init__(self):
        self.means = []
        self.target = torch.tensor(LABELS_PER_CLASS, dtype=torch.float64) / sum(LABELS_PER_CLASS)

    def align(self, probabilities):
        self.means.append(probabilities.mean(0))
        ages = torch.tensor([MOMENTUM ** (len(self.means) - 1 - i) for i in range(len(self.means))], dtype=torch.float64)
        average = (torch.stack(self.means) * ages[:, None]).sum(0) / ages.sum()
        aligned = probabilities * self.target / average
        return aligned / aligned.sum(1, keepdim=True)


def steps_of(seed):
    """Ever surer scores, more of some classes than of others."""
    random = np.random.default_rng(seed)
    for step in range(STEPS):
        rows = LABELLED + 2 * VIEWS
        sureness = random.uniform(0.1, 2 + step, (rows, 1))
        scores = sureness * (random.normal(0, 1, (rows, CLASSES)) + np.array([0.3, 0.1, -0.2]))
        targets = np.zeros((rows, CLASSES))
        targets[np.arange(LABELLED), random.integers(0, CLASSES, LABELLED)] = 1
        places = random.permutation(IMAGES)[:VIEWS]
        # One row shows an image that comes again later in the step.
        places[step % VIEWS] = IMAGES
        yield scores.astype(np.float32), targets, places


def short(array):
    """Seven digits: what is compared is float32."""
    return [float(f"{value:.7g}") for value in np.asarray(array).ravel()]


def run(kind, rule, alignment, labels, temperature, fairness, seed):
    threshold, aligner = {**RULES, **MORE_RULES}[rule](), Alignment()
    steps = []
    for scores32, targets, places in steps_of(seed):
        if kind == "pseudo-label":
            scores32, targets = scores32[: LABELLED + VIEWS], targets[: LABELLED + VIEWS]
        scores = torch.tensor(scores32.astype(np.float64), requires_grad=True)
        logged = torch.log_softmax(scores, 1)
        supervised = -(torch.tensor(targets[:LABELLED]) * logged[:LABELLED]).sum(1).mean()
        weak, answers = slice(LABELLED, LABELLED + VIEWS), slice(-VIEWS, None)
        with torch.no_grad():
            own = torch.softmax(scores[weak], 1)
            probabilities = aligner.align(own) if alignment else own
            learnt = own if rule == "softmatch" else probabilities
            label = learnt.argmax(1)
            weights = threshold.weigh(probabilities, probabilities.max(1).values, label, places.tolist())
            if labels == "hard":
                target = torch.nn.functional.one_hot(label, CLASSES).double()
            else:
                sharp = learnt ** (1 / temperature)
                target = sharp / sharp.sum(1, keepdim=True)
        consistent = (weights * -(target * logged[answers]).sum(1)).mean()
        loss = supervised + WEIGHT * consistent
        if fairness > 0:
            loss = loss + fairness * threshold.unfairness(scores[answers], weights)
        loss.backward()
        steps.append(
            {
                "scores": scores32.ravel().tolist(),
                "targets": targets.ravel().astype(int).tolist(),
                "places": places.tolist(),
                "weights": short(weights),
                "loss": loss.item(),
                "gradient": short(scores.grad.numpy()),
            }
        )
    return steps


CASES = [("fixmatch", rule, alignment, "hard", 1, 0) for rule in RULES for alignment in (False, True)]
CASES += [("pseudo-label", "fixed", False, "hard", 1, 0), ("fixmatch", "fixed", True, "soft", 0.5, 0)]
CASES += [("fixmatch", "freematch", False, "hard", 1, 0.7)]
CASES += [("fixmatch", "quota", alignment, "hard", 1, 0) for alignment in (False, True)]


def between_generations():
    """The same rules over all images at once."""
    random = np.random.default_rng(99)
    images = 60
    sureness = random.uniform(0.1, 6, (images, 1))
    scores = sureness * (random.normal(0, 1, (images, CLASSES)) + np.array([0.3, 0.1, -0.2]))
    probabilities = torch.softmax(torch.tensor(scores.astype(np.float32)), 1)
    exact = probabilities.double()
    target = torch.tensor(LABELS_PER_CLASS, dtype=torch.float64) / sum(LABELS_PER_CLASS)
    aligned = exact * target / exact.mean(0)
    aligned = aligned / aligned.sum(1, keepdim=True)
    rules = []
    for name, said in (("plain", exact), ("aligned", aligned)):
        confidence, label = said.max(1)
        sure = torch.tensor([((label == c) & (confidence >= VALUE)).sum().item() for c in range(CLASSES)])
        beta = sure.double() / max(sure.max().item(), images - sure.sum().item())
        shares = said.mean(0)
        mu, variance = confidence.mean(), confidence.var(unbiased=True)
        softly = torch.exp(-(torch.clamp(confidence - mu, max=0) ** 2) / (2 * variance / 4))
        flex = VALUE * beta / (2 - beta)
        free = confidence.mean() * shares / shares.max()
        kept = lambda threshold: torch.nonzero(confidence >= threshold[label]).ravel().tolist()
        quota = []
        for c in range(CLASSES):
            own = torch.nonzero(label == c).ravel()
            best = own[torch.argsort(confidence[own], descending=True)][: int(np.ceil(0.3 * len(own)))]
            quota += best.tolist()
        rules.append(
            {
                "alignment": name == "aligned",
                "flexmatch": kept(flex),
                "freematch": kept(free),
                "quota": sorted(quota),
                "softmatch": short(softly),
            }
        )
    return {
        "value": VALUE,
        "quota": 0.3,
        "probabilities": probabilities.numpy().ravel().tolist(),
        "aligned": short(aligned.numpy()),
        "rules": rules,
    }


FILE.parent.mkdir(exist_ok=True)
FILE.write_text(
    json.dumps(
        {
            "classes": CLASSES,
            "labelled": LABELLED,
            "views": VIEWS,
            "images": IMAGES,
            "labelsPerClass": LABELS_PER_CLASS,
            "momentum": MOMENTUM,
            "value": VALUE,
            "weight": WEIGHT,
            "quota": QUOTA,
            "cases": [
                {
                    "kind": kind,
                    "rule": rule,
                    "alignment": alignment,
                    "labels": labels,
                    "temperature": temperature,
                    "fairness": fairness,
                    "steps": run(kind, rule, alignment, labels, temperature, fairness, seed),
                }
                for seed, (kind, rule, alignment, labels, temperature, fairness) in enumerate(CASES)
            ],
            "betweenGenerations": between_generations(),
        }
    )
    + "\n"
)
