import { WorkspaceId } from '#lib/protocol/ids.ts';

/** One deployment serves one workspace; everything is keyed by it, so that more can come. */
export const WORKSPACE_ID = WorkspaceId.parse('main');
