import '#lib/extension/jitless.ts';
import { defineBackground } from 'wxt/utils/define-background';
import { listen } from '#lib/extension/listen.ts';
import { openPanel, trackWindow } from '#lib/extension/open-panel.ts';
import { wakeOn } from '#lib/extension/wake.ts';
import { createWorker } from '#lib/extension/worker.ts';

/** Every listener is registered before the first await: a waking event finds it. */
export default defineBackground({
  type: 'module',
  main() {
    const worker = createWorker();
    listen(worker.handlers);
    trackWindow();
    chrome.notifications.onClicked.addListener((id) => { openPanel(id); void chrome.notifications.clear(id); });
    chrome.commands.onCommand.addListener((command) => { if (command === 'open-inbox') openPanel(null); });
    chrome.runtime.onInstalled.addListener(({ reason }) => {
      if (reason === 'install') void chrome.tabs.create({ url: chrome.runtime.getURL('/welcome.html') });
    });
    // The badge's colour follows the longest wait, which grows without any event.
    chrome.alarms.onAlarm.addListener(worker.refresh);
    wakeOn(worker.connect);
  },
});
