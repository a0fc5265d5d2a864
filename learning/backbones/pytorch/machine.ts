import type { ByteReader } from './byte-reader.js';
import type { Value } from './values.js';

/** What the operations of a pickle work on. */
export class Machine {
  private stack: Value[] = [];
  /** Stacks below each open mark. */
  private readonly marked: Value[][] = [];
  private readonly memo = new Map<number, Value>();
  /** The pickle's value, once it has ended. */
  result: Value | undefined;

  constructor(readonly reader: ByteReader) {}

  push(value: Value): void {
    this.stack.push(value);
  }

  pop(): Value {
    const value = this.stack.pop();
    if (value === undefined) throw this.reader.error('an operation on an empty stack', 'a value on it');
    return value;
  }

  top(): Value {
    const value = this.pop();
    this.stack.push(value);
    return value;
  }

  mark(): void {
    this.marked.push(this.stack);
    this.stack = [];
  }

  /** Returns the values since the last mark. */
  popMark(): Value[] {
    const items = this.stack;
    const below = this.marked.pop();
    if (!below) throw this.reader.error('an operation on a mark', 'a mark before it');
    this.stack = below;
    return items;
  }

  stop(): void {
    this.result = this.pop();
  }

  remember(place: number): void {
    this.memo.set(place, this.top());
  }

  recall(place: number): void {
    const value = this.memo.get(place);
    if (value === undefined) throw this.reader.error(`memo ${place}`, 'one that was stored before');
    this.push(value);
  }
}
