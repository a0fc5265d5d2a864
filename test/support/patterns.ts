type Pattern = (x: number, y: number, channel: number) => number;

/** Computed pictures; test/golden/backbones.py computes the same. */
const PATTERNS: Readonly<Record<string, Pattern>> = {
  rings: (x, y, channel) => ((x - 70) ** 2 + (y - 55) ** 2) >> (4 + channel),
  waves: (x, y, channel) => ((x * y) >> 3) + 3 * x + 37 * channel,
  blocks: (x, y, channel) => (x >> 4) * 53 + (y >> 4) * 91 + channel * (x >> 5) * 29,
};

/** Returns RGB pixels [height, width, 3]. */
export function patternPicture(name: string, height: number, width: number): Uint8Array {
  const pixels = new Uint8Array(height * width * 3);
  for (let at = 0; at < pixels.length; at++) {
    const place = Math.floor(at / 3);
    pixels[at] = PATTERNS[name]!(place % width, Math.floor(place / width), at % 3) & 255;
  }
  return pixels;
}
