import { parentPort } from 'node:worker_threads';
import { parseFile } from './parse.ts';
import type { NamedFile } from './read-files.ts';

/** Files come together and are answered together. */
parentPort?.on('message', (files: NamedFile[]) => parentPort?.postMessage(files.map(({ name, bytes }) => parseFile(name, bytes))));
