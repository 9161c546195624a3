import { isMainThread } from 'node:worker_threads';

/** Preloaded (`--import`) into the companion that `npm start` owns: even a killed launcher leaves nothing behind. */
if (isMainThread) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 1000).unref();
}
