import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { effectWords, leavingWords, whoWords, type AvailabilityState } from './summary.ts';
import { useSwitch, type AvailabilitySwitch } from './use-switch.ts';
import css from './availability.module.css';

export interface AvailabilityProps {
  availability: AvailabilityState; waitingCount: number; isOnline: boolean;
  /** Null when done, or why not, in words. */
  onSet: (on: boolean) => Promise<string | null>;
}

const isOff = ({ availability, isOnline }: AvailabilityProps): boolean => !isOnline || !availability.maySwitch || availability.value === 'handoff_off';
const checkedOf = ({ value }: AvailabilityState): boolean | 'mixed' => (value === 'mixed' ? 'mixed' : value === 'on');

/** The toolbar's whole switch: what visitors get, who switched it and when, and what is in the way. */
export function AvailabilityPanel(props: AvailabilityProps) {
  const control = useSwitch(props.availability, props.waitingCount, props.onSet);
  const who = whoWords(control.shown);
  return (
    <>
      <div className={css.panel}>
        <Switch label="Agents available" checked={checkedOf(control.shown)} hint={effectWords(control.shown)} disabled={isOff(props)} onChange={control.flip} />
        {who ? <p className={css.who}>{who}</p> : null}
        {props.availability.maySwitch ? null : <p className={css.who}>Only leads and admins can switch this.</p>}
        <Rest {...props} control={control} />
      </div>
      <Ask control={control} waitingCount={props.waitingCount} />
    </>
  );
}

function Rest({ control, ...props }: AvailabilityProps & { control: AvailabilitySwitch }) {
  return (
    <>
      {control.shown.value === 'mixed' ? (
        <div className={css.both}>
          <Button small disabled={isOff(props)} onClick={() => control.flip(true)}>All on</Button>
          <Button small disabled={isOff(props)} onClick={() => control.flip(false)}>All off</Button>
        </div>
      ) : null}
      {control.shown.value !== 'off' && props.availability.unreachable ? <p className={css.unreachable}>No agent is connected, so visitors see the offline message. This recovers by itself as soon as one connects.</p> : null}
      <p role="alert" className={css.error}>{control.error}</p>
    </>
  );
}

function Ask({ control, waitingCount }: { control: AvailabilitySwitch; waitingCount: number }) {
  if (!control.asks) return null;
  return (
    <Banner actions={<><Button small look="danger" autoFocus onClick={control.confirm}>Turn off</Button><Button small onClick={control.keep}>Keep on</Button></>}>
      {leavingWords(waitingCount)}
    </Banner>
  );
}

/** The same in the header of the side panel: the switch in the bar, what needs words below it. */
export function useAvailabilityBar(props: AvailabilityProps) {
  const control = useSwitch(props.availability, props.waitingCount, props.onSet);
  const needsWords = control.shown.value === 'mixed' || (control.shown.value === 'on' && props.availability.unreachable) || control.error !== null;
  const who = whoWords(control.shown);
  return {
    bar: <div title={[effectWords(control.shown), who].filter(Boolean).join(' ')}><Switch compact label="Agents available" checked={checkedOf(control.shown)} disabled={isOff(props)} onChange={control.flip} /></div>,
    below: (
      <>
        {needsWords ? <div className={`${css.panel} ${css.below}`}>{control.shown.value === 'mixed' ? <p>{effectWords(control.shown)}</p> : null}<Rest {...props} control={control} /></div> : null}
        <Ask control={control} waitingCount={props.waitingCount} />
      </>
    ),
  };
}
