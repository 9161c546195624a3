import { useEffect } from 'react';
import { isAllowed } from '#lib/protocol/permission.ts';
import { LinkButton } from '#components/ui/button.tsx';
import { EmptyState, SkeletonRows } from '#components/ui/empty-state.tsx';
import { settingsOfWizard } from '#components/wizard/wizard.ts';
import { WizardView } from '#components/wizard/wizard-view.tsx';
import type { OptionsData } from './data.ts';
import { Preview } from './preview.tsx';
import { botHref, playgroundHref } from './route.ts';
import type { WizardDesk } from './use-wizard.ts';

/** `#/bots/new`: the wizard, for admins. */
export function NewBotScreen({ data, desk }: { data: OptionsData; desk: WizardDesk }) {
  const mayAdd = data.self !== null && isAllowed(data.self.member.role, 'bot.add', data.workspace?.agentsMaySwitch ?? false);
  const { current, begin, end } = desk;
  useEffect(() => { if (mayAdd && !current) begin(); }, [mayAdd, current, begin]);
  // Left behind for good once it is made: the next Add bot begins anew.
  const isMade = current?.finish?.parts.every(({ state }) => state === 'done') ?? false;
  useEffect(() => () => { if (isMade) end(); }, [isMade]);
  if (!mayAdd) return <EmptyState title="Only admins can add bots."><LinkButton href="#/bots">All bots</LinkButton></EmptyState>;
  if (!current) return <SkeletonRows />;
  return (
    <WizardView wizard={current} isReading={desk.isReading} playground={playgroundHref(current.botId)} settings={botHref(current.botId, 'general')}
      preview={current.step === 'support' ? <Preview settings={settingsOfWizard(current)} waitingTooLongMs={data.workspace?.waitingTooLongMs ?? 180_000} /> : null}
      onChange={desk.change} onNext={desk.next} onFiles={(files) => void desk.files(files)} onAgain={desk.again}
      onCancel={() => { end(); location.hash = '#/bots'; }} />
  );
}
