import { h, render } from 'preact';
import { useEffect, useRef } from 'react';
import { WidgetView } from '#lib/widget/view.tsx';
import { WIDGET_CSS } from '#lib/widget/styles.ts';
import type { WidgetActions, WidgetModel } from '#lib/widget/model.ts';

const ignore = (): void => undefined;
/** Nobody is at the other end: pressing something in the picture changes nothing. */
const ACTIONS: WidgetActions = { send: ignore, retry: ignore, escalate: ignore, answerOffer: ignore, back: ignore, leaveEmail: ignore, feedback: ignore, typing: ignore };

export interface WidgetFrameProps {
  model: WidgetModel; scheme: 'light' | 'dark'; className: string | undefined;
  /** Absent: a picture, in which nothing happens. */
  actions?: WidgetActions; onClose?: () => void;
}

/** Mounts the real Preact view in a shadow root, where it lives on the visitor's page too. */
export function WidgetFrame({ model, scheme, className, actions = ACTIONS, onClose = ignore }: WidgetFrameProps) {
  const host = useRef<HTMLDivElement>(null);
  const mount = useRef<HTMLDivElement | null>(null);
  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' });
    if (!root) return undefined;
    const style = document.createElement('style');
    style.textContent = WIDGET_CSS;
    const place = document.createElement('div');
    place.style.height = '100%';
    root.replaceChildren(style, place);
    mount.current = place;
    return () => { render(null, place); mount.current = null; };
  }, []);
  useEffect(() => {
    if (mount.current) render(h(WidgetView, { model, actions, open: true, onOpenChange: onClose, embedded: true }), mount.current);
  });
  return <div ref={host} className={className} style={{ colorScheme: scheme }} />;
}
