import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining } from '../../../../../domain/config/training.js';
import { type TensorFlow, tf } from '../../../../../engine/tensorflow.js';
import { objectiveOf } from '../../../../../learning/training/objectives/objective-of.js';

const LOGITS = [
  [2, 0.5, -1],
  [0, 1, 3],
  [0.3, 0.2, 0.1],
];
const TARGETS = [
  [1, 0, 0],
  [0, 0.2, 0.8],
  [0.5, 0.25, 0.25],
];
const WEIGHTS = [1, 0.4, 0];

/** Softmax, cross-entropy and its gradient by the logits, computed by hand for each row. */
function expected() {
  const rows = LOGITS.map((logits, row) => {
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    const target = TARGETS[row]!;
    const loss = logits.reduce((total, logit, at) => total - target[at]! * (logit - Math.log(sum)), 0);
    const gradient = logits.map((logit, at) => (WEIGHTS[row]! * (Math.exp(logit) / sum - target[at]!)) / 3);
    return { loss: WEIGHTS[row]! * loss, gradient };
  });
  const loss = rows.reduce((total, row) => total + row.loss, 0) / 3;
  return { loss, gradient: rows.flatMap(({ gradient }) => gradient) };
}

test('a pseudo-label’s weight scales its share of the loss and of the gradient', () => {
  const objective = objectiveOf(studentTraining.parse({}), undefined, undefined, { weighted: true });
  const weighted = TARGETS.map((row, index) => row.map((share) => share * WEIGHTS[index]!));
  const logits = tf.variable(tf.tensor2d(LOGITS)) as TensorFlow.Variable<TensorFlow.Rank.R2>;
  const { value, grads } = tf.variableGrads(
    () =>
      objective.loss({
        logits: tf.mul(logits, 1),
        inputs: { targets: tf.tensor2d(weighted) },
        memory: {},
        groups: { labelled: 1, unlabelled: 2 },
      }).loss,
    [logits],
  );
  const { loss, gradient } = expected();
  assert.ok(Math.abs(value.dataSync()[0]! - loss) < 1e-6);
  grads[logits.name]!.dataSync().forEach((received, index) => {
    assert.ok(Math.abs(received - gradient[index]!) < 1e-6, `${index}: ${received}, ${gradient[index]}`);
  });
});
