/** The one tag a site needs. @param companion its public address, without a slash at the end */
export function embedSnippet(companion: string, botId: string): string {
  return `<script async src="${companion.replace(/\/+$/, '')}/widget.js" data-bot="${botId}"></script>`;
}
