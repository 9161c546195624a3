import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/settings/confirm.tsx';
import css from '#components/settings/settings.module.css';
import { BasicsStep } from './basics-step.tsx';
import { DoneStep } from './done-step.tsx';
import { KnowledgeStep } from './knowledge-step.tsx';
import { StepBar } from './step-bar.tsx';
import { SupportStep } from './support-step.tsx';
import { STEP_NAMES, backStep, isDirty, type Wizard } from './wizard.ts';
import own from './wizard.module.css';

export interface WizardViewProps {
  wizard: Wizard; isReading: boolean; preview: ReactNode; playground: string; settings: string;
  onChange: (next: Wizard) => void; onNext: () => void; onCancel: () => void; onFiles: (files: File[]) => void; onAgain: () => void;
}

/** Focus follows the step and the first mistake, so that keyboard and screen reader are where something changed. */
function useFocus(wizard: Wizard) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(wizard.step);
  useEffect(() => {
    if (shown.current === wizard.step) return;
    shown.current = wizard.step;
    heading.current?.focus();
  }, [wizard.step]);
  useEffect(() => {
    if (Object.keys({ ...wizard.errors, ...wizard.pairErrors }).length > 0) heading.current?.parentElement?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [wizard.errors, wizard.pairErrors]);
  return heading;
}

/** Add bot, step by step. Nothing leaves the page before Create bot. */
export function WizardView({ wizard, isReading, preview, playground, settings, onChange, onNext, onCancel, onFiles, onAgain }: WizardViewProps) {
  const [isLeaving, setLeaving] = useState(false);
  const heading = useFocus(wizard);
  const change = (part: Partial<Wizard>) => onChange({ ...wizard, ...part });
  const next = (event: FormEvent) => { event.preventDefault(); onNext(); };
  const { step } = wizard;
  return (
    <>
      <div className={css.heading}><h1>Add a bot</h1><StepBar step={step} /></div>
      <section className={step === 'basics' || step === 'done' ? `${own.body} ${own.narrow}` : own.body} aria-labelledby="wizard-step">
        <h2 id="wizard-step" ref={heading} tabIndex={-1}>{STEP_NAMES[step]}</h2>
        {step === 'basics' ? <form id="wizard-form" noValidate className={css.card} onSubmit={next}><BasicsStep wizard={wizard} onChange={change} /></form> : null}
        {step === 'knowledge' ? <KnowledgeStep wizard={wizard} isReading={isReading} onChange={onChange} onFiles={onFiles} /> : null}
        {step === 'support' ? <form id="wizard-form" noValidate onSubmit={next}><SupportStep wizard={wizard} onChange={change} preview={preview} /></form> : null}
        {step === 'done' ? <DoneStep wizard={wizard} playground={playground} settings={settings} onAgain={onAgain} /> : (
          <div className={own.foot}>
            <Button look="quiet" onClick={() => (isDirty(wizard) ? setLeaving(true) : onCancel())}>Cancel</Button>
            {step === 'basics' ? null : <Button onClick={() => onChange(backStep(wizard))}>Back</Button>}
            {/* A key for each: the same element would become the next step's submit button within the click, and submit it. */}
            {step === 'knowledge' ? <Button key={step} look="primary" disabled={isReading} onClick={onNext}>Next</Button>
              : <Button key={step} look="primary" type="submit" form="wizard-form">{step === 'support' ? 'Create bot' : 'Next'}</Button>}
          </div>
        )}
      </section>
      <Confirm title="Leave without adding the bot?" isOpen={isLeaving} doIt="Leave" onNo={() => setLeaving(false)} onYes={onCancel}>
        <p>What you typed and chose here is forgotten. No bot was added.</p>
      </Confirm>
    </>
  );
}
