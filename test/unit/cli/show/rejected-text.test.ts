import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rejectedPictures, rejectedText } from '../../../../cli/show/rejected-text.js';
import { ArtifactMissingError, CorruptArtifactError } from '../../../../domain/errors.js';
import type { DatasetRecord } from '../../../../domain/records.js';

const dataset = (rejected: number) => ({ rejected }) as DatasetRecord;
const pictures = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ path: `/a/${index}.png`, reason: 'an empty file' }));

describe('pictures that could not be used', () => {
  it('are listed with their reasons, at most 20 of them', () => {
    assert.equal(rejectedText(pictures(2)), '  /a/0.png: an empty file\n  /a/1.png: an empty file');
    const lines = rejectedText(pictures(25)).split('\n');
    assert.deepEqual([lines.length, lines.at(-1)], [21, '  and 5 more (--json lists all)']);
  });

  it('are read only if there are some, and may be gone', async () => {
    const gone = { rejected: () => Promise.reject(new ArtifactMissingError('gone')) };
    assert.deepEqual(await rejectedPictures(gone, dataset(0)), []);
    assert.deepEqual(await rejectedPictures(gone, undefined), []);
    assert.deepEqual(await rejectedPictures(gone, dataset(3)), []);
    assert.deepEqual(
      await rejectedPictures({ rejected: () => Promise.resolve(pictures(1)) }, dataset(1)),
      pictures(1),
    );
  });

  it('are left out if their list is damaged; the command fails at its end', async () => {
    const torn = { rejected: () => Promise.reject(new CorruptArtifactError('torn')) };
    const before = process.exitCode;
    assert.deepEqual(await rejectedPictures(torn, dataset(3)), []);
    assert.equal(process.exitCode, 1);
    process.exitCode = before;
  });
});
