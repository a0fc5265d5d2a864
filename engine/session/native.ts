import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadNativeModule } from '../load-native-module.js';
// Must be loaded first: the add-on shares tfjs-node's TensorFlow library.
import '../tensorflow.js';

declare const opaque: unique symbol;
export type NativeSession = { readonly [opaque]: 'session' };
export type NativeRun = { readonly [opaque]: 'run' };
export type NativeFeed = readonly [name: string, type: number, shape: readonly number[]];
export type NativeResult = readonly [type: number, shape: number[], bytes: ArrayBuffer];

/** The add-on native/session.cc: TensorFlow sessions, fed from typed arrays. */
export interface NativeSessions {
  /** @param config a ConfigProto */
  open(config: Uint8Array): NativeSession;
  /** @param graph a GraphDef whose names are new to the session */
  extend(session: NativeSession, graph: Uint8Array): void;
  prepare(
    session: NativeSession,
    feeds: readonly NativeFeed[],
    fetches: readonly string[],
    targets: readonly string[],
  ): NativeRun;
  run(run: NativeRun, feeds: readonly ArrayBufferView[]): NativeResult[];
  /** Like `run`, in a thread of libuv's pool. */
  runAsync(run: NativeRun, feeds: readonly ArrayBufferView[]): Promise<NativeResult[]>;
  close(session: NativeSession): void;
  /** All operation definitions of TensorFlow, as an OpList. */
  operations(): ArrayBuffer;
}

const require = createRequire(import.meta.url);

/** Set-up puts the add-on beside tfjs-node's binding, so that it finds the libraries. */
function load(): NativeSessions {
  const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
  return loadNativeModule<NativeSessions>(join(folder, 'lib', 'napi-v8', 'apprentice_session.node'));
}

let loaded: NativeSessions | undefined;

export function nativeSessions(): NativeSessions {
  loaded ??= load();
  return loaded;
}
