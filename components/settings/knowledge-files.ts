import { KNOWLEDGE_FILE_MAX } from '#lib/protocol/limits.ts';

export interface RefusedFile { name: string; reason: string }
/** What a file is judged by; the companion judges again. */
export interface FileFacts { name: string; size: number; bytes: Uint8Array }

const mb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Why a file cannot be learned from, or null. */
export function fileProblem({ name, size, bytes }: FileFacts): string | null {
  if (!/\.(md|markdown|txt|html?|csv|tsv)$/i.test(name)) return 'Only Markdown (.md), plain text (.txt), web pages (.html) and tables of question and answer (.csv) can be read.';
  if (size > KNOWLEDGE_FILE_MAX) return `It is ${mb(size)}; 2 MB fit. Split it into parts.`;
  if (size === 0) return 'It is empty.';
  // UTF-16 says so at its beginning; the companion reads it.
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return null;
  if (bytes.includes(0)) return 'It is not text.';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim() === '' ? 'It is empty.' : null;
  } catch {
    // The only thing a fatal decoder throws on is bytes that are no UTF-8.
    return 'It is not text in UTF-8. Save it as UTF-8 and add it again.';
  }
}

/** Base64 in steps: spreading megabytes into one call overflows the stack. */
export function toBase64(bytes: Uint8Array): string {
  const STEP = 32_768;
  let binary = '';
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(binary);
}

/** Reads what was picked or dropped; a bad file is named with its reason and the rest is kept. */
export async function readFiles(files: readonly File[]): Promise<{ good: { name: string; base64: string }[]; refused: RefusedFile[] }> {
  const good: { name: string; base64: string }[] = [];
  const refused: RefusedFile[] = [];
  for (const file of files) {
    const bytes = file.size > KNOWLEDGE_FILE_MAX ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
    const reason = fileProblem({ name: file.name, size: file.size, bytes });
    if (reason) refused.push({ name: file.name, reason });
    else good.push({ name: file.name, base64: toBase64(bytes) });
  }
  return { good, refused };
}
