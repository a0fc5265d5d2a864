import { nodeBackend } from '../binding.js';
import { type NativeRun, type NativeSession, nativeSessions } from '../session/native.js';
import { type SessionOptions, sessionConfig } from '../session/session-config.js';
import type { TensorFlow } from '../tensorflow.js';
import { CompiledFunction, type ProgramFunction, runsInProgress } from './compiled-function.js';
import { EagerFunction } from './eager-function.js';
import { graphAttribute, graphBytes } from './graph.js';
import { ReadWriteLock } from './read-write-lock.js';
import { Recorder } from './recorder.js';
import { addHandle, type TensorFunction } from './trace.js';
import { dataTypeOf, tensorOf } from './typed-input.js';

type Tensor = TensorFlow.Tensor;
type Variable = TensorFlow.Variable;

export interface ProgramOptions extends SessionOptions {
  /** Runs the functions eagerly, operation by operation: slower, but without the restrictions of tracing. */
  readonly eager?: boolean;
  /**
   * Makes the variables' present values constants: for inference, where TensorFlow can then fold batch norm into
   * convolutions.
   */
  readonly frozen?: boolean;
}

interface Native {
  readonly frozen: boolean;
  /** Variables that live in the session. */
  readonly accessible: readonly Variable[];
  readonly session: NativeSession;
  readonly reading: NativeRun;
  readonly writing: NativeRun;
}

/**
 * Functions of tensors, compiled to TensorFlow graphs that share variables, like `tf.function` in Python.
 *
 * The variables live in a session: {@link pull} copies their values to the tfjs variables, {@link push} from them. The
 * creator disposes of the program.
 */
export class Program {
  /** Undefined for an eager program, which uses the tfjs variables. */
  private readonly native: Native | undefined;
  private readonly lock = new ReadWriteLock();
  private traces = 0;
  private isDisposed = false;

  /** @param variables that the functions read or assign */
  constructor(
    private readonly variables: readonly Variable[],
    { eager = false, frozen = false, ...options }: ProgramOptions = {},
  ) {
    if (eager) return;
    const session = nativeSessions().open(sessionConfig(options));
    const accessible = frozen ? [] : this.variables;
    this.native = { session, frozen, accessible, ...addAccess(session, accessible) };
    this.push();
  }

  /**
   * Compiles a function. It is traced at the first call, and again for inputs with other names, types or shapes.
   * @throws NotTraceableError at that call, when the function does something that a graph cannot represent
   */
  compile(run: TensorFunction): ProgramFunction {
    this.expectOpen();
    if (!this.native) return new EagerFunction(run, () => this.expectOpen());
    const { session, frozen } = this.native;
    const nextTrace = () => ({ prefix: `${this.traces++}/`, isFrozen: frozen });
    return new CompiledFunction(session, this.variables, run, nextTrace, this.lock);
  }

  /** Copies the session's values to the variables. */
  pull(): void {
    if (!this.native) return;
    if (this.lock.isBusy(false)) throw runsInProgress('pull');
    nativeSessions()
      .run(this.native.reading, [])
      .forEach(([type, shape, bytes], place) => {
        const value = tensorOf(type, shape, bytes);
        this.native!.accessible[place]!.assign(value as Tensor);
        value.dispose();
      });
  }

  /** Copies the variables' values to the session. */
  push(): void {
    if (!this.native) return;
    if (this.lock.isBusy(true)) throw runsInProgress('push');
    const values = this.native.accessible.map(
      (variable) => variable.dataSync() as unknown as ArrayBufferView,
    );
    nativeSessions().run(this.native.writing, values);
  }

  dispose(): void {
    if (this.native) nativeSessions().close(this.native.session);
    this.isDisposed = true;
  }

  private expectOpen(): void {
    if (this.isDisposed) throw new Error('the program is disposed of: create another');
  }
}

/** Adds graphs that read and write all variables of a session. */
function addAccess(
  session: NativeSession,
  variables: readonly Variable[],
): Pick<Native, 'reading' | 'writing'> {
  const recorder = new Recorder(nodeBackend().binding, 'access/');
  const reads: string[] = [];
  const writes: string[] = [];
  const feeds = variables.map((variable, place) => {
    const type = dataTypeOf(variable);
    const dtype = { dtype: graphAttribute.type(type) };
    const handle = addHandle(recorder, variable, place);
    reads.push(recorder.add('ReadVariableOp', [handle], dtype));
    const fed = { ...dtype, shape: graphAttribute.shape(variable.shape) };
    const source = recorder.add('Placeholder', [], fed);
    writes.push(recorder.add('AssignVariableOp', [handle, source], dtype));
    return [source, type, variable.shape] as const;
  });
  nativeSessions().extend(session, graphBytes(recorder.nodes));
  return {
    reading: nativeSessions().prepare(session, [], reads, []),
    writing: nativeSessions().prepare(session, feeds, [], writes),
  };
}
