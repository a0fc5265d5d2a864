import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openPicture } from '../../../cli/augment/open-picture.js';
import { DataError } from '../../../domain/errors.js';
import { decodeAll } from '../../../learning/datasets/decode/decode-all.js';
import { listFolder } from '../../../learning/datasets/sources/folder.js';
import { type Survey, surveyListing } from '../../../learning/survey/survey-listing.js';
import { oddPictures } from '../../support/odd-pictures.js';
import { place, temporaryFolder } from '../../support/picture-files.js';

type Odd = Awaited<ReturnType<typeof oddPictures>>;

describe('odd pictures', () => {
  let folder: string;
  let odd: Odd;
  let survey: Survey;
  const cleaners: Array<() => Promise<void>> = [];

  before(async () => {
    folder = await temporaryFolder({ after: (clean) => cleaners.push(clean as () => Promise<void>) });
    odd = await oddPictures();
    for (const [name, { bytes }] of Object.entries(odd)) await place(join(folder, name), bytes);
    const context = { field: 'folder', wantsLabels: false, watch: () => undefined };
    survey = await surveyListing(await listFolder({ path: folder }, context), () => undefined);
  });

  after(() => Promise.all(cleaners.map((clean) => clean())));

  it('augment opens them as documented, or says argument, value and reason', async () => {
    for (const [name, { expected }] of Object.entries(odd)) {
      const path = join(folder, name);
      if (expected instanceof RegExp) {
        await assert.rejects(openPicture(path), (error) => {
          assert.ok(error instanceof DataError, name);
          assert.ok(error.message.startsWith(`image: received "${path}", expected a JPEG, PNG or WebP`));
          assert.match(error.message, expected, name);
          return true;
        });
      } else {
        const { width, height, channels } = await openPicture(path);
        assert.deepEqual([width, height, channels], expected, name);
      }
    }
  });

  it('predict decodes them as documented, or gives the reason beside the name', async () => {
    const paths = Object.keys(odd).map((name) => join(folder, name));
    const shape = { width: 8, height: 8, channels: 3 } as const;
    for await (const decoded of decodeAll(paths, shape, 'cover')) {
      const { expected } = odd[basename(decoded.image)]!;
      if (expected instanceof RegExp) assert.match('error' in decoded ? decoded.error : '', expected);
      else assert.equal('pixels' in decoded && decoded.pixels.length, 192, decoded.image);
    }
  });

  it('data counts each kind, and lists the others with the reason', () => {
    const wrong = Object.entries(odd).filter(([, { expected }]) => expected instanceof RegExp);
    assert.deepEqual(
      survey.unreadable.map(({ picture }) => basename(picture)).sort(),
      wrong.map(([name]) => name).sort(),
    );
    for (const { picture, reason } of survey.unreadable) {
      assert.match(reason, odd[basename(picture)]!.expected as RegExp);
    }
    assert.deepEqual(survey.kinds, {
      ...{ gray: 1, colour: 6, colourless: 1, alpha: 1, exifTurned: 1, animated: 1, cmyk: 1, sixteenBit: 1 },
    });
    assert.equal(survey.sizes?.height.most, 64);
  });

  it('an animation is its first frame, alpha is laid on black', async () => {
    const { data } = await openPicture(join(folder, 'moving.webp'));
    assert.ok(data.every((value) => value === 250));
  });
});
