/**
 * Numbered migrations of the PostgreSQL store: each runs once, in order, in one transaction under an advisory lock, so two
 * nodes may start at once. Names and columns are those of the embedded store. Never edit one that shipped.
 */
export const MIGRATIONS = [`
  create table meta (key text primary key, value text not null);
  create table workspace (id text primary key, seq bigint not null, head bigint not null, body text not null) with (fillfactor = 50);
  create table bot (id text primary key, workspace text not null, seq bigint not null, body text not null);
  create index bot_seq on bot (workspace, seq);
  create table member (id text primary key, workspace text not null, seq bigint not null, body text not null);
  create index member_seq on member (workspace, seq);
  create table visitor (id text not null, bot text not null, secret_hash text not null, conversation text not null, primary key (id, bot));
  create table conversation (
    id text primary key, workspace text not null, bot text not null, channel text not null, status text not null,
    claimed integer not null, floor text not null, escalated_at bigint, last_at bigint not null, resolved_at bigint, claim_active_at bigint,
    owed bigint, seq bigint not null, body text not null
  ) with (fillfactor = 80);
  create index conversation_seq on conversation (workspace, seq);
  create index conversation_last on conversation (workspace, last_at, id);
  create index conversation_status on conversation (workspace, status, last_at, id);
  create index conversation_queue on conversation (workspace, escalated_at, id) where status = 'escalated' and claimed = 0 and floor = 'team';
  create index conversation_owed on conversation (workspace, owed) where owed is not null;
  create index conversation_claim on conversation (workspace, claim_active_at) where claim_active_at is not null;
  create index conversation_resolved on conversation (workspace, resolved_at) where status = 'resolved';
  create table message (conversation text not null, idx bigint not null, id text not null unique, seq bigint not null, body text not null, primary key (conversation, idx));
  create table note (id text primary key, workspace text not null, conversation text not null, seq bigint not null, body text not null);
  create index note_seq on note (workspace, seq);
  create index note_conversation on note (conversation, seq);
  create table command (actor text not null, id text not null, digest text not null, result text not null, at bigint not null, primary key (actor, id));
  create index command_at on command (at);
  create table knowledge (id text primary key, bot text not null, body text not null);
  create index knowledge_bot on knowledge (bot, id);
  create table pairing_code (hash text primary key, member text not null, expires_at bigint not null, used_at bigint);
  create table device (id text primary key, member text not null, token_hash text not null unique, previous_hash text, body text not null);
  create index device_previous on device (previous_hash);
  create index device_member on device (member);
  create table lease (node text not null, member text not null, until bigint not null, primary key (node, member));
`, `
  alter table conversation add column visitor text not null default '';
  update conversation set visitor = body::json -> 'visitor' ->> 'id';
  create index conversation_visitor on conversation (bot, visitor);
  create table gone (id text primary key, workspace text not null, seq bigint not null, visitor text not null, body text not null);
  create index gone_seq on gone (workspace, seq);
  create index gone_visitor on gone (visitor);
  create table audit (workspace text not null, n bigint not null, body text not null, primary key (workspace, n));
  create function audit_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'the audit log is append-only'; end $$;
  create trigger audit_keeps before update or delete or truncate on audit execute function audit_is_append_only();
`, `
  create table turn (conversation text not null, idx bigint not null, bot text not null, at bigint not null, missed bigint not null, body text not null, primary key (conversation, idx));
  create index turn_missed on turn (bot, at) where missed = 1;
  create table secret (bot text not null, name text not null, at bigint not null, body text not null, primary key (bot, name));
`, `
  alter table knowledge add column at bigint not null default 0;
  update knowledge set at = (body::json ->> 'at')::bigint;
  create index knowledge_mark on knowledge (bot, id, at);
  create index knowledge_conversation on knowledge (split_part(id, '_', 1));
  drop index knowledge_bot;
`];
