import { availableParallelism } from 'node:os';

type Environment = Readonly<Record<string, string | undefined>>;

export interface TrainerResources {
  /** Threads of TensorFlow; as many as there are cores where absent. */
  readonly threads?: number;
  /** Only operations that give the same bits each time, where a GPU has a choice. */
  readonly deterministic?: boolean;
}

/**
 * The environment of a trainer's child: TensorFlow reads it when it loads, so it must be complete by then.
 * What the environment says already is left as it is.
 */
export function trainerEnvironment(
  environment: Environment,
  { threads, deterministic }: TrainerResources = {},
): Environment {
  const count = threads === undefined ? undefined : String(threads);
  return {
    // Greetings and warnings are not news; errors are.
    TF_CPP_MIN_LOG_LEVEL: '2',
    // Pictures are decoded in libuv's pool: more threads than cores only get in each other's way.
    UV_THREADPOOL_SIZE: String(availableParallelism()),
    ...(count && { TF_NUM_INTRAOP_THREADS: count, TF_NUM_INTEROP_THREADS: count, OMP_NUM_THREADS: count }),
    // Else a process takes all of a GPU's memory at once.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    ...(deterministic && { TF_DETERMINISTIC_OPS: '1' }),
    ...environment,
  };
}
