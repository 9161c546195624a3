import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { atMost, type Figure } from './figure.ts';

/** What a visitor downloads, gzip -9, kB of 1,000 bytes. @param dir the built widget */
export function widgetBytes(dir: string): Figure[] {
  const size = (file: string): number => gzipSync(readFileSync(join(dir, file)), { level: 9 }).length / 1000;
  return [atMost('widget loader, gzip', size('widget.js'), 'kB', 1), atMost('widget app, gzip', size('app.js'), 'kB', 12)];
}
