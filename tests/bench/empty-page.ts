import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = new URL('../..', import.meta.url).pathname;

/**
 * A copy of the built extension with one more page: an empty React app, built as WXT builds ours. It is the floor for
 * first paint, in the same browser, profile and run.
 * @returns the folder to load
 */
export async function extensionWithEmptyPage(built: string): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'paint-'));
  const source = mkdtempSync(join(ROOT, '.output', 'empty-'));
  cpSync(built, dir, { recursive: true });
  writeFileSync(join(source, 'empty.html'), '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body><div id="root"></div><script type="module" src="./empty.js"></script></body></html>');
  writeFileSync(join(source, 'empty.js'), "import { createElement } from 'react'; import { createRoot } from 'react-dom/client'; createRoot(document.getElementById('root')).render(createElement('p', null, 'empty'));");
  await build({ root: source, configFile: false, logLevel: 'error', build: { outDir: dir, emptyOutDir: false, rolldownOptions: { input: join(source, 'empty.html') } } });
  return dir;
}
