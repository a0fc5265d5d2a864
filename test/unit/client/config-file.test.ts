import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ReadOptions, readRunConfig } from '../../../client/config-file.js';

const LEAST = 'name: clothes\ndata:\n  labelled: { format: class-folders, path: photos }\n';
const EXAMPLES = fileURLToPath(new URL('../../../../examples/', import.meta.url));

describe('a configuration file', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apprentice-config-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function file(text: string | Uint8Array, name = 'run.yaml'): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  const read = (path: string, options: Omit<ReadOptions<'self-training'>, 'only'> = {}) =>
    readRunConfig(path, { ...options, only: 'self-training' });

  /** The error about a file, its folder left out. */
  async function complaint(path: string, overrides: string[] = []): Promise<string> {
    const error = await readRunConfig(path, { overrides }).catch((reason) => reason);
    assert.equal(error.name, 'ConfigurationError');
    return error.message.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  }

  describe('is read', () => {
    it('as YAML, its paths taken from its folder', async () => {
      const path = await file(
        `${LEAST}  test: { format: idx, images: ../test.gz, labels: /labels.gz }\n  unlabelled: { format: cifar, paths: [a.bin, b.bin] }\nmodels:\n  - { kind: module, path: ./net.mjs }\n  - { kind: residual }\n`,
      );
      const { data, models } = await read(path);
      assert.deepEqual(data.labelled, { format: 'class-folders', path: join(folder, 'photos') });
      assert.deepEqual(data.test, {
        format: 'idx',
        images: resolve(folder, '../test.gz'),
        labels: '/labels.gz',
      });
      assert.deepEqual(data.unlabelled, {
        format: 'cifar',
        paths: [join(folder, 'a.bin'), join(folder, 'b.bin')],
        variant: 'cifar10',
      });
      assert.equal(models[0]?.kind === 'module' && models[0].path, join(folder, 'net.mjs'));
    });

    it('as JSON with tabs, a byte order mark and the name of its schema', async () => {
      const text = `\uFEFF{\n\t"$schema": "x.json",\n\t"name": "clothes",\n\t"data": {"labelled": {"format": "folder", "path": "写真"}}\n}`;
      const { data } = await readRunConfig(await file(text, 'run.json'));
      assert.deepEqual(data.labelled, { format: 'folder', path: join(folder, '写真') });
    });

    it('in UTF-16 with a byte order mark', async () => {
      const text = Buffer.from(
        '\uFEFFname: clothes\ndata: { labelled: { format: folder, path: 写真 } }\n',
        'utf16le',
      );
      for (const bytes of [text, Buffer.from(text).swap16()]) {
        const { data } = await readRunConfig(await file(bytes));
        assert.deepEqual(data.labelled, { format: 'folder', path: join(folder, '写真') });
      }
    });

    it('with the settings of another file, each of which replaces its own as a whole', async () => {
      const path = await file(
        `${LEAST}student:\n  steps: 7\n  augmentation: { mixup: 0.4, policy: { kind: noisy-student, magnitude: 3 } }\n`,
      );
      const other = await file('student:\n  augmentation: { policy: { kind: none } }\n', 'best.yaml');
      const { student } = await read(path, { overrides: ['student.batchSize=5'], others: [other] });
      assert.equal(student.steps, 7);
      assert.equal(student.batchSize, 5);
      assert.equal(student.augmentation.mixup, 0);
      assert.deepEqual(student.augmentation.policy, { kind: 'none' });
    });

    it('with another file, whose problems have positions in that file', async () => {
      const path = await file(LEAST);
      const other = await file('student:\n  augmentation: { policy: { kind: nun } }\n', 'best.yaml');
      const error = await read(path, { others: [other] }).catch((reason) => reason);
      assert.match(error.message, /best\.yaml:2:\d+ student\.augmentation\.policy\.kind: received "nun"/);
    });

    for (const name of ['clothes.yaml', 'own-images.yaml']) {
      it(`when it is ${name} of the examples`, async () => {
        const { data } = await readRunConfig(join(EXAMPLES, name));
        assert.ok('path' in data.labelled && data.labelled.path.startsWith(EXAMPLES));
      });
    }
  });

  describe('is refused', () => {
    it('with line and column of each problem', async () => {
      const path = await file(`${LEAST}student:\n  stpes: 5\n  emaDecay: 2\nmodels: [{ width: 3 }]\n`);
      assert.equal(
        await complaint(path),
        [
          'run.yaml: 3 problems',
          '  run.yaml:7:10 models[0].kind: missing, expected "residual", "module" or "saved"',
          '  run.yaml:6:3 student.emaDecay: received 2, expected a number from 0 to 0.99999',
          '  run.yaml:5:3 student.stpes: unknown key, did you mean student.steps?',
        ].join('\n'),
      );
    });

    const BROKEN: ReadonlyArray<readonly [string, string, string]> = [
      ['a key that is there twice', 'name: a\nname: b\n', 'run.yaml:2:1 the key "name" occurs twice'],
      ['a list that does not end', 'name: [a, b\ndata: 1\n', 'run.yaml:2:1 '],
      ['a tab for indentation', 'data:\n\tlabelled: 1\n', 'run.yaml:2:1 Tabs are not allowed as indentation'],
    ];
    for (const [what, text, expected] of BROKEN) {
      it(`for ${what}, with line and column`, async () => {
        const message = await complaint(await file(text));
        assert.match(message, /^run\.yaml: not readable as YAML or JSON\n/);
        assert.ok(message.includes(expected), message);
      });
    }

    it('in an encoding that it does not name, with the line and the remedy', async () => {
      const path = await file(Buffer.from('name: x\n# Gr\u00fc\u00dfe\n', 'latin1'));
      await assert.rejects(
        read(path),
        /^ConfigurationError: .*run\.yaml: not readable as text: line 2 is not UTF-8: save it/,
      );
    });

    it('when it is empty', async () => {
      assert.equal(
        await complaint(await file('# later\n')),
        'run.yaml: empty, expected at least name and data',
      );
    });

    it('when it is a list', async () => {
      assert.match(await complaint(await file('- a\n')), /received a list of 1, expected keys and values/);
    });

    it('when an alias has no anchor', async () => {
      assert.match(await complaint(await file('name: *nobody\n')), /nobody/);
    });

    it('when it is not there, with the nearest name in its folder', async () => {
      await file(LEAST, 'clothes.yaml');
      const message = await complaint(join(folder, 'clothes.yml'));
      assert.equal(
        message,
        'configuration: received clothes.yml, expected a YAML or JSON file: there is no such file; did you mean clothes.yaml?',
      );
      assert.match(await complaint(join(folder, 'no', 'where.yaml')), /there is no such file$/);
    });

    it('when it is a folder', async () => {
      assert.match(await complaint(folder), /it is a folder$/);
    });
  });

  describe('with --set', () => {
    it('takes values of any kind and depth', async () => {
      const path = await file(`${LEAST}student: { steps: 7 }\nmodels: [{ kind: residual }]\n`);
      const { student, models, data, gate } = await read(path, {
        overrides: [
          'student.steps=500',
          'student.optimizer.learningRate=0.05',
          'models[0].width=32',
          'models.1={kind: residual, width: 64}',
          'data.labelsPerClass=all',
          'gate.otherwise= ask ',
        ],
      });
      assert.equal(student.steps, 500);
      assert.equal(student.optimizer.learningRate, 0.05);
      assert.deepEqual(
        models.map((model) => model.kind === 'residual' && model.width),
        [32, 64],
      );
      assert.equal(data.labelsPerClass, 'all');
      assert.equal(gate.otherwise, 'ask');
    });

    it('takes a path from the current folder, as a shell completes it', async () => {
      const { data } = await read(await file(LEAST), { overrides: ['data.labelled.path=photos'] });
      assert.equal('path' in data.labelled && data.labelled.path, resolve('photos'));

      const more = await read(await file(LEAST), {
        overrides: [
          'data.answers=[next.csv]',
          'data.unlabelled={ format: folder, path: more }',
          'models=[{ kind: saved, path: net }]',
        ],
      });
      assert.deepEqual(more.data.answers, [resolve('next.csv')]);
      assert.deepEqual(more.data.unlabelled, { format: 'folder', path: resolve('more') });
      assert.deepEqual(more.models, [{ kind: 'saved', path: resolve('net') }]);
      assert.deepEqual(more.data.labelled, { format: 'class-folders', path: join(folder, 'photos') });
    });

    it('names the override that gave a wrong value', async () => {
      assert.equal(
        await complaint(await file(LEAST), ['student.steps=many', 'nme=x']),
        [
          'run.yaml: 2 problems',
          '  --set student.steps=many: student.steps: received "many", expected a whole number from 1',
          '  --set nme=x: nme: unknown key, did you mean name?',
        ].join('\n'),
      );
    });

    it('names the override that made a wrong key on its way', async () => {
      assert.equal(
        await complaint(await file(LEAST), ['dta.labelled.path=x', 'models.0.width=20']),
        [
          'run.yaml: 2 problems',
          '  --set models.0.width=20: models: received keys and values, expected a list of at least 1',
          '  --set dta.labelled.path=x: dta: unknown key, did you mean data?',
        ].join('\n'),
      );
    });

    const WRONG: ReadonlyArray<readonly [string, string]> = [
      ['student', '--set: received "student", expected key=value, for example student.steps=500'],
      ['=5', '--set: received "=5", expected key=value, for example student.steps=500'],
      ['a..b=5', '--set: received "a..b=5", expected key=value, for example student.steps=500'],
      ['__proto__.x=5', '--set: received "__proto__.x=5", expected key=value, for example student.steps=500'],
      ['name.x=5', '--set name.x=5: name is "clothes", expected keys or a list'],
      ['models[3].width=5', '--set models[3].width=5: models[3] is missing, expected keys or a list'],
      [
        'models.7={kind: residual}',
        '--set models.7={kind: residual}: received "7" for an item of a list of 1, expected 0 to 1',
      ],
    ];
    for (const [override, expected] of WRONG) {
      it(`refuses ${override}`, async () => {
        const path = await file(`${LEAST}models: [{ kind: residual }]\n`);
        assert.equal(await complaint(path, [override]), expected);
      });
    }

    it('refuses what is no YAML', async () => {
      const message = await complaint(await file(LEAST), ['models=[{']);
      assert.match(message, /^--set models=\[\{: its value is not YAML: /);
    });
  });

  describe('that was made to do harm', () => {
    it('is refused in short time, with its first problems and their number', {
      timeout: 20_000,
    }, async () => {
      const keys = Array.from({ length: 5000 }, (_, number) => `unknown_${number}: 1`).join('\n');
      const many = await complaint(await file(`${LEAST}${keys}\n`));
      assert.match(many, /^run\.yaml: 5000 problems\n {2}run\.yaml:4:1 unknown_0: unknown key/);
      assert.match(many, /\n {2}… and 4975 more$/);
      const models = 'models:\n'.concat('  - { kind: residul }\n'.repeat(5000));
      assert.match(await complaint(await file(`${LEAST}${models}`)), /^run\.yaml: 5000 problems/);
      const twice = await complaint(await file(`${LEAST}${'seed: 1\n'.repeat(5000)}`));
      assert.match(twice, /run\.yaml:5:1 the key "seed" occurs twice/);
      assert.match(twice, /and 4979 more problems$/);
    });

    it('is refused if it is nested deeply, expands without end, or is no small regular file', async () => {
      const deep = `x: ${'['.repeat(50_000)}`;
      assert.match(await complaint(await file(LEAST + deep)), /nested too deeply/);
      const laughs = [...'bcdefghi'].map(
        (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`)}]`,
      );
      const lol = `${LEAST}a: &a [x, x]\n${laughs.join('\n')}\n`;
      assert.match(await complaint(await file(lol)), /alias count/);
      const pipe = join(folder, 'pipe.yaml');
      execFileSync('mkfifo', [pipe]);
      assert.match(await complaint(pipe), /it is a pipe, socket or device/);
      assert.match(await complaint('/dev/zero'), /it is a pipe, socket or device/);
      assert.match(await complaint(await file('#'.repeat(2 ** 20 + 1))), /larger than 1 MiB/);
    });

    it('has no tags, merge keys and prototypes', async () => {
      const wrong = [
        'x: !!js/function "() => {}"',
        'base: &b { seed: 5 }\n<<: *b',
        '__proto__: { seed: 5 }',
        'constructor: { prototype: { seed: 5 } }',
      ];
      for (const text of wrong) {
        const message = await complaint(await file(`${LEAST}${text}\n`));
        assert.match(
          message,
          /Unresolved tag|<<: unknown key|__proto__: unknown key|constructor: unknown key/,
        );
      }
      const tagged = LEAST.replace('data:', 'data: !custom');
      assert.match(await complaint(await file(tagged)), /2:7 Unresolved tag: !custom/);
      assert.equal(({} as { seed?: number }).seed, undefined);
    });

    it('with --set too: aliases, tags and depth are told', async () => {
      const path = await file(LEAST);
      assert.match(
        await complaint(path, ['student=*a']),
        /^--set student=\*a: its value is not YAML: .*quote it/,
      );
      assert.match(await complaint(path, ['student=!!x 1']), /its value is not YAML: Unresolved tag/);
      assert.match(await complaint(path, [`student=${'['.repeat(50_000)}`]), /nested too deeply/);
    });
  });
});
