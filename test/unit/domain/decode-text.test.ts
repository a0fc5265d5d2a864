import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeText, EncodingError } from '../../../domain/decode-text.js';

const TEXT = 'path,label\r\nä.png,シャツ\n';

function utf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

function refused(bytes: Uint8Array, message: RegExp): void {
  assert.throws(
    () => decodeText(bytes),
    (error) => error instanceof EncodingError && message.test(error.message),
  );
}

describe('text', () => {
  it('is decoded by its byte-order mark, or as UTF-8', () => {
    for (const bytes of [
      Buffer.from(TEXT),
      Buffer.from(`\ufeff${TEXT}`),
      utf16(TEXT, 'le'),
      utf16(TEXT, 'be'),
    ]) {
      assert.equal(decodeText(bytes), TEXT);
    }
    assert.equal(decodeText(new Uint8Array()), '');
  });

  it('in another encoding is refused with the line and the remedy', () => {
    refused(
      Buffer.from('path,label\na.png,x\nb.png,Stra\u00dfe\n', 'latin1'),
      /^line 3 is not UTF-8: save it as UTF-8/,
    );
    refused(Buffer.from('a\rb\r\u00e9', 'latin1'), /^line 3 /);
    // A character that is cut in two.
    refused(Buffer.from('ab\nシ').subarray(0, -1), /^line 2 /);
    refused(
      Buffer.concat([utf16('a\nb', 'le'), Buffer.of(0x00, 0xd8)]),
      /^line 2 is not UTF-16, little-endian, as its byte-order mark/,
    );
    refused(
      utf16('a,b', 'le').subarray(2),
      /^line 1 has a NUL character, as in UTF-16 without a byte-order mark/,
    );
    // Most characters of other scripts are no UTF-8 in UTF-16.
    refused(utf16('a,b\nä,シ', 'le').subarray(2), /^line 2 has a NUL character, as in UTF-16/);
    refused(Buffer.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), /^it is UTF-32/);
    refused(Buffer.from('a\nb\0'), /^line 2 has a NUL character/);
  });
});
