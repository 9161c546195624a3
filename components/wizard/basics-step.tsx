import { MESSAGE_MAX, NAME_MAX } from '#lib/protocol/limits.ts';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { greetingOf, type Wizard } from './wizard.ts';

export interface StepProps { wizard: Wizard; onChange: (change: Partial<Wizard>) => void }

/** Name and greeting. */
export function BasicsStep({ wizard, onChange }: StepProps) {
  const { name, errors } = wizard;
  return (
    <>
      <TextField label="Name" value={name} error={errors.name} limit={NAME_MAX} autoComplete="off" onChange={(event) => onChange({ name: event.currentTarget.value })}
        hint="Visitors see it above the bot’s answers." />
      <TextArea label="Greeting" value={greetingOf(wizard)} error={errors.greeting} limit={MESSAGE_MAX} onChange={(event) => onChange({ greeting: event.currentTarget.value })}
        hint="What visitors read when they open the chat." />
    </>
  );
}
