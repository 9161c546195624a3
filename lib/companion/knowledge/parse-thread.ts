import { parentPort, workerData } from 'node:worker_threads';
import { parseFile } from './parse.ts';
import type { NamedFile } from './parse-files.ts';

/** One request's files. */
parentPort?.postMessage((workerData as NamedFile[]).map(({ name, bytes }) => parseFile(name, bytes)));
