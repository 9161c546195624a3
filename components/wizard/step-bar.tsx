import { STEPS, STEP_NAMES, type WizardStep } from './wizard.ts';
import css from './wizard.module.css';

/** Where in the wizard one is; said as well as shown. */
export function StepBar({ step }: { step: WizardStep }) {
  const now = STEPS.indexOf(step);
  return (
    <ol className={css.steps} aria-label="Steps">
      {STEPS.map((each, at) => (
        <li key={each} className={at < now ? `${css.step} ${css.past}` : css.step} aria-current={at === now ? 'step' : undefined}>
          {at < now ? <span className="said">Done: </span> : null}{STEP_NAMES[each]}
        </li>
      ))}
    </ol>
  );
}
