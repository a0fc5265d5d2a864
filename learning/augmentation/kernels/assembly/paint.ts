/** Paints pixels with a colour: its bytes are the channels, lowest first; gray has four equal bytes. */
export function paint(to: usize, pixels: i32, channels: i32, fill: u32): void {
  if (pixels <= 0) return;
  if (channels === 1 || (fill & 0xffff) === fill >> 8) {
    memory.fill(to, <u8>fill, pixels * channels);
    return;
  }
  const last = to + (pixels - 1) * 3;
  // Each store's fourth byte is the next pixel's first.
  for (; to < last; to += 3) store<u32>(to, fill);
  store<u16>(to, <u16>fill);
  store<u8>(to, <u8>(fill >> 16), 2);
}
