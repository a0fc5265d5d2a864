import { type NativeResult, type NativeRun, type NativeSession, nativeSessions } from '../session/native.js';
import type { TensorFlow } from '../tensorflow.js';
import { graphBytes } from './graph.js';
import type { ReadWriteLock } from './read-write-lock.js';
import { type Named, type TensorFunction, type TraceOptions, trace } from './trace.js';
import { expectInput, feedTypeOf, type Input, tensorOf, valuesOf } from './typed-input.js';

type Tensor = TensorFlow.Tensor;

interface Signature {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly run: NativeRun;
  readonly assigns: boolean;
}

/** Variables must not be read or written while a conflicting run is in progress. */
export function runsInProgress(call: string): Error {
  return new Error(`${call}: the program has conflicting runs in progress: await them first`);
}

function keyOf(inputs: Named<Input>): string {
  return Object.entries(inputs)
    .map(([name, input]) => {
      expectInput(name, input);
      return `${name}:${feedTypeOf(input)}[${input.shape.join()}]`;
    })
    .join(' ');
}

/** A function of a program. */
export interface ProgramFunction {
  /** The caller disposes of the outputs. */
  run(inputs: Named<Input>): Record<string, Tensor>;
  /**
   * Like {@link run}, but a compiled function runs in another thread and does not block the event loop. Calls may
   * overlap: those that assign variables run one after the other, in the order of the calls. Input values are taken at
   * the call.
   */
  runAsync(inputs: Named<Input>): Promise<Record<string, Tensor>>;
}

/** A compiled function: one graph for each signature (names, types and shapes) of its inputs. */
export class CompiledFunction implements ProgramFunction {
  private readonly signatures = new Map<string, Signature>();

  constructor(
    private readonly session: NativeSession,
    private readonly variables: readonly TensorFlow.Variable[],
    private readonly definition: TensorFunction,
    private readonly nextTrace: () => TraceOptions,
    private readonly lock: ReadWriteLock,
  ) {}

  run(inputs: Named<Input>): Record<string, Tensor> {
    const signature = this.signatureOf(inputs);
    if (this.lock.isBusy(signature.assigns)) throw runsInProgress('run');
    return outputsOf(signature, nativeSessions().run(signature.run, feedsOf(signature, inputs)));
  }

  async runAsync(inputs: Named<Input>): Promise<Record<string, Tensor>> {
    const signature = this.signatureOf(inputs);
    const { run, assigns } = signature;
    const views = feedsOf(signature, inputs);
    // The caller may overwrite its arrays while the run waits for the lock.
    const feeds = this.lock.isBusy(assigns) ? views.map(copyOf) : views;
    return outputsOf(signature, await this.lock.run(assigns, () => nativeSessions().runAsync(run, feeds)));
  }

  private signatureOf(inputs: Named<Input>): Signature {
    const key = keyOf(inputs);
    const known = this.signatures.get(key);
    if (known) return known;
    const made = this.trace(inputs);
    this.signatures.set(key, made);
    return made;
  }

  private trace(inputs: Named<Input>): Signature {
    const traced = trace(this.definition, inputs, this.variables, this.nextTrace());
    nativeSessions().extend(this.session, graphBytes(traced.nodes));
    const inputNames = Object.keys(inputs);
    const outputNames = Object.keys(traced.outputs);
    const run = nativeSessions().prepare(
      this.session,
      inputNames.map((name) => [traced.inputs[name]!, feedTypeOf(inputs[name]!), inputs[name]!.shape]),
      outputNames.map((name) => traced.outputs[name]!),
      traced.assignments,
    );
    return { inputNames, outputNames, run, assigns: traced.assignments.length > 0 };
  }
}

function copyOf(feed: ArrayBufferView): ArrayBufferView {
  return (feed as Uint8Array).slice();
}

function feedsOf({ inputNames }: Signature, inputs: Named<Input>): ArrayBufferView[] {
  return inputNames.map((name) => valuesOf(inputs[name]!));
}

function outputsOf({ outputNames }: Signature, results: readonly NativeResult[]): Record<string, Tensor> {
  return Object.fromEntries(
    results.map(([type, shape, bytes], place) => [outputNames[place]!, tensorOf(type, shape, bytes)]),
  );
}
