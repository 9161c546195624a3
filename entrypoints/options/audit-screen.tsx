import { useCallback, useEffect, useState } from 'react';
import { listAudit } from '#lib/extension/api.ts';
import type { AuditPage } from '#lib/protocol/audit.ts';
import { AuditList } from '#components/audit/audit-list.tsx';
import css from '#components/settings/settings.module.css';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState, SkeletonRows } from '#components/ui/empty-state.tsx';
import type { OptionsData } from './data.ts';

function useAudit() {
  const [page, setPage] = useState<AuditPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(false);
  const load = useCallback(async (before?: number) => {
    setLoading(true);
    setProblem(null);
    try {
      const next = await listAudit(before === undefined ? {} : { before });
      setPage((held) => ({ more: next.more, entries: [...(before === undefined ? [] : held?.entries ?? []), ...next.entries] }));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setLoading(false);
    }
  }, []);
  useEffect(() => { void load(); }, [load]);
  return { page, problem, isLoading, load };
}

/** The Audit tab: who did what and when. For admins; the companion decides. */
export function AuditScreen({ data }: { data: OptionsData }) {
  if (data.self?.member.role !== 'admin') return <EmptyState title="Only admins see the audit log." />;
  return <AuditLog data={data} />;
}

function AuditLog({ data }: { data: OptionsData }) {
  const { page, problem, isLoading, load } = useAudit();
  const names = new Map([...data.bots, ...data.members].map(({ id, name }) => [id as string, name]));
  return (
    <>
      <div className={css.heading}><h1>Audit</h1><Button small disabled={isLoading} onClick={() => void load()}>Refresh</Button></div>
      <p className={css.mut}>Who changed settings, people or availability, exported or deleted data. Nobody can change or remove an entry; what visitors and your team wrote to each other is never in it.</p>
      {problem ? <Banner tone="bad" actions={<Button small onClick={() => void load()}>Try again</Button>}>{problem}</Banner> : null}
      {page ? <AuditList entries={page.entries} names={names} more={page.more} isLoading={isLoading} onOlder={() => void load(page.entries.at(-1)?.n)} /> : problem ? null : <SkeletonRows />}
    </>
  );
}
