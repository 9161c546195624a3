/**
 * A UUID version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits, so that ids made
 * in order sort in order and database pages stay warm. `crypto.randomUUID` is absent on plain-http pages; this is not.
 */
export function uuid(now: number = Date.now()): string {
  const bytes = random16();
  for (let i = 5, rest = now; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  let text = '';
  for (let i = 0; i < 16; i++) text += (i === 4 || i === 6 || i === 8 || i === 10 ? '-' : '') + HEX[bytes[i]!]!;
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** Random bytes are dear by the call (10 µs in Node), not by the byte: enough for 64 ids are fetched at once. */
const pool = new Uint8Array(16 * 64);
let used = pool.length;

function random16(): Uint8Array {
  if (used === pool.length) { crypto.getRandomValues(pool); used = 0; }
  used += 16;
  return pool.subarray(used - 16, used);
}
