/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { WidgetActions, WidgetModel } from './model.ts';
import { EmailField } from './email-field.tsx';
import { WORDS } from './words.ts';

/** True once the wait is too long (law 10); wakes itself when that moment comes. */
function useTooLong(model: WidgetModel): boolean {
  const until = model.conversation?.waiting && model.bot ? model.conversation.waiting.since + model.bot.waitingTooLongMs - model.clockOffset : null;
  const [, wake] = useState(0);
  useEffect(() => {
    if (until === null || until <= Date.now()) return undefined;
    const timer = setTimeout(() => { wake((count) => count + 1); }, Math.min(until - Date.now() + 20, 2 ** 31 - 1));
    return () => { clearTimeout(timer); };
  }, [until]);
  return until !== null && until <= Date.now();
}

/** Everything about people, between the log and the composer; made from state alone. */
export function Support({ model, actions }: { model: WidgetModel; actions: WidgetActions }) {
  const tooLong = useTooLong(model);
  const { bot, conversation } = model;
  if (!bot) return null;
  const waiting = conversation?.waiting;
  const { enabled, mode } = bot.handoff;
  const button = enabled && mode !== 'auto' && !waiting && conversation?.floor !== 'team' && !conversation?.offline;
  const email = conversation?.offline || (waiting && (tooLong || conversation.email));
  if (!button && !waiting && !email) return null;
  return (
    <div class="support">
      {waiting && <p role="status">{tooLong && !conversation.email ? WORDS.busy : WORDS.queued} {WORDS.place(waiting.place)}</p>}
      {email && <EmailField email={conversation?.email ?? null} onLeave={actions.leaveEmail} />}
      {waiting && <button type="button" class="chip" onClick={actions.back}>{WORDS.back}</button>}
      {button && <button type="button" class="chip" onClick={actions.escalate}>{WORDS.talk}</button>}
    </div>
  );
}
