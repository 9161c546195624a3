import { Button } from '#components/ui/button.tsx';
import css from './settings.module.css';

export interface SaveBarProps { isDirty: boolean; isSaving: boolean; onSave: () => void; onDiscard: () => void }

/** On screen only while something is unsaved. */
export function SaveBar({ isDirty, isSaving, onSave, onDiscard }: SaveBarProps) {
  if (!isDirty) return null;
  return (
    <div className={css.bar} role="group" aria-label="Unsaved changes">
      <span>Unsaved changes</span>
      <Button onClick={onDiscard} disabled={isSaving}>Discard</Button>
      <Button look="primary" onClick={onSave} disabled={isSaving}>{isSaving ? 'Saving…' : 'Save changes'}</Button>
    </div>
  );
}
