import { defineConfig } from 'vite';

/** The loader shares no code with the app, so two files come out and nothing else. No module preload: it would need `document` tricks on the host page. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: '../../.output/widget', emptyOutDir: true, target: 'es2022', modulePreload: false, reportCompressedSize: true,
    rolldownOptions: {
      input: { widget: 'lib/widget/loader.ts', app: 'lib/widget/app.tsx' },
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
});
