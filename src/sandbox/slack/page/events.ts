import type { Happening } from '../contract.js';

export interface Listener {
  readonly onHappening: (happening: Happening) => void;
  /** The stream is there, at first or again: what happened before must be fetched. */
  readonly onOpen: () => void;
  readonly onLost: () => void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

/** Follows what happens for a person, reconnecting by itself with growing pauses. Gives the function that stops it. */
export function followEvents(as: string, listener: Listener): () => void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  let pause = FIRST_PAUSE;

  const connect = (): void => {
    source = new EventSource(`/sandbox/events?${new URLSearchParams({ as })}`);
    source.onopen = () => {
      listener.onOpen();
      pause = FIRST_PAUSE;
    };
    source.onmessage = (event: MessageEvent<string>) =>
      listener.onHappening(JSON.parse(event.data) as Happening);
    source.onerror = () => {
      source?.close();
      listener.onLost();
      timer = window.setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  };

  connect();
  return () => {
    window.clearTimeout(timer);
    source?.close();
  };
}
