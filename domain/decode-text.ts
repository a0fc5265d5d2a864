/** Bytes are not text in an encoding that their start names or that can be assumed. The message says what to do. */
export class EncodingError extends Error {}

const REMEDY =
  'save it as UTF-8 (Excel: “CSV UTF-8”; editors: “save with encoding”; or iconv -f WINDOWS-1252 -t UTF-8)';

/** Encodings by their byte-order mark. */
const MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8', name: 'UTF-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le', name: 'UTF-16, little-endian' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be', name: 'UTF-16, big-endian' },
] as const;

const UTF_32 = [
  [0xff, 0xfe, 0, 0],
  [0, 0, 0xfe, 0xff],
];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, at) => bytes[at] === byte);
}

/** Number of the line that holds a position, counted from 1; lines end with CR, LF or both. */
function lineAt(text: string, position: number): number {
  return text.slice(0, position).split(/\r\n|\r|\n/).length;
}

/**
 * Decodes text strictly: by its byte-order mark (UTF-8, UTF-16), or else as UTF-8. The mark is not part of the result.
 * @throws EncodingError with the line of the first byte that does not fit, and the remedy
 */
export function decodeText(bytes: Uint8Array): string {
  if (UTF_32.some((mark) => startsWith(bytes, mark))) throw new EncodingError(`it is UTF-32: ${REMEDY}`);
  const { encoding, name } = MARKS.find(({ mark }) => startsWith(bytes, mark)) ?? {
    encoding: 'utf-8',
    name: undefined,
  };
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const tolerant = new TextDecoder(encoding).decode(bytes);
    const line = lineAt(tolerant, tolerant.indexOf('\ufffd'));
    if (name === undefined && bytes.includes(0)) throw nulAt(line, name);
    const expected = name === undefined ? 'not UTF-8' : `not ${name}, as its byte-order mark says`;
    throw new EncodingError(`line ${line} is ${expected}: ${REMEDY}`);
  }
  const nul = text.indexOf('\0');
  if (nul === -1) return text;
  throw nulAt(lineAt(text, nul), name);
}

function nulAt(line: number, encoding: string | undefined): EncodingError {
  if (encoding !== undefined) return new EncodingError(`line ${line} has a NUL character: ${REMEDY}`);
  return new EncodingError(
    `line ${line} has a NUL character, as in UTF-16 without a byte-order mark: ${REMEDY}`,
  );
}
