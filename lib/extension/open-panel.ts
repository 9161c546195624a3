let windowId: number = -2;

/** Keeps the window in front at hand: asking for it in a click would spend the gesture. Call synchronously at start. */
export function trackWindow(): void {
  chrome.windows.onFocusChanged.addListener((id) => { if (id !== chrome.windows.WINDOW_ID_NONE) windowId = id; });
  void chrome.windows.getLastFocused().then((current) => { windowId = current.id ?? windowId; }, () => undefined);
}

/** Opens the side panel, at a conversation if given; where the browser refuses, the full page. Call inside the gesture. */
export function openPanel(conversationId: string | null): void {
  if (conversationId) void chrome.storage.session.set({ openConversation: conversationId });
  chrome.sidePanel.open({ windowId }).catch(() => chrome.tabs.create({ url: chrome.runtime.getURL(`/inbox.html${conversationId ? `#${conversationId}` : ''}`) }));
}
