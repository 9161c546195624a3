import { useId, useState, type FormEvent } from 'react';
import { POLICY_WORDS_MAX } from '#lib/protocol/limits.ts';
import { DEFAULT_DETECTION, type BotSettings, type Detection, type Policy } from '#lib/protocol/settings.ts';
import { Button } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { policyProblem, soonerWords } from './detection-words.ts';
import css from './settings.module.css';

export interface DetectionFormProps { settings: BotSettings; isReadOnly: boolean; onChange: (settings: BotSettings) => void }

/** When the bot takes itself to be unable to help, and which words bring a person. */
export function DetectionForm({ settings, isReadOnly, onChange }: DetectionFormProps) {
  const detection = settings.detection ?? DEFAULT_DETECTION;
  const set = (change: Partial<Detection>): void => onChange({ ...settings, detection: { ...detection, ...change } });
  return (
    <section className={css.card} aria-labelledby="detection-title">
      <h2 id="detection-title">When the bot can’t help</h2>
      <Slider value={detection.falseReject} isReadOnly={isReadOnly} onChange={(falseReject) => set({ falseReject })} />
      <Policies policies={detection.policies} isReadOnly={isReadOnly} onChange={(policies) => set({ policies })} />
    </section>
  );
}

function Slider({ value, isReadOnly, onChange }: { value: number; isReadOnly: boolean; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <div className={css.stack}>
      <label className={css.name} htmlFor={id}>Offer a person</label>
      <input id={id} className={css.range} type="range" min={2} max={50} step={1} value={Math.round(value * 100)} disabled={isReadOnly} aria-valuetext={soonerWords(value)} aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(Number(event.currentTarget.value) / 100)} />
      <div className={css.row}><span className={`${css.grow} ${css.mut}`}>later</span><span className={css.mut}>sooner</span></div>
      <p id={`${id}-hint`} className={css.mut}>{soonerWords(value)}</p>
    </div>
  );
}

const ACTS: { value: Policy['act']; label: string }[] = [{ value: 'offer', label: 'Offer a person' }, { value: 'escalate', label: 'Fetch a person at once' }];

function Policies({ policies, isReadOnly, onChange }: { policies: readonly Policy[]; isReadOnly: boolean; onChange: (policies: Policy[]) => void }) {
  const [words, setWords] = useState('');
  const [act, setAct] = useState<Policy['act']>('offer');
  const [error, setError] = useState<string | null>(null);
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = policyProblem(words, policies);
    setError(wrong);
    if (wrong) return;
    setWords('');
    onChange([...policies, { words: words.trim(), act }]);
  };
  return (
    <div className={css.stack}>
      <h3 className={css.name}>Words that bring a person</h3>
      {policies.length === 0 ? <p className={css.mut}>None yet. For example “cancel my contract” or “lawyer”: whole words, as they are, in any case.</p> : (
        <ul className={css.list}>
          {policies.map((one) => (
            <li key={one.words} className={css.item}>
              <span className={`${css.grow} ${css.name}`}>{one.words}</span>
              <span className={css.mut}>{ACTS.find(({ value }) => value === one.act)?.label}</span>
              {isReadOnly ? null : <Button small aria-label={`Remove ${one.words}`} onClick={() => onChange(policies.filter((other) => other !== one))}>Remove</Button>}
            </li>
          ))}
        </ul>
      )}
      {isReadOnly ? null : (
        <form className={css.stack} noValidate onSubmit={add}>
          <TextField label="Words or phrase" value={words} error={error} limit={POLICY_WORDS_MAX} autoComplete="off" onChange={(event) => setWords(event.currentTarget.value)} />
          <SelectField label="What happens" value={act} options={ACTS} onChange={setAct} />
          <div><Button type="submit">Add words</Button></div>
        </form>
      )}
    </div>
  );
}
