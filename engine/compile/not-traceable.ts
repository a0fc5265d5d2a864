/** Thrown when a function does something that a graph cannot represent. */
export class NotTraceableError extends Error {
  override name = 'NotTraceableError';
}

export function frozenTensor(which: string): NotTraceableError {
  return new NotTraceableError(
    `a tensor ${which} created before the step is neither an input nor a variable: pass it as an input, so that it is not frozen at its present value`,
  );
}

export function readsValue(): NotTraceableError {
  return new NotTraceableError(
    'the step reads a value (dataSync, arraySync, print, or a branch on data): tensors have no values during tracing. Return the tensor and read it outside the step',
  );
}

export function drawsInJavaScript(): NotTraceableError {
  return new NotTraceableError(
    'the step draws random numbers in JavaScript (tf.randomUniform, tf.randomNormal, tf.dropout, Math.random): a graph would repeat them. Use randomUniform of this engine with a seed that is an input',
  );
}

export function createsVariable(name?: string): NotTraceableError {
  return new NotTraceableError(
    `the step creates a variable${name ? ` "${name}"` : ''}: create it before, and add it to the program's variables`,
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
    `the step assigns to the variable "${name}", which does not belong to its program: add it to the program's variables`,
  );
}
