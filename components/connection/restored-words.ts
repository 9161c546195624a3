/** @param whom the visitor of each reply or note; null: not known here */
export function restoredWords(whom: readonly (string | null)[]): string {
  const names = [...new Set(whom.flatMap((name) => name ?? []))];
  const listed = names.length > 3 ? `${names.slice(0, 3).join(', ')} and others` : names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0];
  const [what, are] = whom.length === 1 ? ['1 unsent reply was', 'is'] : [`${whom.length} unsent replies were`, 'are'];
  return `This browser lost what Baton had stored, and fetched it again. ${what} kept and ${are} being sent${listed ? `, to ${listed}` : ''}. Drafts may be gone.`;
}
