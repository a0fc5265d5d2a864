import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minimise } from '../../../../learning/transfer/minimise.js';

/** Rosenbrock's function in n dimensions; its minimum is 0 at 1, 1, … */
async function rosenbrock(x: Float64Array) {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let at = 0; at + 1 < x.length; at++) {
    const across = x[at + 1]! - x[at]! ** 2;
    value += 100 * across ** 2 + (1 - x[at]!) ** 2;
    gradient[at]! += -400 * x[at]! * across - 2 * (1 - x[at]!);
    gradient[at + 1]! += 200 * across;
  }
  return { value, gradient };
}

test('the minimum of Rosenbrock’s function is found in few iterations', async () => {
  const found = await minimise(rosenbrock, Float64Array.of(-1.2, 1, -1.2, 1, 0.5, 2), { tolerance: 1e-8 });
  assert.ok(found.converged);
  for (const value of found.point) assert.ok(Math.abs(value - 1) < 1e-6, `${value}`);
  assert.ok(found.iterations < 120, `${found.iterations}`);
});

test('an ill-conditioned quadratic is solved; at the minimum no iteration is needed', async () => {
  const curvatures = [1e-3, 1, 1e3];
  const evaluate = async (x: Float64Array) => ({
    value: x.reduce((sum, value, at) => sum + (curvatures[at]! * (value - at) ** 2) / 2, 0),
    gradient: x.map((value, at) => curvatures[at]! * (value - at)),
  });
  const { point } = await minimise(evaluate, new Float64Array(3), { tolerance: 1e-10 });
  for (const [at, value] of point.entries()) assert.ok(Math.abs(value - at) < 1e-6, `${value}`);
  assert.equal((await minimise(evaluate, point, { tolerance: 1e-9 })).iterations, 0);
});

test('an abort rejects with the signal’s reason', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(minimise(rosenbrock, Float64Array.of(5, 5), { signal }), /enough/);
});
