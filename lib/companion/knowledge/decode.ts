/** What bytes say, or why they cannot be read, in words for the person who added them. */
export function decode(bytes: Uint8Array): { ok: true; text: string } | { ok: false; reason: string } {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  const isBinary = { ok: false, reason: 'is not text' } as const;
  if (!wide && bytes.includes(0)) return isBinary;
  const text = fatally(wide ?? 'utf-8', bytes);
  if (text === null) return wide || !isWritten(bytes) ? isBinary : { ok: false, reason: 'is not in UTF-8 but in another encoding (Latin-1 or Windows-1252, perhaps). Save it as UTF-8 and add it again' };
  // A PDF can be valid UTF-8 by accident; its first bytes never lie.
  return text.startsWith('%PDF-') || text.includes('\0') ? isBinary : { ok: true, text };
}

function fatally(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Of text of any one-byte encoding hardly anything is a control character; of a picture much is. */
function isWritten(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4096);
  const odd = head.reduce((sum, byte) => sum + (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 ? 1 : 0), 0);
  return odd * 50 < head.length;
}
