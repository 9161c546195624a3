import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { SECOND } from '#lib/base/time.ts';
import type { Entry, Verdict } from '#lib/detect/classify/model.ts';
import type { Embedder } from './embedder/embedder.ts';
import type { Learner } from './learner/learner.ts';
import type { LessonKey } from './learner/lessons.ts';

/** A visitor waits so long for what a question means; then its words are judged. */
const QUESTION_MS = 1_500;
const KNOWLEDGE_MS = 60 * SECOND;

/** Judges questions by a knowledge base: by what they say, and by what they mean where there is an embedder. */
export interface Judge {
  prepare(entries: readonly Entry[]): Promise<void>;
  /** Null for an empty base. @param falseReject see Detection in lib/protocol/settings.ts */
  verdict(text: string, falseReject: number): Promise<Verdict | null>;
}

/** @param owner whose knowledge it is */
export function createJudge(learner: Learner, owner: string, embedder: Embedder | null): Judge {
  let entries: readonly Entry[] = [];
  let meant: readonly Entry[] | null = null;
  let lesson = keyOf(owner, []);
  const ofMeaning = (): LessonKey => ({ owner: `${owner}/meaning`, of: lesson.of });
  /** Learnt again where it was forgotten, to make room or with the thread. */
  const judged = async (key: LessonKey, of: readonly Entry[], text: string, falseReject: number, meaning?: Float32Array): Promise<Verdict | null> => {
    const verdict = await learner.classify(key, text, falseReject, meaning);
    if (verdict) return verdict;
    await learner.learn(key, of);
    return await learner.classify(key, text, falseReject, meaning);
  };
  return {
    async prepare(next) {
      [entries, lesson, meant] = [next, keyOf(owner, next), null];
      if (entries.length === 0) return;
      // To name thousands of entries takes milliseconds, and to hand them over takes as many.
      await setImmediate();
      await learner.learn(lesson, entries);
      if (!embedder) return;
      meant = await withMeanings(entries, embedder);
      if (meant) await learner.learn(ofMeaning(), meant);
    },
    async verdict(text, falseReject) {
      if (entries.length === 0) return null;
      const [meaning] = (meant && embedder && await embedder.embed([text], QUESTION_MS)) ?? [];
      return meant && meaning ? await judged(ofMeaning(), meant, text, falseReject, meaning) : await judged(lesson, entries, text, falseReject);
    },
  };
}

const keyOf = (owner: string, entries: readonly Entry[]): LessonKey => ({ owner, of: createHash('sha256').update(JSON.stringify(entries)).digest('base64url') });

/** Null: the embedder cannot be had now; words alone are judged until the knowledge or the companion begins anew. */
async function withMeanings(entries: readonly Entry[], embedder: Embedder): Promise<Entry[] | null> {
  const texts = entries.flatMap(({ phrasings, text }) => [...phrasings, ...(text === undefined ? [] : [text])]);
  const vectors = await embedder.embed(texts, KNOWLEDGE_MS);
  if (!vectors) return null;
  let at = 0;
  return entries.map((entry): Entry => {
    const phrasings = entry.phrasings.map(() => vectors[at++] ?? new Float32Array());
    return { ...entry, meanings: { phrasings, ...(entry.text === undefined ? {} : { text: vectors[at++] ?? new Float32Array() }) } };
  });
}
