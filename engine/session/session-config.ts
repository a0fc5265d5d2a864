import { encodeMessage } from './messages.js';

/**
 * Data type of matrix products and convolutions. Variables, and operations that need the range (losses, batch norm,
 * softmax), stay float32: TensorFlow rewrites the graph (mixed precision, Micikevicius et al. 2018).
 * - `bfloat16`: for processors that support it (AVX-512 BF16, AMX); slower on others. Needs no loss scaling.
 * - `float16`: for GPUs. Small gradients underflow: scale the loss.
 */
export type Precision = 'float32' | 'bfloat16' | 'float16';

export interface SessionOptions {
  /** Threads within an operation, and parallel operations; TensorFlow's default unless set. */
  readonly threads?: number;
  /**
   * Runs the operations as traced, without TensorFlow's graph rewriting, for the results of eager execution. They are
   * bit-identical with TF_ENABLE_ONEDNN_OPTS=0, because oneDNN has its own softmax and max pooling in graphs only.
   * Slower; float32 only.
   */
  readonly deterministic?: boolean;
  /** Number of virtual CPU devices for {@link onDevice}, used by tests; 1 by default. */
  readonly cpuDevices?: number;
  /** `float32` by default. */
  readonly precision?: Precision;
}

/** RewriterConfig.Toggle.ON. */
const ON = 1;
/** OptimizerOptions.Level.L0: no optimization passes. */
const NO_PASSES = -1;

const REWRITING: Record<Precision, object> = {
  float32: {},
  bfloat16: { auto_mixed_precision_onednn_bfloat16: ON },
  float16: { auto_mixed_precision: ON },
};

function graphOptions(deterministic: boolean, precision: Precision): object {
  if (!deterministic) return { rewrite_options: REWRITING[precision] };
  if (precision !== 'float32') {
    throw new RangeError(`precision: received ${precision}, expected float32 for a deterministic program`);
  }
  return {
    optimizer_options: { opt_level: NO_PASSES },
    rewrite_options: { disable_meta_optimizer: true },
  };
}

/** Serialises options as a ConfigProto. */
export function sessionConfig({
  threads,
  deterministic = false,
  precision = 'float32',
  cpuDevices,
}: SessionOptions): Uint8Array {
  return encodeMessage('Config', {
    ...(threads && { intra_op_parallelism_threads: threads, inter_op_parallelism_threads: threads }),
    ...(cpuDevices && { device_count: { CPU: cpuDevices } }),
    gpu_options: { allow_growth: true },
    allow_soft_placement: true,
    graph_options: graphOptions(deterministic, precision),
  });
}
