import type { ReactNode } from 'react';
import { Switch } from '#components/ui/switch.tsx';
import { HandoffForm } from '#components/settings/handoff-form.tsx';
import css from '#components/settings/settings.module.css';
import type { StepProps } from './basics-step.tsx';

/** The same form as the Support tab, with the proposal in it. @property preview what visitors see of it */
export function SupportStep({ wizard, onChange, preview }: StepProps & { preview: ReactNode }) {
  return (
    <div className={css.columns}>
      <div className={css.card}>
        <HandoffForm settings={wizard.handoff} errors={wizard.errors} isReadOnly={false} onChange={(handoff) => onChange({ handoff })} />
        <Switch label="Agents available" checked={wizard.available} onChange={(available) => onChange({ available })}
          hint={wizard.available ? 'On: visitors can reach a person as soon as the bot is made.' : 'Off: visitors see the offline message until somebody switches it on, here or in the popup.'} />
      </div>
      {preview}
    </div>
  );
}
