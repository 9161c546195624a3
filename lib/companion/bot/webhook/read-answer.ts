import type { KnowledgeId } from '#lib/protocol/ids.ts';
import { WebhookAnswer } from '#lib/protocol/webhook.ts';
import type { OutgoingAnswer } from '../../outgoing/outgoing.ts';
import type { BotTurn } from '../bot.ts';

type Source = NonNullable<BotTurn['reply']>['sources'][number];
export const sourcesOf = (sources: readonly { title: string; id?: KnowledgeId | undefined }[] = []): Source[] =>
  sources.map(({ title, id }, at) => ({ title, id: id ?? `source-${at + 1}` as KnowledgeId, score: 1 }));

/** As any bot's turn. What the visitor shows of themselves is read by the rules, not told by the webhook. */
export function turnOf({ reply, answerable, handoff }: WebhookAnswer): BotTurn {
  return {
    reply: reply ? { text: reply.text, sources: sourcesOf(reply.sources) } : null,
    signals: { answerable: answerable ?? (reply ? 1 : 0), wantsHuman: 0, frustration: 0, smallTalk: false, satisfied: false },
    engine: 'webhook', ...(handoff ? { handoff } : {}),
  };
}

/** The turn, `later`, or why neither: words for the admin, without anything of the conversation. */
export function readAnswer(answer: OutgoingAnswer): BotTurn | 'later' | { failed: string } {
  if (!answer.ok) return { failed: answer.message };
  if (answer.status === 202) return 'later';
  if (answer.status !== 200) return { failed: `It answered with status ${answer.status}; 200 with an answer or 202 is expected.` };
  const parsed = WebhookAnswer.safeParse(json(answer.body));
  if (parsed.success) return turnOf(parsed.data);
  const issue = parsed.error.issues[0];
  return { failed: `Its answer is not one: ${issue?.path.join('.') || 'the body'}: ${issue?.code ?? 'unreadable'}. It looks like {"reply":{"text":"…"}}` };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // refused by the schema as any other body that cannot be read
  }
}
