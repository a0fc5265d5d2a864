/** Extends TensorFlow for Node by fused operations and compiled functions. */
export { batchNormInference, batchNormTraining } from './batch-norm.js';
export type { ProgramFunction } from './compile/compiled-function.js';
export { NotTraceableError } from './compile/not-traceable.js';
export { onDevice } from './compile/on-device.js';
export { optimizerState } from './compile/optimizer-state.js';
export { Program, type ProgramOptions } from './compile/program.js';
export type { Named, TensorFunction } from './compile/trace.js';
export type { Input, TypedInput } from './compile/typed-input.js';
export { type DecodedJpeg, decodeJpeg } from './decode-jpeg.js';
export { randomUniform } from './random-uniform.js';
export type { Precision, SessionOptions } from './session/session-config.js';
export { softmaxCrossEntropy } from './softmax-cross-entropy.js';
export { type TensorFlow, tf } from './tensorflow.js';
export { withGradient } from './with-gradient.js';
export { withoutGradient } from './without-gradient.js';
