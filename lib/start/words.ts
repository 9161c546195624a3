/** What `npm start` tells a person, on stderr. */
export function runningWords(at: { companion: string; demo: string | null; data: string; extension: string; browser: string | null; extensionId: string | null }): string {
  const loaded = at.browser ? `loaded in ${at.browser}, id ${at.extensionId}` : 'not loaded yet';
  const next = at.demo ? 'In the shop, ask "Where is my refund?" twice, or press Talk to a person. Then claim it from the side panel.' : 'Pair the extension, add a bot, and embed its snippet on your site.';
  return `
Companion   ${at.companion}      data in ${at.data}
Demo shop   ${at.demo ?? 'none (--no-demo)'}
Extension   ${loaded}
            For your daily browser: chrome://extensions, Developer mode, "Load unpacked", ${at.extension}
Next        ${next}
            Ctrl+C ends all of it.
`;
}

/** For whoever loads the extension by hand. @param why no browser was opened */
export function byHandWords(why: string, at: { companion: string; extension: string; code: string }): string {
  return `
${why} To load the extension yourself, in Chromium, Chrome, Edge or Brave:
  1. Open chrome://extensions and switch on Developer mode.
  2. Press "Load unpacked" and choose ${at.extension}
  3. On the page that opens, or under the extension's Options, Connection:
       Companion address  ${at.companion}
       Pairing code       ${at.code}   (works once, within its time; \`npm run baton -- code admin\` makes another)
`;
}
