import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadNativeModule } from '../load-native-module.js';
// Loaded first: the add-on's TensorFlow is the same library as tfjs-node's.
import '../tensorflow.js';

declare const opaque: unique symbol;
export type NativeSession = { readonly [opaque]: 'session' };
export type NativeRun = { readonly [opaque]: 'run' };
export type NativeFeed = readonly [name: string, type: number, shape: readonly number[]];
export type NativeResult = readonly [type: number, shape: number[], bytes: ArrayBuffer];

/** The add-on of native/session.cc: sessions of TensorFlow, fed from typed arrays. */
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
  /** As run, in a thread of libuv's pool. */
  runAsync(run: NativeRun, feeds: readonly ArrayBufferView[]): Promise<NativeResult[]>;
  close(session: NativeSession): void;
  /** All operation definitions that TensorFlow knows, an OpList. */
  operations(): ArrayBuffer;
}

const require = createRequire(import.meta.url);

/** Set-up puts it beside the binding of tfjs-node, where the libraries are found. */
function load(): NativeSessions {
  const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
  return loadNativeModule<NativeSessions>(join(folder, 'lib', 'napi-v8', 'apprentice_session.node'));
}

let loaded: NativeSessions | undefined;

export function nativeSessions(): NativeSessions {
  loaded ??= load();
  return loaded;
}
