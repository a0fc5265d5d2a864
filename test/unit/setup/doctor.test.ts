import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { examineGpu } from '../../../setup/doctor/machine.mjs';
import { examine, findingsText, hasProblem } from '../../../setup/doctor.mjs';
import { temporaryFolder, writeFiles, writeProgram } from './support.js';

function freshClone() {
  const root = temporaryFolder();
  writeFiles(root, {
    'package.json': '{"dependencies":{"@tensorflow/tfjs-node-gpu":"4.22.0"}}',
    'package-lock.json': '{"packages":{"":{}}}',
    'tsconfig.json': '{"include":["domain"]}',
    'domain/a.ts': '',
    'engine/native/session.cc': '',
  });
  return {
    project: { root, isCheckout: true, setupCommand: 'npm run setup' },
    environment: { PATH: join(root, 'bin'), APPRENTICE_CACHE: join(root, 'cache') },
  };
}

test('on a fresh clone and a bare machine everything missing is reported with its remedy', async () => {
  const findings = await examine(freshClone());
  assert.ok(hasProblem(findings));
  const byName = Object.fromEntries(findings.map((finding) => [finding.name, finding]));
  assert.equal(byName['Node.js']?.status, 'ok');
  for (const name of [
    'npm',
    'Python',
    'C++ compiler',
    'npm packages',
    'TensorFlow engine',
    'Temporal server',
  ]) {
    assert.equal(byName[name]?.status, 'problem', name);
    assert.ok(byName[name]?.whatToDo, name);
  }
  assert.equal(byName.GPU?.status, 'ok');
  assert.equal(byName.Go?.status, 'warning');
  assert.match(byName['npm packages']?.whatToDo ?? '', /npm run setup/);
});

test('tools are reported with their versions, and Go only while there is no server', async () => {
  const { project, environment } = freshClone();
  const bin = environment.PATH;
  writeProgram(join(bin, 'python3'), 'case "$*" in *pip*) echo "pip 24.0 from x";; *) echo 3.12.1;; esac');
  writeProgram(join(bin, 'g++'), 'echo "g++ (GCC) 13.2.0"');
  writeProgram(join(bin, 'npm'), 'echo 11.0.0');
  writeProgram(join(bin, 'temporal'), 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"');
  const findings = await examine({ project, environment });
  const text = findingsText(findings);
  assert.match(text, /✔ Python +3\.12\.1 with pip 24\.0/);
  assert.match(text, /✔ C\+\+ compiler +g\+\+ \(GCC\) 13\.2\.0/);
  assert.match(text, /✔ Temporal server +1\.29\.1/);
  assert.ok(!findings.some(({ name }) => name === 'Go'));
});

test('an error of one part does not hide the others', async () => {
  const { project, environment } = freshClone();
  const wrong = { ...environment, APPRENTICE_ENGINE: 'tpu', APPRENTICE_TEMPORAL: '/no/such/file' };
  const text = findingsText(await examine({ project, environment: wrong }));
  assert.match(text, /✘ TensorFlow engine .*\n.*APPRENTICE_ENGINE is "tpu"/);
  assert.match(text, /✘ Temporal server .*\n.*APPRENTICE_TEMPORAL is "\/no\/such\/file"/);
  assert.match(text, /Disk/);
});

test('an unused GPU is pointed out; no GPU is fine', async () => {
  const folder = temporaryFolder();
  const { project } = freshClone();
  assert.equal((await examineGpu({ PATH: folder }, 'cpu', project)).status, 'ok');
  writeProgram(join(folder, 'nvidia-smi'), 'echo "H100, 81559 MiB, 550.54"');
  const idle = await examineGpu({ PATH: folder }, 'cpu', project);
  assert.equal(idle.status, 'warning');
  assert.match(idle.whatToDo ?? '', /npm run setup -- --gpu/);
  assert.equal((await examineGpu({ PATH: folder }, 'gpu', project)).status, 'ok');
  writeProgram(join(folder, 'nvidia-smi'), 'echo "driver mismatch" >&2; exit 9');
  assert.match((await examineGpu({ PATH: folder }, 'cpu', project)).detail, /driver mismatch/);
});

test('the report ends with a summary, and is coloured only on request', () => {
  const findings = [
    { name: 'A', status: 'ok' as const, detail: 'there' },
    { name: 'Longer', status: 'problem' as const, detail: 'gone', whatToDo: 'Fetch it.' },
  ];
  const plain = findingsText(findings);
  assert.equal(plain, '✔ A       there\n✘ Longer  gone\n          → Fetch it.\n\nThere is 1 problem.');
  assert.ok(findingsText(findings, { colour: true }).includes('\u001b[31m✘'));
});
