/** TensorFlow for Node as it should be: fused operations and compiled steps. */
export { batchNormInference, batchNormTraining } from './batch-norm.js';
export { CompiledStep, type StepDefinition } from './compile/compiled-step.js';
export { NotTraceableError } from './compile/recorder.js';
export { type DecodedJpeg, decodeJpeg } from './decode-jpeg.js';
export { randomUniform } from './random-uniform.js';
export { softmaxCrossEntropy } from './softmax-cross-entropy.js';
export { type TensorFlow, tf } from './tensorflow.js';
export { withGradient } from './with-gradient.js';
