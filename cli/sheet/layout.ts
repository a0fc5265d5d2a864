import type { Picture } from '../../learning/augmentation/picture.js';
import { LIGHT } from '../charts/page.js';
import { cutTo, flow, type Weight, widthOf } from './font.js';
import type { Sheet } from './sheet.js';

export interface PlacedText {
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly colour: string;
  readonly anchor: 'start' | 'middle';
}

export interface PlacedPicture {
  readonly x: number;
  readonly y: number;
  /** Each pixel becomes a square with this side. */
  readonly enlarged: number;
  readonly picture: Picture;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
  readonly pictures: readonly PlacedPicture[];
}

export const LABEL_SIZE = 11;
const LINE = 14;
const MARGIN = 16;
const GAP = 10;
const TITLE_SIZE = 17;
const NAME_SIZE = 13;
const REMARK_LINES = 3;
const WIDEST_TITLE = 190;
/** Small pictures are enlarged to at most this side, so that their pixels are visible. */
const SMALL = 112;
const NARROWEST_CELL = 84;

/** The whole factor by which a picture is enlarged. */
export function enlargement({ width, height }: Pick<Picture, 'width' | 'height'>): number {
  return Math.max(1, Math.floor(SMALL / Math.max(width, height)));
}

/** The width of a sheet's cells in pixels. */
export function cellWidth(pictures: readonly Pick<Picture, 'width' | 'height'>[]): number {
  return Math.max(NARROWEST_CELL, ...pictures.map((picture) => picture.width * enlargement(picture)));
}

async function titleWidth({ rows }: Sheet): Promise<number> {
  const titles = rows.flatMap(({ title }) => (title ? [title] : []));
  if (titles.length === 0) return 0;
  const widths = await Promise.all(
    titles.flatMap(([name, remark]) => [widthOf(name, NAME_SIZE, 'bold'), widthOf(remark, LABEL_SIZE)]),
  );
  return Math.min(WIDEST_TITLE, Math.max(...widths)) + GAP;
}

/** Computes the positions of everything on a sheet. Cuts labels to the width of their cell. */
export async function layOut(sheet: Sheet): Promise<Layout> {
  const pictures = sheet.rows.flatMap(({ cells }) => cells.map(({ picture }) => picture));
  const across = cellWidth(pictures);
  const left = MARGIN + (await titleWidth(sheet));
  const columns = Math.max(1, ...sheet.rows.map(({ cells }) => cells.length));
  const cells = left + columns * (across + GAP) - GAP + MARGIN;
  const width = Math.max(cells, Math.min(480, (await widthOf(sheet.title, TITLE_SIZE, 'bold')) + 2 * MARGIN));

  const texts: PlacedText[] = [];
  const placed: PlacedPicture[] = [];
  const write = async (text: string, room: number, rest: Omit<PlacedText, 'text'>) => {
    texts.push({ ...rest, text: await cutTo(text, room, rest.size, rest.weight) });
  };
  const start = { weight: 'normal', anchor: 'start' } as const;
  let y = MARGIN + TITLE_SIZE - 3;
  const whole = width - 2 * MARGIN;
  await write(sheet.title, whole, {
    ...start,
    x: MARGIN,
    y,
    size: TITLE_SIZE,
    weight: 'bold',
    colour: LIGHT.ink,
  });
  y += LINE + 5;
  for (const text of await flow(sheet.remark.split(' '), whole, LABEL_SIZE, REMARK_LINES)) {
    await write(text, whole, { ...start, x: MARGIN, y, size: LABEL_SIZE, colour: LIGHT.soft });
    y += LINE;
  }

  for (const { title, cells } of sheet.rows) {
    const down = Math.max(2 * LINE, ...cells.map(({ picture }) => picture.height * enlargement(picture)));
    if (title) {
      const [name, remark] = title;
      const room = left - MARGIN - GAP;
      const middle = y + Math.min(down, SMALL) / 2;
      const head = { ...start, x: MARGIN, weight: 'bold', colour: LIGHT.ink } as const;
      await write(name, room, { ...head, y: middle, size: NAME_SIZE });
      await write(remark, room, {
        ...start,
        x: MARGIN,
        y: middle + LINE,
        size: LABEL_SIZE,
        colour: LIGHT.soft,
      });
    }
    for (const [column, { picture, lines }] of cells.entries()) {
      const x = left + column * (across + GAP);
      const enlarged = enlargement(picture);
      const inset = (across - picture.width * enlarged) >> 1;
      placed.push({ x: x + inset, y: y + down - picture.height * enlarged, enlarged, picture });
      for (const [line, text] of lines.entries()) {
        const base = y + down + LINE * (line + 1) - 1;
        const middle = { x: x + across / 2, y: base, anchor: 'middle' } as const;
        await write(text, across + GAP - 2, {
          ...middle,
          size: LABEL_SIZE,
          weight: 'normal',
          colour: LIGHT.ink,
        });
      }
    }
    const most = Math.max(0, ...cells.map(({ lines }) => lines.length));
    y += down + LINE * most + GAP + (most > 0 ? 2 : 0);
  }
  const { foot = [] } = sheet;
  for (const text of foot) {
    y += LINE;
    await write(text, whole, { ...start, x: MARGIN, y: y - 3, size: LABEL_SIZE, colour: LIGHT.soft });
  }
  if (foot.length > 0) y += GAP;
  return { width: Math.ceil(width), height: Math.ceil(y - GAP + MARGIN), texts, pictures: placed };
}
