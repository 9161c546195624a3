import type { Mount } from './app.tsx';

/**
 * What a site embeds: draws the launcher, and brings the app when somebody means to use it. Text nodes and constructed
 * style sheets only, so that strict `style-src` and Trusted Types policies hold.
 */
const start = (script: HTMLScriptElement): void => {
  const bot = script.dataset['bot'] ?? '';
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host{all:initial}#launcher{position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483647;box-sizing:border-box;min-width:60px;height:60px;padding:0 18px;border:2px solid transparent;border-radius:30px;background:#0b6b5c;color:#fff;font:600 16px system-ui,sans-serif;box-shadow:0 4px 16px #0005;cursor:pointer}#launcher:focus-visible{outline:3px solid #1d4ed8;outline-offset:3px}#launcher[hidden]{display:none}');
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.id = 'launcher';
  button.type = 'button';
  button.textContent = 'Chat';
  button.ariaLabel = 'Open chat';
  button.ariaExpanded = 'false';
  root.append(button);
  (document.body ?? document.documentElement).append(host);
  let app: Promise<void> | null = null;
  let wanted = false;
  const load = (): void => {
    app ??= import(/* @vite-ignore */ new URL('widget/app.js', script.src).href).then(
      (module: { mount: (to: Mount) => void }) => { module.mount({ root, button, bot, companion: script.src, open: wanted }); },
      (error: unknown) => { app = null; console.error('Baton: the chat could not be loaded from ' + script.src, error); });
  };
  for (const kind of ['pointerenter', 'focus', 'click']) button.addEventListener(kind, () => { wanted ||= kind === 'click'; load(); });
  try {
    if (localStorage.getItem(`baton:${bot}:talks`)) (globalThis.requestIdleCallback ?? setTimeout)(load);
  } catch { wanted = false; /* blocked storage: the app comes when asked for */ }
};
if (document.currentScript instanceof HTMLScriptElement) start(document.currentScript);
