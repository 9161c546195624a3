import { Button, LinkButton } from '#components/ui/button.tsx';
import { Banner } from '#components/ui/banner.tsx';
import css from '#components/settings/settings.module.css';
import { Steps } from '#components/settings/steps.tsx';
import { nextPart, partWords } from './finish.ts';
import type { Wizard } from './wizard.ts';
import own from './wizard.module.css';

export interface DoneStepProps { wizard: Wizard; playground: string; settings: string; onAgain: () => void }

/** How far the creation is, what was not kept, and where to go. @property playground, settings addresses of the new bot */
export function DoneStep({ wizard, playground, settings, onAgain }: DoneStepProps) {
  const { finish, name, refused } = wizard;
  if (!finish) return null;
  const left = nextPart(finish);
  const hasBot = finish.parts.some(({ kind, state }) => kind === 'bot' && state === 'done');
  return (
    <>
      <Steps label="Creating the bot" steps={finish.parts.map((part) => ({ text: partWords(part, wizard), state: part.state, hint: part.problem ?? undefined }))} />
      {refused.length > 0 ? (
        <div role="alert" className={css.stack}>
          <p className={css.bad}>Not added; everything else was kept:</p>
          <ul className={css.stack}>{refused.map((file) => <li key={file.name}><span className={css.name}>{file.name}</span>: {file.reason}</li>)}</ul>
        </div>
      ) : null}
      {left?.state === 'failed' ? (
        <Banner tone="bad" actions={<Button small disabled={finish.isRunning} onClick={onAgain}>Try again</Button>}>
          {hasBot ? `${name.trim()} was added, but is not complete. Trying again goes on where it stopped and does nothing twice.` : 'Nothing was added yet. Trying again does nothing twice.'}
        </Banner>
      ) : null}
      {left === null ? (
        <div className={own.ready} role="status">
          <p><strong>{name.trim()} is ready</strong> and answers in the Playground. To put it on your site, list the site in its General tab and copy the snippet there.</p>
          <div className={css.row}>
            <LinkButton look="primary" href={playground}>Open the Playground</LinkButton>
            <LinkButton href={settings}>Its settings</LinkButton>
          </div>
        </div>
      ) : null}
    </>
  );
}
