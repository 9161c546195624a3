import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..', '..');
/** Built files; everything in it can be deleted. */
export const OUTPUT = join(ROOT, '.output');
/** The unpacked extension: stable, so that a daily browser can keep it loaded. */
export const EXTENSION = join(OUTPUT, 'chrome-mv3');
