/** A value's place on an axis, in pixels. */
export type Scale = (value: number) => number;

export function linear(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): Scale {
  const span = to === from ? 1 : to - from;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** Equal factors are equal distances. */
export function logarithmic([from, to]: readonly [number, number], range: readonly [number, number]): Scale {
  const scale = linear([Math.log(from), Math.log(to)], range);
  return (value) => scale(Math.log(value));
}

/** Round numbers from at or below `low` to at or above `high`, about `count` steps apart: 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999)!;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/**
 * Moves places apart that are nearer than `gap`, as little as may be, in their order and within the range.
 * @returns the new places, in the order given
 */
export function spread(
  places: readonly number[],
  gap: number,
  [start, end]: readonly [number, number],
): number[] {
  const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]!);
  // Groups of neighbours that touch each other, each round the middle of where its members want to be.
  const groups: { members: number[]; middle: number }[] = [];
  for (const index of order) {
    groups.push({ members: [index], middle: places[index]! });
    while (groups.length > 1) {
      const [before, last] = groups.slice(-2) as [(typeof groups)[0], (typeof groups)[0]];
      const touching = (gap * (before.members.length + last.members.length)) / 2;
      if (last.middle - before.middle >= touching - 1e-9) break;
      const members = [...before.members, ...last.members];
      const wanted = members.map((member) => places[member]!);
      groups.splice(-2, 2, {
        members,
        middle: wanted.reduce((sum, place) => sum + place, 0) / members.length,
      });
    }
  }
  const placed = new Array<number>(places.length);
  let floor = start;
  for (const { members, middle } of groups) {
    const half = (gap * (members.length - 1)) / 2;
    const highest = end - gap * remainingAfter(groups, members);
    let place = Math.max(floor, Math.min(middle - half, highest - 2 * half));
    for (const member of members) {
      placed[member] = place;
      place += gap;
    }
    floor = place;
  }
  return placed;
}

/** How many places come after a group's last. */
function remainingAfter(
  groups: readonly { readonly members: number[] }[],
  members: readonly number[],
): number {
  const at = groups.findIndex((group) => group.members === members);
  return groups.slice(at + 1).reduce((sum, group) => sum + group.members.length, 0);
}
