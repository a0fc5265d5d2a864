/** Value and gradient of a function at a point. */
export interface Evaluated {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface Minimum extends Evaluated {
  readonly point: Float64Array;
  readonly iterations: number;
  /** Whether the gradient reached the tolerance, or the precision of the function. */
  readonly converged: boolean;
}

export interface MinimiseOptions {
  readonly iterations?: number;
  /** Bound of the gradient's largest component. */
  readonly tolerance?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onIteration?: () => void;
}

/** Number of past steps that estimate the curvature. */
const MEMORY = 10;
/** Share of the predicted decrease that a step must reach (Armijo's condition). */
const SUFFICIENT = 1e-4;
const HALVINGS = 30;

interface Step {
  readonly move: Float64Array;
  readonly change: Float64Array;
  /** 1 / (move . change) */
  readonly scale: number;
}

/**
 * Minimises a smooth function by L-BFGS with backtracking (Nocedal and Wright 2006, algorithms 7.4 and 7.5). For a
 * function that is not convex, it finds a local minimum.
 * @throws the signal's reason when aborted
 */
export async function minimise(
  evaluate: (point: Float64Array) => Promise<Evaluated>,
  start: Float64Array,
  { iterations = 500, tolerance = 1e-5, signal, onIteration }: MinimiseOptions = {},
): Promise<Minimum> {
  const steps: Step[] = [];
  let point = start;
  let here = await evaluate(point);
  for (let iteration = 0; iteration < iterations; iteration++) {
    signal?.throwIfAborted();
    onIteration?.();
    if (largest(here.gradient) <= tolerance)
      return { ...here, point, iterations: iteration, converged: true };
    const direction = directionOf(here.gradient, steps);
    const next = await lineSearch(evaluate, point, here, direction, steps.length === 0);
    // No step along a descent direction is better: the rest of the gradient is rounding error.
    if (!next) return { ...here, point, iterations: iteration, converged: true };
    const move = difference(next.point, point);
    const change = difference(next.gradient, here.gradient);
    const curvature = dot(move, change);
    if (curvature > 1e-12 * dot(change, change)) steps.push({ move, change, scale: 1 / curvature });
    if (steps.length > MEMORY) steps.shift();
    point = next.point;
    here = next;
  }
  return { ...here, point, iterations, converged: largest(here.gradient) <= tolerance };
}

/** Returns minus the gradient times the inverse Hessian estimated from the last steps. */
function directionOf(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares: number[] = [];
  for (const { move, change, scale } of steps.toReversed()) {
    const share = scale * dot(move, direction);
    shares.unshift(share);
    add(direction, change, -share);
  }
  const last = steps.at(-1);
  if (last) {
    const length = 1 / (last.scale * dot(last.change, last.change));
    for (let index = 0; index < direction.length; index++) direction[index]! *= length;
  }
  steps.forEach(({ move, change, scale }, place) => {
    add(direction, move, shares[place]! - scale * dot(change, direction));
  });
  return direction;
}

async function lineSearch(
  evaluate: (point: Float64Array) => Promise<Evaluated>,
  point: Float64Array,
  { value, gradient }: Evaluated,
  direction: Float64Array,
  isFirst: boolean,
): Promise<(Evaluated & { point: Float64Array }) | undefined> {
  const slope = dot(gradient, direction);
  if (!(slope < 0)) return undefined;
  // The first step has no estimate of the curvature: its length is at most 1.
  let size = isFirst ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
  for (let halving = 0; halving < HALVINGS; halving++, size /= 2) {
    const there = point.slice();
    add(there, direction, size);
    const found = await evaluate(there);
    if (found.value <= value + SUFFICIENT * size * slope) return { ...found, point: there };
  }
  return undefined;
}

function dot(some: Float64Array, others: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < some.length; index++) sum += some[index]! * others[index]!;
  return sum;
}

function add(target: Float64Array, other: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) target[index]! += factor * other[index]!;
}

function difference(some: Float64Array, others: Float64Array): Float64Array {
  return some.map((value, index) => value - others[index]!);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
