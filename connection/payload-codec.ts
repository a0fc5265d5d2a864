import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

/** The part of Temporal's payloads that is used here. */
interface Payload {
  readonly metadata?: Record<string, Uint8Array> | null;
  readonly data?: Uint8Array | null;
}

/** Smaller payloads stay readable in Temporal's own pages. */
const FROM_BYTES = 64 * 1024;
/** Largest size of a payload when it is read. */
const MOST_BYTES = 256 * 1024 * 1024;

const ENCODING = 'binary/brotli';
/** The encoding of the content, before compression. */
const INNER = 'inner-encoding';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/**
 * Compresses large payloads. Temporal refuses payloads above two megabytes and messages above four: records with
 * thousands of class names come near, and many of them repeat the same names.
 */
export const payloadCodec = {
  encode: <P extends Payload>(payloads: P[]): Promise<P[]> => Promise.all(payloads.map(encoded)),
  /** @throws RangeError if a payload is larger than any that was encoded */
  decode: <P extends Payload>(payloads: P[]): Promise<P[]> => Promise.all(payloads.map(decoded)),
};

async function encoded<P extends Payload>(payload: P): Promise<P> {
  const { data, metadata } = payload;
  if (!data || data.byteLength < FROM_BYTES) return payload;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    // Finds a list of names again after some megabytes.
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.byteLength,
  };
  const { encoding = new Uint8Array(), ...others } = metadata ?? {};
  return {
    ...payload,
    metadata: { ...others, encoding: new TextEncoder().encode(ENCODING), [INNER]: encoding },
    data: await compress(data, { params }),
  };
}

async function decoded<P extends Payload>(payload: P): Promise<P> {
  const { encoding, [INNER]: inner, ...others } = payload.metadata ?? {};
  if (!inner || new TextDecoder().decode(encoding) !== ENCODING) return payload;
  return {
    ...payload,
    metadata: { ...others, encoding: inner },
    data: await decompress(payload.data!, { maxOutputLength: MOST_BYTES }),
  };
}
