import { ModelError } from '../../../domain/errors.js';

/** Reads a file of weights from front to back, never past its end. */
export class ByteReader {
  private offset = 0;

  /** @param source names the file in errors */
  constructor(
    private readonly bytes: Uint8Array,
    readonly source: string,
  ) {}

  get position(): number {
    return this.offset;
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  /** Returns a view of the next bytes. @throws ModelError when the file has fewer */
  take(count: number): Uint8Array {
    if (!Number.isSafeInteger(count) || count < 0 || count > this.remaining) {
      throw this.error(`${this.remaining} more bytes`, `${count} (the file is truncated or damaged)`);
    }
    this.offset += count;
    return this.bytes.subarray(this.offset - count, this.offset);
  }

  view(count: number): DataView {
    const taken = this.take(count);
    return new DataView(taken.buffer, taken.byteOffset, count);
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  startsWith(text: string): boolean {
    const next = this.bytes.subarray(this.offset, this.offset + text.length);
    return new TextDecoder('latin1').decode(next) === text;
  }

  /** Up to and without the next line feed. */
  line(longest: number): string {
    const rest = this.bytes.subarray(this.offset, this.offset + longest + 1);
    const length = rest.indexOf(10);
    if (length < 0) throw this.error('a text without an end', `a line of at most ${longest} bytes`);
    const text = new TextDecoder().decode(this.take(length));
    this.take(1);
    return text;
  }

  error(received: string, expected: string): ModelError {
    return new ModelError(`${this.source}, byte ${this.offset}: received ${received}, expected ${expected}`);
  }
}
