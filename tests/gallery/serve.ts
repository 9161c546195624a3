import { join } from 'node:path';
import { createServer } from 'vite';
import { must } from '#lib/base/must.ts';

/** The gallery on a free port of this machine. @returns its address, and how to stop it */
export async function serveGallery(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await createServer({
    configFile: false, root: import.meta.dirname, logLevel: 'error', cacheDir: join(import.meta.dirname, '../../node_modules/.vite-gallery'),
    server: { host: '127.0.0.1', port: 0, fs: { allow: [join(import.meta.dirname, '../..')] } }, oxc: { jsx: { runtime: 'automatic' } },
    optimizeDeps: { include: ['react', 'react-dom/client', 'react/jsx-dev-runtime', 'lucide-react'] },
  });
  await server.listen();
  return { url: must(server.resolvedUrls?.local[0], 'the gallery address'), close: () => server.close() };
}
