import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { drawSheet, sheetThatFits } from '../../../../cli/sheet/draw-sheet.js';
import { expectOut } from '../../../../cli/sheet/expect-out.js';
import { cutTo, flow, widthOf } from '../../../../cli/sheet/font.js';
import { writeSvg } from '../../../../cli/sheet/write-svg.js';
import { ConfigurationError } from '../../../../domain/errors.js';
import { picture } from '../../../../learning/augmentation/picture.js';
import { place, temporaryFolder } from '../../../support/picture-files.js';

const RED = picture(2, 1, 3, Uint8Array.of(255, 0, 0, 0, 255, 0));

test('a sheet shows each pixel as a square, in each format', async (context) => {
  const folder = await temporaryFolder(context);
  const sheet = {
    title: 'A & <b>',
    remark: '\u0001',
    rows: [{ cells: [{ picture: RED, lines: ['\ud800'] }] }],
  };
  for (const name of ['a.png', 'a.jpg', 'a.webp']) {
    const file = join(folder, name);
    const { width, height } = await drawSheet(sheet, file);
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height, info.channels], [width, height, 3]);
    const count = (is: (r: number, g: number, b: number) => boolean) => {
      let pixels = 0;
      for (let at = 0; at < data.length; at += 3)
        pixels += Number(is(data[at]!, data[at + 1]!, data[at + 2]!));
      return pixels;
    };
    // 56 times as wide and high.
    const red = count((r, g, b) => r > 200 && g < 60 && b < 60);
    assert.ok(Math.abs(red - 56 * 56) < 200, `${name}: ${red} red pixels`);
    assert.ok(count((r, g, b) => r + g + b < 150) > 20, `${name} has letters`);
  }
});

test('a sheet has at most as many rows as can be drawn', async () => {
  const tall = picture(1, 5000, 1);
  const asked: number[] = [];
  const sheetOf = (shown: number) => {
    asked.push(shown);
    const cells = Array.from({ length: shown }, () => ({ picture: tall, lines: ['tall'] }));
    return { title: '', remark: '', rows: cells.map((cell) => ({ cells: [cell] })) };
  };
  assert.equal((await sheetThatFits(3, sheetOf)).rows.length, 3);
  assert.equal((await sheetThatFits(40, sheetOf)).rows.length, 3);
  assert.ok(asked.length < 6, 'without trying each number');
  assert.equal((await sheetThatFits(0, sheetOf)).rows.length, 0);
});

test('text is drawn on a machine without fonts', async (context) => {
  const folder = await temporaryFolder(context);
  const config = await place(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${folder}/none</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  );
  const module = pathToFileURL(new URL('../../../../cli/sheet/font.js', import.meta.url).pathname);
  const script = `
    const { widthOf } = await import(${JSON.stringify(module.href)});
    console.log(JSON.stringify([await widthOf('iiii', 20), await widthOf('WWWW', 20), await widthOf('WWWW', 20, 'bold')]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    ...{ encoding: 'utf8', env: { ...process.env, FONTCONFIG_FILE: config } },
  });
  // Where there is no font, all letters are boxes of the same width.
  const [narrow, wide, bold] = JSON.parse(stdout || 'null') ?? assert.fail(stderr);
  assert.ok(narrow * 2 < wide && wide < bold, `${narrow}, ${wide} and ${bold} pixels`);
});

test('labels are cut and wrapped to the available width', async () => {
  const cut = await cutTo('a name that is much too long for its cell', 60, 11);
  assert.match(cut, /^a name.*…$/);
  assert.ok((await widthOf(cut, 11)) <= 60);
  assert.equal(await cutTo('short', 60, 11), 'short');
  const lines = await flow(['Rotate −9,', 'Solarize 0.7,', 'Equalize,', 'Invert,', 'Color 0.1'], 80, 11, 2);
  assert.equal(lines.length, 2);
  assert.match(lines[1]!, /…$/);
});

test('a path that cannot be written is refused before any work', async (context) => {
  const folder = await temporaryFolder(context);
  await writeFile(join(folder, 'taken'), '');
  await mkdir(join(folder, 'there.png'));
  const cases: Array<[path: string, reason: RegExp]> = [
    [
      join(folder, 'a.gif'),
      /--out: received ".*a\.gif", expected a name that ends in \.png, \.jpg or \.webp/,
    ],
    [join(folder, 'a'), /expected a name/],
    [join(folder, 'taken', 'a.png'), /taken" is a file, expected a folder/],
    [join(folder, 'there.png'), /is a folder, expected a file's name/],
  ];
  for (const [path, reason] of cases) {
    await assert.rejects(
      expectOut(path),
      (error) => error instanceof ConfigurationError && reason.test(error.message),
    );
  }
  await expectOut(join(folder, 'a.PNG'));
});

test('a missing folder is created', async (context) => {
  const out = join(await temporaryFolder(context), 'new', 'one', 'a.png');
  await expectOut(out);
  await writeSvg(
    { svg: '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>', width: 4, height: 4 },
    out,
  );
  assert.ok((await stat(out)).size > 0);
});
