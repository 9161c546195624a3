import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plain } from '#lib/detect/plain.ts';
import { candidates, chance } from '#lib/detect/request/head.ts';
import { readRows, readWanting, type Wanting } from './rows.ts';

/**
 * `npm run train:request`: writes lib/detect/request/weights.json from the project's own sentences and, for the many
 * ways in which people do not ask for a person, public training rows. The own rows of split `test` are not used.
 */
const FOLDER = join(import.meta.dirname, '../../../lib/detect/request');
const SHARED = join(import.meta.dirname, '../../../../shared/data/detect');
/** None of them share-alike; sources and licences are in lib/detect/request/README.md. */
const LABELLED = ['human-request.multilingual.dev.jsonl', 'human-request.nlupp.dev.jsonl'];
const WITHOUT_REQUESTS = ['oos.clinc150.dev.jsonl', 'intents.banking77.dev.jsonl'];

const EPOCHS = 60;
const RATE = 0.2;
/** Pull of each weight towards 0, in gradients. */
const RIDGE = 0.002;
/** Smaller weights say nothing. */
const LEAST = 0.02;
const DECIMALS = 2;

interface Bag { wants: boolean; people: string[][] }

/** A text that asks does so through one of the people it names, nobody says which: the likeliest, as things stand. */
function fit(bags: readonly Bag[]): Record<string, number> {
  const [weights, history]: Record<string, number>[] = [{ '': -2 }, {}] as const;
  const asking = bags.filter(({ wants }) => wants).length;
  const [up, down] = [bags.length / (2 * asking), bags.length / (2 * (bags.length - asking))];
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { wants, people } of bags) {
      const likeliest = people.reduce((one, other) => (chance(weights, other) > chance(weights, one) ? other : one));
      for (const features of wants ? [likeliest] : people) step(weights, history, features, (chance(weights, features) - (wants ? 1 : 0)) * (wants ? up : down));
    }
  }
  return weights;
}

/** AdaGrad. */
function step(weights: Record<string, number>, history: Record<string, number>, features: readonly string[], error: number): void {
  for (const feature of ['', ...features]) {
    const gradient = error + RIDGE * (weights[feature] ?? 0);
    const past = (history[feature] ?? 0.01) + gradient * gradient;
    history[feature] = past;
    weights[feature] = (weights[feature] ?? 0) - (RATE * gradient) / Math.sqrt(past);
  }
}

const files = [...LABELLED, ...WITHOUT_REQUESTS].map((file) => join(SHARED, file));
const missing = files.filter((file) => !existsSync(file));
if (missing.length > 0) {
  process.stderr.write(`The weights are trained on data that is not here: ${missing.join(', ')}. Nothing was changed.\n`);
  process.exit(1);
}
const rows: Wanting[] = [
  ...readWanting(join(FOLDER, 'human-requests.jsonl')).filter((row) => row.split === 'train'),
  ...files.slice(0, LABELLED.length).flatMap((file) => readWanting(file)),
  ...files.slice(LABELLED.length).flatMap((file) => readRows(file, 'train').map(({ text }) => ({ text, wants_human: false }))),
];
const bags = rows.map((row): Bag => ({ wants: row.wants_human, people: candidates(plain(row.text)).map(({ features }) => features) })).filter(({ people }) => people.length > 0);
const weights = Object.entries(fit(bags)).filter(([, weight]) => Math.abs(weight) > LEAST).sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(join(FOLDER, 'weights.json'), `{\n${weights.map(([feature, weight]) => `  ${JSON.stringify(feature)}: ${weight.toFixed(DECIMALS)}`).join(',\n')}\n}\n`);
process.stdout.write(`${weights.length} weights from ${rows.length} texts, ${bags.length} of which name a person.\n`);
