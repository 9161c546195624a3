import { parentPort } from 'node:worker_threads';
import type { Entry, Verdict } from '#lib/detect/classify/model.ts';
import { createLessons, type LessonKey } from './lessons.ts';

/** What the companion's thread sends; each is answered once under its id. */
export type Asked = { id: number; key: LessonKey } & ({ do: 'learn'; entries: Entry[] } | { do: 'settle' } | { do: 'classify'; text: string; falseReject: number; meaning?: Float32Array });
export interface Told { id: number; verdict?: Verdict | null }

const lessons = createLessons();

async function answer(asked: Asked): Promise<Told> {
  const { id, key } = asked;
  if (asked.do === 'classify') return { id, verdict: lessons.classify(key, asked.text, asked.falseReject, asked.meaning) };
  await (asked.do === 'learn' ? lessons.learn(key, asked.entries) : lessons.settled(key));
  return { id };
}

parentPort?.on('message', (asked: Asked) => { void answer(asked).then((told) => parentPort?.postMessage(told)); });
