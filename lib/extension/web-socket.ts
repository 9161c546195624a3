import type { OpenSocket } from '#lib/sync/connection.ts';

/** The browser's own socket; an error is always followed by a close. */
export const openWebSocket: OpenSocket = (url, events) => {
  const socket = new WebSocket(url);
  socket.onopen = () => events.open();
  socket.onmessage = ({ data }) => { if (typeof data === 'string') events.message(data); };
  socket.onclose = ({ code }) => events.close(code);
  return { send: (text) => { if (socket.readyState === WebSocket.OPEN) socket.send(text); }, close: () => socket.close() };
};
