import type { ByteReader } from './byte-reader.js';
import { Machine } from './machine.js';
import { OPCODES, opcodeName } from './opcodes.js';
import type { Value } from './values.js';

/** Far more than a network's names need: 13,000 operations and 42 kB for EfficientNet-Lite. */
const MOST_OPERATIONS = 1_000_000;
const MOST_BYTES = 16 * 2 ** 20;

/**
 * Reads one pickle by the few operations that files of weights need. It imports nothing, calls nothing of the file's
 * choice, and refuses every other operation by its name.
 * @throws ModelError when the pickle is damaged, too large, or needs anything else
 */
export function unpickle(reader: ByteReader): Value {
  const machine = new Machine(reader);
  const start = reader.position;
  for (let count = 0; count < MOST_OPERATIONS && reader.position - start < MOST_BYTES; count++) {
    const code = reader.byte();
    const operation = OPCODES.get(code);
    if (!operation) {
      throw reader.error(
        `the pickle operation ${opcodeName(code)}`,
        'one that a file of weights needs; it was refused and nothing of it was run',
      );
    }
    operation(machine);
    if (machine.result !== undefined) return machine.result;
  }
  throw reader.error(
    'a longer pickle',
    `at most ${MOST_OPERATIONS} operations and ${MOST_BYTES} bytes before the numbers`,
  );
}
