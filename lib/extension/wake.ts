const ALARM = 'reconnect';

/** Everything that wakes the worker reconnects it. Call synchronously at start, so that no waking event is missed. */
export function wakeOn(connect: () => void): void {
  chrome.alarms.onAlarm.addListener((alarm) => { if (alarm.name === ALARM) connect(); });
  chrome.runtime.onStartup.addListener(connect);
  chrome.runtime.onInstalled.addListener(connect);
  chrome.runtime.onConnect.addListener(connect);
  self.addEventListener('online', connect);
  // Alarms are lost with an update.
  void chrome.alarms.create(ALARM, { periodInMinutes: 0.5 });
  connect();
}
