/** Thrown when a function does something that a graph cannot hold. */
export class NotTraceableError extends Error {
  override name = 'NotTraceableError';
}

export function frozenTensor(which: string): NotTraceableError {
  return new NotTraceableError(
    `a tensor ${which} made before the step is neither among its inputs nor its variables: pass it as an input, so that it is not frozen at its present value`,
  );
}

export function readsValue(): NotTraceableError {
  return new NotTraceableError(
    'the step reads a value (dataSync, arraySync, print, or a branch on data): a graph has none while it is drawn. Return the tensor and read it outside the step',
  );
}

export function drawsInJavaScript(): NotTraceableError {
  return new NotTraceableError(
    'the step draws random numbers in JavaScript (tf.randomUniform, tf.randomNormal, tf.dropout, Math.random): a graph would repeat them. Use randomUniform of this engine with a seed that is an input',
  );
}

export function createsVariable(name?: string): NotTraceableError {
  return new NotTraceableError(
    `the step creates a variable${name ? ` "${name}"` : ''}: create it before, and name it among the variables`,
  );
}

export function unknownOperation(operation: string, problem: string): NotTraceableError {
  return new NotTraceableError(`operation ${operation}: ${problem}`);
}

export function assignsFrozen(name: string): NotTraceableError {
  return new NotTraceableError(`the step assigns to the variable "${name}", whose program is frozen`);
}

export function assignsForeign(name: string): NotTraceableError {
  return new NotTraceableError(
    `the step assigns to the variable "${name}", which its program was not given: name it among the variables`,
  );
}
