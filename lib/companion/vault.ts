import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';

/** Keeps the keys of models and webhooks unreadable in the database and in backups. */
export interface Vault {
  /** @param place what the secret belongs to; it opens nowhere else */
  seal(secret: string, place: string): string;
  /** Null: sealed with another key, for another place, or changed. */
  open(sealed: string, place: string): string | null;
}

const CIPHER = 'aes-256-gcm';
const [KEY_BYTES, IV_BYTES, TAG_BYTES] = [32, 12, 16];
/** Names the way it was sealed, so that another one can follow. */
const KIND = 'v1.';

/** @param key 32 bytes */
export function createVault(key: Buffer): Vault {
  return {
    seal(secret, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return KIND + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, place) {
      if (!sealed.startsWith(KIND)) return null;
      const bytes = Buffer.from(sealed.slice(KIND.length), 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        return null; // the tag does not fit: the expected outcome for another key or place
      }
    },
  };
}

/** The key a deployment sets, or the one made for a data folder. Null: several nodes share a database and were given none. */
export function openVault({ secretKey, databaseUrl, dataDir }: Pick<Config, 'secretKey' | 'databaseUrl' | 'dataDir'>): Vault | null {
  if (secretKey !== null) return createVault(Buffer.from(secretKey, 'base64'));
  if (databaseUrl !== null) return null;
  const file = join(dataDir, 'secret.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flag: 'wx' });
  return createVault(Buffer.from(readFileSync(file, 'utf8'), 'base64'));
}
