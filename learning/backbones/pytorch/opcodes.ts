import { call, globalNamed, storageOf } from './globals.js';
import type { Machine } from './machine.js';
import { Dictionary, List, Tuple, type Value } from './values.js';

const LONGEST_TEXT = 4096;

/** The operations of pickle protocol 2 that torch.save uses (Python's pickletools lists them all). */
export const OPCODES: ReadonlyMap<number, (machine: Machine) => void> = new Map([
  [0x80, protocol],
  [0x2e, (machine: Machine) => machine.stop()], // STOP
  [0x28, (machine: Machine) => machine.mark()], // MARK

  [0x4e, (machine: Machine) => machine.push(null)], // NONE
  [0x88, (machine: Machine) => machine.push(true)], // NEWTRUE
  [0x89, (machine: Machine) => machine.push(false)], // NEWFALSE
  [0x4b, (machine: Machine) => machine.push(machine.reader.byte())], // BININT1
  [0x4d, (machine: Machine) => machine.push(machine.reader.view(2).getUint16(0, true))], // BININT2
  [0x4a, (machine: Machine) => machine.push(machine.reader.view(4).getInt32(0, true))], // BININT
  [0x8a, (machine: Machine) => machine.push(long(machine))], // LONG1
  [0x58, (machine: Machine) => machine.push(text(machine))], // BINUNICODE

  [0x29, (machine: Machine) => machine.push(new Tuple([]))], // EMPTY_TUPLE
  [0x85, (machine: Machine) => tuple(machine, 1)], // TUPLE1
  [0x86, (machine: Machine) => tuple(machine, 2)], // TUPLE2
  [0x87, (machine: Machine) => tuple(machine, 3)], // TUPLE3
  [0x74, (machine: Machine) => machine.push(new Tuple(machine.popMark()))], // TUPLE

  [0x5d, (machine: Machine) => machine.push(new List())], // EMPTY_LIST
  [0x61, (machine: Machine) => append(machine, [machine.pop()])], // APPEND
  [0x65, (machine: Machine) => append(machine, machine.popMark())], // APPENDS
  [0x7d, (machine: Machine) => machine.push(new Dictionary())], // EMPTY_DICT
  [0x73, (machine: Machine) => setItems(machine, [machine.pop(), machine.pop()].reverse())], // SETITEM
  [0x75, (machine: Machine) => setItems(machine, machine.popMark())], // SETITEMS

  [0x71, (machine: Machine) => machine.remember(machine.reader.byte())], // BINPUT
  [0x72, (machine: Machine) => machine.remember(machine.reader.view(4).getUint32(0, true))], // LONG_BINPUT
  [0x68, (machine: Machine) => machine.recall(machine.reader.byte())], // BINGET
  [0x6a, (machine: Machine) => machine.recall(machine.reader.view(4).getUint32(0, true))], // LONG_BINGET

  [0x63, global], // GLOBAL
  [0x52, reduce], // REDUCE
  [0x62, build], // BUILD
  [0x51, (machine: Machine) => machine.push(storageOf(machine.pop(), machine.reader))], // BINPERSID
]);

/** Operations that make or call objects; they are named when they are refused. */
const REFUSED: Readonly<Record<number, string>> = {
  [0x69]: 'INST',
  [0x6f]: 'OBJ',
  [0x81]: 'NEWOBJ',
  [0x92]: 'NEWOBJ_EX',
  [0x93]: 'STACK_GLOBAL',
  [0x82]: 'EXT1',
  [0x83]: 'EXT2',
  [0x84]: 'EXT4',
  [0x50]: 'PERSID',
};

export function opcodeName(code: number): string {
  const hex = `0x${code.toString(16).padStart(2, '0')}`;
  return REFUSED[code] ? `${REFUSED[code]} (${hex})` : hex;
}

function protocol({ reader }: Machine): void {
  const version = reader.byte();
  if (version !== 2) throw reader.error(`pickle protocol ${version}`, 'protocol 2, as of torch.save');
}

function text({ reader }: Machine): string {
  const length = reader.view(4).getUint32(0, true);
  if (length > LONGEST_TEXT) throw reader.error(`a text of ${length} bytes`, `at most ${LONGEST_TEXT}`);
  return new TextDecoder().decode(reader.take(length));
}

/** A little-endian two's complement number of up to 255 bytes. */
function long({ reader }: Machine): bigint {
  const bytes = reader.take(reader.byte());
  const unsigned = bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
  return BigInt.asIntN(bytes.length * 8, unsigned);
}

function tuple(machine: Machine, count: number): void {
  machine.push(new Tuple(Array.from({ length: count }, () => machine.pop()).reverse()));
}

function append(machine: Machine, items: readonly Value[]): void {
  const list = machine.top();
  if (!(list instanceof List)) throw machine.reader.error('items for another value', 'a list to append to');
  for (const item of items) list.items.push(item);
}

function setItems(machine: Machine, items: readonly Value[]): void {
  const dictionary = machine.top();
  if (!(dictionary instanceof Dictionary) || items.length % 2 !== 0)
    throw machine.reader.error('keys for another value', 'a dict and pairs of keys and values');
  for (let at = 0; at < items.length; at += 2) {
    const key = items[at];
    if (typeof key !== 'string' || dictionary.entries.has(key))
      throw machine.reader.error(`the key ${String(key)}`, 'a text that the dict does not have yet');
    dictionary.entries.set(key, items[at + 1]!);
  }
}

function global(machine: Machine): void {
  const module = machine.reader.line(LONGEST_TEXT);
  const name = machine.reader.line(LONGEST_TEXT);
  machine.push(globalNamed(`${module}.${name}`, machine.reader));
}

function reduce(machine: Machine): void {
  const args = machine.pop();
  machine.push(call(machine.pop(), args, machine.reader));
}

/** torch.save keeps the versions of a network's parts as an attribute of its dict; they are not needed. */
function build(machine: Machine): void {
  const state = machine.pop();
  if (!(machine.top() instanceof Dictionary) || !(state instanceof Dictionary))
    throw machine.reader.error('attributes for another value', 'those of an OrderedDict');
}
