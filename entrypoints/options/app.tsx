import { useCallback, useState, type ReactNode } from 'react';
import { Banner } from '#components/ui/banner.tsx';
import { LinkButton } from '#components/ui/button.tsx';
import { EmptyState, SkeletonRows } from '#components/ui/empty-state.tsx';
import { Toast } from '#components/ui/toast.tsx';
import { linkWords } from '#components/settings/link-words.ts';
import { isDirty } from '#components/wizard/wizard.ts';
import { AuditScreen } from './audit-screen.tsx';
import { BotScreen } from './bot-screen.tsx';
import { BotsScreen } from './bots-screen.tsx';
import { ConnectionScreen } from './connection-screen.tsx';
import { useOptionsData, type OptionsData } from './data.ts';
import css from './options.module.css';
import { readRoute, useHash, type Route } from './route.ts';
import { NewBotScreen } from './new-bot-screen.tsx';
import { PlaygroundScreen } from './playground-screen.tsx';
import { TeamScreen } from './team-screen.tsx';
import { useLeaveGuard, type Edits } from './use-bot-draft.ts';
import { useNotice, type Notice } from './use-notice.ts';
import { useWizard, type WizardDesk } from './use-wizard.ts';

const PAGES = [['connection', 'Connection'], ['bots', 'Bots'], ['playground', 'Playground'], ['team', 'Team'], ['audit', 'Audit'], ['about', 'About']] as const;

/** The settings of this browser, the bots and the team. */
export function App() {
  const route = readRoute(useHash());
  const data = useOptionsData();
  const notice = useNotice();
  const [edits] = useState<Edits>(() => new Map());
  const wizard = useWizard();
  const typed = wizard.current;
  useLeaveGuard(useCallback(() => [...edits.values()].some(({ wasSaved }) => !wasSaved) || (typed !== null && isDirty(typed)), [edits, typed]));
  const current = route.page === 'bot' || route.page === 'new-bot' ? 'bots' : route.page;
  return (
    <div className={css.page}>
      <header className={css.top}>
        <span className={css.brand}>Baton</span>
        <nav className={css.nav} aria-label="Settings">
          {PAGES.filter(([page]) => page !== 'audit' || data?.self?.member.role === 'admin').map(([page, label]) => <a key={page} className={css.link} href={`#/${page}`} aria-current={page === current ? 'page' : undefined}>{label}</a>)}
        </nav>
      </header>
      <main className={css.main}>{data ? <Page route={route} data={data} notice={notice} edits={edits} wizard={wizard} /> : <SkeletonRows />}</main>
      <footer className={css.foot}>{data?.self ? <>Help: <a href={`${data.self.companion}/help`}>guides of your companion</a></> : 'An admin of your team has the address and a pairing code.'}</footer>
      <Toast message={notice.message} onClose={notice.close} />
    </div>
  );
}

interface PageProps { route: Route; data: OptionsData; notice: Notice; edits: Edits; wizard: WizardDesk }

function Page({ route, data, notice, edits, wizard }: PageProps): ReactNode {
  if (route.page === 'about') return <About />;
  if (route.page === 'connection') return <ConnectionScreen data={data} notice={notice} />;
  if (!data.self) {
    return <EmptyState title="Not connected yet."><LinkButton look="primary" href="#/connection">Connect</LinkButton></EmptyState>;
  }
  return (
    <>
      {data.link.name === 'online' ? null : <Banner>{linkWords(data.link, Date.now()).text}. What you see is the last known state; it can be read but not changed.</Banner>}
      {route.page === 'bots' ? <BotsScreen data={data} notice={notice} /> : null}
      {route.page === 'new-bot' ? <NewBotScreen data={data} desk={wizard} /> : null}
      {route.page === 'playground' ? <PlaygroundScreen data={data} botId={route.botId} /> : null}
      {route.page === 'team' ? <TeamScreen data={data} notice={notice} /> : null}
      {route.page === 'audit' ? <AuditScreen data={data} /> : null}
      {route.page === 'bot' ? <OneBot route={route} data={data} notice={notice} edits={edits} /> : null}
    </>
  );
}

function OneBot({ route, ...rest }: Omit<PageProps, 'wizard'> & { route: Extract<Route, { page: 'bot' }> }) {
  const bot = rest.data.bots.find((each) => each.id === route.botId);
  if (!bot) return <EmptyState title="There is no such bot."><LinkButton href="#/bots">All bots</LinkButton></EmptyState>;
  return <BotScreen key={bot.id} bot={bot} tab={route.tab} {...rest} />;
}

function About() {
  return (
    <>
      <h1>About Baton</h1>
      <p>A bot answers visitors; when it can’t help, or a visitor prefers a person, you answer from the side panel beside your other tabs.</p>
      <p>This browser keeps a copy of recent conversations, so that you can read and reply while you are offline. The companion your team runs stays the truth. Nothing is sent anywhere else.</p>
      <p>Version {chrome.runtime.getManifest().version}</p>
    </>
  );
}
