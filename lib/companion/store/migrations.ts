/** Numbered migrations: each runs once, in order, in one transaction; `user_version` says how far. Never edit one that shipped. */
export const MIGRATIONS = [`
  create table workspace (id text primary key, seq integer not null, head integer not null, body text not null) strict, without rowid;
  create table bot (id text primary key, workspace text not null, seq integer not null, body text not null) strict, without rowid;
  create table member (id text primary key, workspace text not null, seq integer not null, body text not null) strict, without rowid;
  create table visitor (id text not null, bot text not null, secret_hash text not null, conversation text not null, primary key (id, bot)) strict, without rowid;
  create table conversation (
    id text primary key, workspace text not null, bot text not null, channel text not null, status text not null,
    claimed integer not null, floor text not null, escalated_at integer, last_at integer not null, resolved_at integer, claim_active_at integer,
    owed integer, seq integer not null, body text not null
  ) strict, without rowid;
  create index conversation_seq on conversation (workspace, seq);
  create index conversation_last on conversation (workspace, last_at);
  create index conversation_status on conversation (workspace, status, last_at);
  create index conversation_queue on conversation (workspace, escalated_at) where status = 'escalated' and claimed = 0 and floor = 'team';
  create index conversation_owed on conversation (workspace, owed) where owed is not null;
  create index conversation_claim on conversation (workspace, claim_active_at) where claim_active_at is not null;
  create index conversation_resolved on conversation (workspace, resolved_at) where status = 'resolved';
  create table message (conversation text not null, idx integer not null, id text not null unique, seq integer not null, body text not null, primary key (conversation, idx)) strict, without rowid;
  create table note (id text primary key, workspace text not null, conversation text not null, seq integer not null, body text not null) strict, without rowid;
  create index note_seq on note (workspace, seq);
  create index note_conversation on note (conversation, seq);
  create table command (actor text not null, id text not null, digest text not null, result text not null, at integer not null, primary key (actor, id)) strict, without rowid;
  create index command_at on command (at);
  create table knowledge (id text primary key, bot text not null, body text not null) strict, without rowid;
  create index knowledge_bot on knowledge (bot);
  create table pairing_code (hash text primary key, member text not null, expires_at integer not null, used_at integer) strict, without rowid;
  create table device (id text primary key, member text not null, token_hash text not null, previous_hash text, body text not null) strict, without rowid;
  create unique index device_token on device (token_hash);
  create index device_previous on device (previous_hash);
`, `
  create table lease (node text not null, member text not null, until integer not null, primary key (node, member)) strict, without rowid;
`, `
  alter table conversation add column visitor text not null default '';
  update conversation set visitor = body ->> '$.visitor.id';
  create index conversation_visitor on conversation (bot, visitor);
  create table gone (id text primary key, workspace text not null, seq integer not null, visitor text not null, body text not null) strict, without rowid;
  create index gone_seq on gone (workspace, seq);
  create index gone_visitor on gone (visitor);
  create table audit (workspace text not null, n integer not null, body text not null, primary key (workspace, n)) strict, without rowid;
  create trigger audit_keeps before update on audit begin select raise(abort, 'the audit log is append-only'); end;
  create trigger audit_stays before delete on audit begin select raise(abort, 'the audit log is append-only'); end;
  create table upkeep (name text primary key, at integer not null) strict, without rowid;
`, `
  create table turn (conversation text not null, idx integer not null, bot text not null, at integer not null, missed integer not null, body text not null, primary key (conversation, idx)) strict, without rowid;
  create index turn_missed on turn (bot, at) where missed = 1;
  create table secret (bot text not null, name text not null, at integer not null, body text not null, primary key (bot, name)) strict, without rowid;
`, `
  alter table knowledge add column at integer not null default 0;
  update knowledge set at = body ->> '$.at';
  create index knowledge_mark on knowledge (bot, id, at);
  drop index knowledge_bot;
`];
