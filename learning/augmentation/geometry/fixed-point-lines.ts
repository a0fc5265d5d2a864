/** Pixels along a line of the source, whose place and step are in 16.16 fixed point; all of them lie inside. */
export function grayLine(
  from: Uint8Array,
  to: Uint8Array,
  width: number,
  first: number,
  last: number,
  atX: number,
  atY: number,
  stepX: number,
  stepY: number,
): void {
  for (let pixel = first; pixel < last; pixel++) {
    to[pixel] = from[Math.imul(atY >> 16, width) + (atX >> 16)]!;
    atX = (atX + stepX) | 0;
    atY = (atY + stepY) | 0;
  }
}

/** The bytes as words, as far as they go; empty when they don't begin at one. */
export function wordsOf(bytes: Uint8Array): Int32Array {
  const aligned = (bytes.byteOffset & 3) === 0;
  return new Int32Array(bytes.buffer, aligned ? bytes.byteOffset : 0, aligned ? bytes.length >> 2 : 0);
}

/** As {@link grayLine} for three channels. Four pixels are written as three words: stores are what costs. */
export function colourLine(
  from: Uint8Array,
  to: Uint8Array,
  words: Int32Array,
  width: number,
  first: number,
  last: number,
  atX: number,
  atY: number,
  stepX: number,
  stepY: number,
): void {
  let pixel = first;
  const lastFour = words.length > 0 ? last - 4 : -1;
  while (pixel < last) {
    if ((pixel & 3) === 0 && pixel <= lastFour) {
      const one = Math.imul(Math.imul(atY >> 16, width) + (atX >> 16), 3);
      atX = (atX + stepX) | 0;
      atY = (atY + stepY) | 0;
      const two = Math.imul(Math.imul(atY >> 16, width) + (atX >> 16), 3);
      atX = (atX + stepX) | 0;
      atY = (atY + stepY) | 0;
      const three = Math.imul(Math.imul(atY >> 16, width) + (atX >> 16), 3);
      atX = (atX + stepX) | 0;
      atY = (atY + stepY) | 0;
      const four = Math.imul(Math.imul(atY >> 16, width) + (atX >> 16), 3);
      atX = (atX + stepX) | 0;
      atY = (atY + stepY) | 0;
      const word = (pixel >> 2) * 3;
      words[word] = from[one]! | (from[one + 1]! << 8) | (from[one + 2]! << 16) | (from[two]! << 24);
      words[word + 1] =
        from[two + 1]! | (from[two + 2]! << 8) | (from[three]! << 16) | (from[three + 1]! << 24);
      words[word + 2] =
        from[three + 2]! | (from[four]! << 8) | (from[four + 1]! << 16) | (from[four + 2]! << 24);
      pixel += 4;
    } else {
      const read = Math.imul(Math.imul(atY >> 16, width) + (atX >> 16), 3);
      const write = pixel * 3;
      to[write] = from[read]!;
      to[write + 1] = from[read + 1]!;
      to[write + 2] = from[read + 2]!;
      atX = (atX + stepX) | 0;
      atY = (atY + stepY) | 0;
      pixel++;
    }
  }
}
