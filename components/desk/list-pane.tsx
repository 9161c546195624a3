import { Button } from '#components/ui/button.tsx';
import { SkeletonRows } from '#components/ui/empty-state.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { FilterBar } from '#components/inbox/filter-bar.tsx';
import { isFiltered } from '#components/inbox/filter.ts';
import { InboxEmpty } from '#components/inbox/inbox-empty.tsx';
import { InboxList } from '#components/inbox/inbox-list.tsx';
import { TAB_LABEL, TABS } from '#components/inbox/queue.ts';
import type { DeskActs, DeskData, ListData, View } from './model.ts';
import css from './desk.module.css';

export interface ListPaneProps { data: DeskData; view: View; acts: DeskActs; say: (text: string, bad?: boolean) => void }

const SOURCE_WORDS: Record<ListData['source'], string> = {
  live: 'Latest conversations', server: 'From the companion', cache: 'Offline: only what this browser keeps',
};

/** The tabs, the filters of All, and the rows. */
export function ListPane({ data, view, acts, say }: ListPaneProps) {
  const { list, counts } = data;
  const { exportCsv } = acts;
  const save = async () => { const refused = await exportCsv?.(); say(refused ?? 'Exported.', Boolean(refused)); };
  return (
    <div className={css.listPane}>
      <nav aria-label="Queues">
        <Tabs label="Queues" panelId="desk-list" value={view.tab} onChange={(tab) => acts.setView({ tab })}
          tabs={TABS.map((value) => ({ value, label: TAB_LABEL[value], count: value === 'all' ? undefined : counts[value] }))} />
      </nav>
      {view.tab === 'all' ? (
        <FilterBar filter={view.filter} bots={data.bots} onChange={(filter) => acts.setView({ filter })}>
          <span>{SOURCE_WORDS[list.source]}</span>
          {exportCsv ? <Button small onClick={() => void save()}>Export CSV</Button> : null}
        </FilterBar>
      ) : null}
      <div id="desk-list" role="tabpanel" aria-labelledby={`desk-list-${view.tab}`} className={css.rows}>
        {list.rows === null ? <SkeletonRows /> : list.rows.length === 0 ? <InboxEmpty tab={view.tab} isFiltered={view.tab === 'all' && isFiltered(view.filter)} /> : (
          <InboxList label={TAB_LABEL[view.tab]} rows={list.rows} self={data.self?.id ?? null} selectedId={view.selectedId} clockOffset={data.clockOffset}
            showStatus={view.tab === 'all'} onOpen={(selectedId) => acts.setView({ selectedId })} />
        )}
        {list.rows?.length && list.more ? <div className={css.more}><Button small onClick={acts.loadMore}>Load more</Button></div> : null}
      </div>
    </div>
  );
}
