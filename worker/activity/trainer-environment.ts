import { availableParallelism } from 'node:os';
import { childEnvironment } from './child-environment.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface TrainerResources {
  /** Threads of TensorFlow for runs that begin here and set none; one for each core by default. */
  readonly threads?: number;
  /** Makes a GPU use only operations with bit-identical results. */
  readonly deterministic?: boolean;
}

/**
 * The environment of a trainer's child process, which TensorFlow reads when it loads. Variables that are already set
 * keep their values; keys and other secrets stay behind, see child-environment.ts.
 */
export function trainerEnvironment(
  environment: Environment,
  { threads, deterministic }: TrainerResources = {},
): Environment {
  return {
    // Errors only.
    TF_CPP_MIN_LOG_LEVEL: '2',
    // sharp decodes images in libuv's pool; more threads than cores only slow it down.
    UV_THREADPOOL_SIZE: String(availableParallelism()),
    ...(threads !== undefined && { TF_NUM_INTRAOP_THREADS: String(threads) }),
    // By default TensorFlow allocates all of a GPU's memory at once.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ...(deterministic && { TF_DETERMINISTIC_OPS: '1' }),
    ...childEnvironment(environment),
  };
}
