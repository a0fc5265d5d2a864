import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { encodePicture, place, placeClasses } from '../../support/picture-files.js';

const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

describe('apprentice augment and data', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apprentice-pictures-'));
    await place(
      join(folder, 'cat.jpg'),
      await encodePicture(1, { width: 40, height: 30, channels: 3, format: 'jpeg' }),
    );
    await placeClasses(join(folder, 'pets'), { cat: 4, dog: 2 });
    await place(join(folder, 'pets', 'dog', 'empty.png'), '');
    await place(
      join(folder, 'run.yaml'),
      'name: pets\ndata: { labelled: { format: class-folders, path: pets } }\ngenerations: 2\n',
    );
  });

  after(() => rm(folder, { recursive: true, force: true }));

  function run(...args: string[]) {
    const env = { ...process.env, APPRENTICE_HOME: join(folder, 'home'), TEMPORAL_ADDRESS: '127.0.0.1:1' };
    return spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: 'utf8', env });
  }

  it('draws every operation, and prints the names of the files', async () => {
    const { stdout, status } = run('augment', 'cat.jpg', '--out', 'operations.png');
    assert.equal(status, 0);
    const [, width, height] =
      /^operations\.png: (\d+) x (\d+) pixels, [\d,]+ samples of 40 x 30 colour\n$/.exec(stdout) ?? [];
    const sheet = await sharp(join(folder, 'operations.png')).metadata();
    assert.deepEqual([Number(width), Number(height)], [sheet.width, sheet.height]);
  });

  it('prints plans that draw the same pictures again', async () => {
    const policy = ['--policy', 'noisy-student', '--samples', '5', '--seed', '7', '--size', '24x20'];
    const first = run('augment', 'cat.jpg', ...policy, '--json');
    const stored = JSON.parse(first.stdout);
    assert.deepEqual([stored.width, stored.height, stored.plans.length], [24, 20, 5]);
    assert.equal(run('augment', 'cat.jpg', ...policy, '--json').stdout, first.stdout);
    await writeFile(join(folder, 'plans.json'), first.stdout);
    const again = run('augment', 'cat.jpg', '--plan', 'plans.json', '--json', '--out', 'a.png');
    assert.deepEqual(JSON.parse(again.stdout).plans, stored.plans);
    assert.match(again.stderr, /^a\.png: /);
    run('augment', 'cat.jpg', '--plan', 'plans.json', '--out', 'b.png');
    assert.deepEqual(await readFile(join(folder, 'a.png')), await readFile(join(folder, 'b.png')));
  });

  it('shows what a configuration does, stronger for the second student', () => {
    const strength = (...args: string[]) => {
      const { stdout, stderr } = run(
        'augment',
        'cat.jpg',
        '--config',
        'run.yaml',
        '--json',
        '--samples',
        '2',
        ...args,
      );
      return (
        JSON.parse(stdout || assert.fail(stderr)) as { augmentation: { policy: { magnitude: number } } }
      ).augmentation.policy.magnitude;
    };
    assert.ok(strength('--generation', '2') > strength());
    assert.equal(run('augment', 'cat.jpg', '--config', 'run.yaml', '--role', 'teacher', '--json').status, 0);
  });

  it('refuses with 2 and the reason what makes no sense', () => {
    const cases: Array<[args: string[], reason: RegExp]> = [
      [['cat.jpg'], /--out: received none/],
      [['cat.jpg', '--out', 'cat.jpg/a.png'], /is a file, expected a folder/],
      [['cat.jpg', '--out', './cat.jpg'], /expected another file than the picture itself/],
      [['none.jpg', '--json'], /image: received "none\.jpg".*no such file/],
      [['cat.jpg', '--json', '--policy', 'randaugment'], /did you mean rand-augment\?/],
      [['cat.jpg', '--json', '--operations', 'Rotat'], /did you mean Rotate\?/],
      [
        ['cat.jpg', '--json', '--policy', 'rand-augment', '--magnitude', '40'],
        /received 40, expected an integer from 0 to 30/,
      ],
      [
        ['cat.jpg', '--json', '--policy', 'rand-augment', '--samples', '0'],
        /Expected a whole number from 1 to 1000/,
      ],
      [['cat.jpg', '--json', '--policy', 'rand-augment', '--samples', '100000'], /from 1 to 1000/],
      [['cat.jpg', '--json', '--size', '0x5'], /sides from 1 to 1024/],
      [
        ['cat.jpg', '--json', '--size', '1024', '--policy', 'rand-augment', '--samples', '1000'],
        /at most 100 megapixels/,
      ],
      [['cat.jpg', '--json', '--policy', 'rand-augment', '--plan', 'x'], /cannot be used with/],
      [['cat.jpg', '--json', '--config', 'run.yaml', '--generation', '3'], /received 3, expected at most 2/],
    ];
    for (const [args, reason] of cases) {
      const { status, stderr, stdout } = run('augment', ...args);
      assert.match(stderr, reason, args.join(' '));
      assert.equal(status, 2, args.join(' '));
      assert.equal(stdout, '');
    }
  });

  it('describes and draws the pictures of a folder', async () => {
    const { stdout, stderr, status } = run('data', 'pets', '--out', 'pets.webp');
    assert.equal(status, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /7 pictures, 2 classes; class folders/);
    assert.match(stdout, /dog\/empty\.png: an empty file \(0 bytes\)/);
    assert.match(stdout, /pets\.webp: \d+ x \d+ pixels\n$/);
    assert.equal((await sharp(join(folder, 'pets.webp')).metadata()).format, 'webp');
    const { imbalance, unreadable, source } = JSON.parse(run('data', 'pets', '--json').stdout);
    assert.equal(imbalance, 2);
    assert.deepEqual(unreadable, [{ picture: 'pets/dog/empty.png', reason: 'an empty file (0 bytes)' }]);
    assert.deepEqual(source, { format: 'class-folders', path: 'pets' });
  });

  it('ends with 2 if there are no pictures', () => {
    for (const args of [
      ['none'],
      ['run.yaml'],
      ['pets', '--format', 'idx'],
      ['pets', '--out', 'x.gif'],
      ['pets', '--out', 'pets/x.png'],
    ]) {
      const { status, stderr } = run('data', ...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, /received/);
    }
  });
});
