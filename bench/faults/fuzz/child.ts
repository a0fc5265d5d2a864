/** Tries inputs of one fuzzer in a process that may hang or die: `child.js NAME SEED FIRST COUNT FOLDER`. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FuzzerName } from './fuzzers.js';
import { makeInput, type Tried, tryInput } from './try-input.js';

export type Message = { readonly began: number } | (Tried & { readonly number: number });

const [name, seed, first, count, folder] = process.argv.slice(2) as [FuzzerName, ...string[]];
const say = (message: Message) =>
  new Promise<void>((resolve, reject) =>
    process.send!(message, (error: Error | null) => (error ? reject(error) : resolve())),
  );

for (let number = Number(first); number < Number(first) + Number(count); number++) {
  const input = join(folder!, `${name}-${seed}-${number}`);
  await makeInput(name, Number(seed), number, input);
  await say({ began: number });
  const tried = await tryInput(name, input);
  if (tried.answer !== 'broken') await rm(input, { recursive: true, force: true });
  await say({ number, ...tried });
  // Its memory is no longer that of one input.
  if (tried.answer === 'broken') break;
}
process.disconnect();
