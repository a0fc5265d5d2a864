type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that TensorFlow, CUDA, sharp and Node need. */
const NAMES = new Set(
  [
    'PATH HOME USER LOGNAME TMPDIR TMP TEMP TZ LANG LANGUAGE',
    'LD_LIBRARY_PATH LD_PRELOAD DYLD_LIBRARY_PATH NODE_OPTIONS UV_THREADPOOL_SIZE',
    'XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME',
    'APPRENTICE_MODULES APPRENTICE_DEBUG',
  ]
    .join(' ')
    .split(' '),
);
const PREFIXES = /^(LC|CUDA|CUDNN|CUBLAS|NVIDIA|NCCL|TF|XLA|OMP|GOMP|KMP|MKL|ONEDNN|DNNL|MALLOC|VIPS)_/;

/**
 * The part of an environment that a process with other people's code gets: what its libraries read, never the keys of
 * Temporal or of a cloud. It keeps secrets out of logs and of careless modules; a malicious module runs as the same
 * user and must not be allowed at all, see docs/security.md.
 */
export function childEnvironment(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && (NAMES.has(entry[0]) || PREFIXES.test(entry[0])),
    ),
  );
}
