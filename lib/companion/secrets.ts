import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** Without look-alikes (I, L, O, U, 0, 1). */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** What is kept of a secret: its SHA-256, hex. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** 256 random bits, base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** A one-time pairing code, XXXX-XXXX. */
export function newCode(): string {
  const letters = Array.from({ length: 8 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** As the code is hashed: upper case, without its dash. */
export const hashCode = (code: string): string => hashSecret(code.trim().toUpperCase().replace('-', ''));

/** Compares without telling by its time how much was right. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(expected)));
}
