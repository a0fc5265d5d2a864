import { encodeMessage } from './messages.js';

/**
 * In what the large operations compute. Variables, and what needs its range (losses, batch norm, softmax), stay float32:
 * TensorFlow rewrites the graph (Micikevicius et al. 2018).
 * - `bfloat16`: on processors that have it (AVX-512 BF16, AMX); on others it is slower. Needs no loss scaling.
 * - `float16`: on GPUs. Small gradients vanish: scale the loss.
 */
export type Precision = 'float32' | 'bfloat16' | 'float16';

export interface SessionOptions {
  /** Threads within an operation, and operations at a time; TensorFlow's choice unless given. */
  readonly threads?: number;
  /**
   * Runs the operations as they were traced, without TensorFlow's rewriting of graphs: the results are then those of
   * eager execution; to the bit with TF_ENABLE_ONEDNN_OPTS=0, since oneDNN has its own softmax and max pooling in graphs
   * alone. Slower, and float32 alone.
   */
  readonly deterministic?: boolean;
  /** Devices that one machine's CPU is seen as, for {@link onDevice}; 1 unless given. Of use for tests. */
  readonly cpuDevices?: number;
  /** `float32` unless given. */
  readonly precision?: Precision;
}

/** Of a pass of TensorFlow's graph rewriting. */
const ON = 1;
/** Optimizations of TensorFlow's own passes: none. */
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

/** Options as a ConfigProto. */
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
