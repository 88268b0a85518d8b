import { useEffect, useRef } from 'preact/hooks';
import type { ChannelCard } from '../contract.js';

interface Shortcuts {
  readonly jump: () => void;
  readonly step: (by: 1 | -1) => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** The keys that work everywhere: Ctrl or Cmd+K to jump, Alt with arrows to step, / to write. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const done = obey(event, latest.current);
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

function obey(event: KeyboardEvent, { jump, step }: Shortcuts): boolean {
  if (document.querySelector('dialog[open]') !== null) return false;
  const { key } = event;
  if (key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
    jump();
    return true;
  }
  if (event.altKey && (key === 'ArrowDown' || key === 'ArrowUp')) {
    step(key === 'ArrowDown' ? 1 : -1);
    return true;
  }
  if (key === '/' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) {
    document.getElementById('composer')?.focus();
    return document.getElementById('composer') !== null;
  }
  return false;
}

/** The channel before or after the open one, round and round. */
export function neighbour(
  channels: readonly ChannelCard[],
  open: string | undefined,
  by: 1 | -1,
): string | undefined {
  const at = channels.findIndex(({ id }) => id === open);
  return channels[(at + by + channels.length) % channels.length]?.id;
}

/** `⌘K` where that is the custom, else `Ctrl K`. */
export const jumpKeys = (): string => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K');
