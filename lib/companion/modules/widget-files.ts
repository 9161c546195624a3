import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { refusal, type Http } from './parts.ts';

const FOLDER = join(import.meta.dirname, '../../../.output/widget');
const TYPES: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', json: 'application/json' };

/** A file of the built widget, for any site; names with a hash in them never change. */
export async function widgetFile(c: Http): Promise<Response> {
  const name = normalize(c.req.path.replace(/^\/(widget\/)?/, ''));
  if (name.startsWith('..')) return refusal(c, 404, 'not_found', 'There is no such file.');
  try {
    return c.body(await readFile(join(FOLDER, name)), 200, {
      'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream', 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin',
      'cache-control': /-[\w-]{8,}\./.test(name) ? 'public, max-age=31536000, immutable' : 'public, max-age=60',
    });
  } catch {
    return name === 'widget.js' ? refusal(c, 503, 'widget_not_built', 'The widget is not built here. Run `npm run build`, then try again.') : refusal(c, 404, 'not_found', 'There is no such file.');
  }
}
