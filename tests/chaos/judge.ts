import type { History, Line, Observation } from './history.ts';

/** What is wrong, in words, by what it breaks; all empty: nothing is. */
export interface Verdict {
  lost: string[]; duplicated: string[]; reordered: string[];
  /** Two agents had one conversation. */
  winners: string[];
  /** The bot spoke while the team had the floor. */
  bot: string[];
  /** Snapshot and events are not the fresh state. */
  diverged: string[];
  /** Words are there although their author was told that they were not taken. */
  undead: string[];
}
export const flawless = (): Verdict => ({ lost: [], duplicated: [], reordered: [], winners: [], bot: [], diverged: [], undead: [] });

/** Judges a history in time linear in its size. */
export function judge(history: History): Verdict {
  const verdict = flawless();
  const truth = new Map<string, Line & { conversation: string }>();
  for (const [conversation, lines] of history.fresh.lines) for (const line of lines) truth.set(line.id, { ...line, conversation });
  judgeSent(history, verdict);
  for (const id of history.acked) if (!truth.has(id) && !history.fresh.rows?.has(`note ${id}`)) verdict.lost.push(`${id} was acknowledged and is not there`);
  for (const { observer, conversation, id, index } of history.seen) {
    const line = truth.get(id);
    if (!line) verdict.lost.push(`${observer} was shown ${id} in ${conversation}, and it is gone`);
    else if (line.index !== index || line.conversation !== conversation) verdict.reordered.push(`${observer} was shown ${id} at ${index}, and it is at ${line.index}`);
  }
  for (const one of [history.fresh, ...history.observations]) {
    for (const [conversation, lines] of one.lines) judgeOrder(`${one.observer}, ${conversation}`, lines, verdict);
  }
  for (const one of history.observations) compare(history.fresh, one, verdict);
  for (const [conversation, lines] of history.fresh.lines) judgeFloor(conversation, lines, verdict);
  judgeExport(history, verdict);
  judgeClaims(history, verdict);
  return verdict;
}

/** Each word once; each author's words in the order they were written, in each conversation. */
function judgeSent({ sent, fresh }: History, { lost, duplicated, reordered, undead }: Verdict): void {
  const places = new Map<string, { conversation: string; index: number }[]>();
  for (const [conversation, lines] of fresh.lines) {
    for (const { by, text, index } of lines) {
      if (by !== 'visitor' && by !== 'agent') continue;
      places.set(text, [...(places.get(text) ?? []), { conversation, index }]);
    }
  }
  for (const [key, row] of fresh.rows ?? []) {
    if (!key.startsWith('note ')) continue;
    const { text, conversationId, seq } = JSON.parse(row) as { text: string; conversationId: string; seq: number };
    places.set(text, [...(places.get(text) ?? []), { conversation: `the notes of ${conversationId}`, index: seq }]);
  }
  const latest = new Map<string, { index: number; text: string }>();
  for (const { author, text, refused } of sent.toSorted((a, b) => a.n - b.n)) {
    const [place, ...more] = places.get(text) ?? [];
    if (more.length > 0) duplicated.push(`"${text}" is there ${more.length + 1} times`);
    if (refused) { if (place) undead.push(`"${text}" was refused and is there`); continue; }
    if (!place) { lost.push(`"${text}" of ${author} is not there`); continue; }
    const key = `${author} in ${place.conversation}`;
    const before = latest.get(key);
    if (before && before.index > place.index) reordered.push(`"${text}" comes before "${before.text}", which ${author} wrote earlier`);
    latest.set(key, { index: place.index, text });
  }
}

/** Dense from 1, no id twice. */
function judgeOrder(where: string, lines: readonly Line[], { duplicated, reordered }: Verdict): void {
  const ids = new Set<string>();
  lines.forEach(({ id, index }, at) => {
    if (ids.has(id)) duplicated.push(`${where}: ${id} is there twice`);
    ids.add(id);
    if (index !== at + 1) reordered.push(`${where}: index ${index} stands at place ${at + 1}`);
  });
}

/** What an observer holds is what a fresh client is given: the same lines, and for the team the same rows. */
function compare(fresh: Observation, { observer, lines, rows }: Observation, { lost, diverged }: Verdict): void {
  for (const [conversation, held] of lines) {
    const ours = new Map(held.map((line) => [line.id, line]));
    const all = fresh.lines.get(conversation) ?? [];
    for (const line of all) {
      const own = ours.get(line.id);
      if (!own) { lost.push(`${observer} lacks ${line.id} at ${line.index} in ${conversation}`); continue; }
      ours.delete(line.id);
      if (own.seq !== line.seq || own.text !== line.text || own.by !== line.by || own.index !== line.index) diverged.push(`${observer} holds ${JSON.stringify(own)}, a fresh client ${JSON.stringify(line)}`);
    }
    for (const id of ours.keys()) diverged.push(`${observer} holds ${id} in ${conversation}, which a fresh client is not given`);
  }
  if (!rows || !fresh.rows) return;
  for (const [key, row] of fresh.rows) if (rows.get(key) !== row) diverged.push(`${observer} holds ${key} as ${rows.get(key) ?? 'nothing'}, a fresh client as ${row}`);
  for (const key of rows.keys()) if (!fresh.rows.has(key)) diverged.push(`${observer} holds ${key}, which a fresh client is not given`);
}

/** Law 1 and law 6, from what happened alone: while the team has the floor the bot is silent, and each stretch has one owner. */
export function judgeFloor(conversation: string, lines: readonly Line[], { bot, winners }: Verdict): void {
  let floor: 'bot' | 'team' = 'bot';
  let owner: string | null = null;
  let isHeld = false;
  for (const { by, author, text, index } of lines) {
    if (by === 'bot' && floor === 'team') bot.push(`${conversation}: the bot speaks at ${index}, on the team's floor`);
    if (by === 'agent') {
      if (owner !== null && owner !== author) winners.push(`${conversation}: ${author} writes at ${index} in the stretch of ${owner}`);
      owner = author;
    }
    if (by !== 'event') continue;
    if (text === 'joined') {
      if (isHeld) winners.push(`${conversation}: a second agent joins at ${index}`);
      isHeld = true;
    }
    if (text === 'joined' || text === 'queued' || text === 'reopened') floor = 'team';
    if (text === 'returned' || text === 'resolved' || text === 'offline') floor = 'bot';
    // A conversation that its visitor reopens goes back to whoever resolved it: held without a "joined", by whoever writes next.
    if (text === 'left' || text === 'returned' || text === 'resolved' || text === 'reopened' || text === 'offline' || text === 'queued') { owner = null; isHeld = false; }
  }
}

function judgeExport({ exported, fresh }: History, { lost, duplicated, reordered }: Verdict): void {
  if (!exported) return;
  for (const [conversation, lines] of fresh.lines) {
    const said = lines.filter(({ by }) => by !== 'event').map(({ text }) => text);
    const told = exported.get(conversation) ?? [];
    if (told.join('\n') === said.join('\n')) continue;
    if (told.length < said.length) lost.push(`The export tells ${told.length} of ${said.length} messages of ${conversation}`);
    else if (told.length > said.length) duplicated.push(`The export tells ${told.length} messages of ${conversation}, which has ${said.length}`);
    else reordered.push(`The export tells the messages of ${conversation} otherwise`);
  }
}

/** Exactly one winner of each round, and every loser is told who. */
export function judgeClaims({ claims }: Pick<History, 'claims'>, { winners }: Pick<Verdict, 'winners'>): void {
  const rounds = Map.groupBy(claims, ({ round }) => round);
  for (const [round, answers] of rounds) {
    const won = answers.filter((one) => one.won).map(({ member }) => member);
    if (won.length !== 1) winners.push(`${round} has ${won.length} winners: ${won.join(', ')}`);
    for (const { member, by } of answers.filter((one) => !one.won)) if (by !== won[0]) winners.push(`${member} lost ${round} and was told that ${by ?? 'nobody'} has won, not ${won[0] ?? 'nobody'}`);
  }
}

/** Everything that is wrong, one line each, at most `most`. */
export function wordsOf(verdict: Verdict, most = 20): string[] {
  return Object.entries(verdict).flatMap(([what, lines]) => (lines as string[]).map((line) => `${what}: ${line}`)).slice(0, most);
}
