import { useState } from 'preact/hooks';
import type { ChannelCard } from '../contract.js';
import { type Completion, complete, type Suggestion } from './completion.js';
import { problemOf, useDesk } from './desk.js';
import { draftOf, keepDraft, keepSent, sentBy } from './drafts.js';

type Typed = { readonly currentTarget: HTMLTextAreaElement };

/** What stands in a composer's field, what could be meant by it, and what its keys do. */
export function useWriting(
  channel: ChannelCard,
  threadTs: string | undefined,
  field: { readonly current: HTMLTextAreaElement | null },
) {
  const { model, act, change } = useDesk();
  const { me } = model.state;
  const place = threadTs === undefined ? channel.id : `${channel.id}.${threadTs}`;
  const [text, setText] = useState(() => draftOf(me.id, place));
  const [caret, setCaret] = useState(text.length);
  const [picked, setPicked] = useState<number | undefined>(undefined);
  const [closedFor, setClosedFor] = useState<string | undefined>(undefined);
  const [recalled, setRecalled] = useState(-1);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);

  const offered = complete(text.slice(0, caret), model.state, threadTs === undefined && !me.external);
  const completion: Completion = closedFor === text ? { suggestions: [], eager: false } : offered;
  const active = picked ?? (completion.eager ? 0 : -1);

  const write = (next: string, at = next.length): void => {
    setText(next);
    setCaret(at);
    setPicked(undefined);
    keepDraft(me.id, place, next);
    // Into the field at once: waiting for it to be drawn would put the caret behind a key pressed meanwhile.
    const shown = field.current;
    if (shown === null) return;
    shown.value = next;
    shown.setSelectionRange(at, at);
  };
  const take = (suggestion: Suggestion): void => {
    const start = text.slice(0, suggestion.replaces) + suggestion.text;
    write(start + text.slice(caret).replace(/^\s+/, ''), start.length);
    field.current?.focus();
  };
  const send = async (): Promise<void> => {
    const written = text.trim();
    if (written === '' || sending) return;
    keepSent(me.id, written);
    write('');
    setRecalled(-1);
    setProblem(undefined);
    change({ type: 'dismiss-notices', channel: channel.id });
    setSending(true);
    const thread = threadTs === undefined ? {} : { threadTs };
    const failed = problemOf(await act({ kind: 'type', channel: channel.id, text: written, ...thread }));
    setSending(false);
    setProblem(failed);
    if (failed !== undefined && field.current?.value === '') write(written);
  };
  const recall = (by: 1 | -1): boolean => {
    const sent = sentBy(me.id);
    const next = recalled + by;
    const browsing = recalled >= 0 && text === sent[recalled];
    if (!(text === '' || browsing) || next < -1 || next >= sent.length) return false;
    setRecalled(next);
    write(sent[next] ?? '');
    setClosedFor(sent[next] ?? '');
    return true;
  };
  const press = (event: KeyboardEvent & Typed): void => {
    if (event.isComposing) return;
    if (
      obeyKey(event, completion, active, {
        take,
        send,
        recall,
        pick: setPicked,
        close: () => setClosedFor(text),
      })
    )
      event.preventDefault();
  };
  const type = ({ currentTarget }: Typed): void => {
    setRecalled(-1);
    setClosedFor(undefined);
    setText(currentTarget.value);
    setCaret(currentTarget.selectionStart);
    setPicked(undefined);
    keepDraft(me.id, place, currentTarget.value);
  };
  const moveCaret = ({ currentTarget }: Typed): void => setCaret(currentTarget.selectionStart);
  return {
    text,
    completion,
    active,
    sending,
    problem,
    take,
    send: () => void send(),
    press,
    type,
    moveCaret,
  };
}

interface Keys {
  readonly take: (suggestion: Suggestion) => void;
  readonly send: () => Promise<void>;
  readonly recall: (by: 1 | -1) => boolean;
  readonly pick: (index: number) => void;
  readonly close: () => void;
}

/** What a key does in the composer; false where it keeps its usual meaning. */
function obeyKey(event: KeyboardEvent, { suggestions }: Completion, active: number, keys: Keys): boolean {
  const count = suggestions.length;
  const chosen = suggestions[active];
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp': {
      const down = event.key === 'ArrowDown';
      if (count === 0) return keys.recall(down ? -1 : 1);
      keys.pick((Math.max(active, down ? -1 : 0) + (down ? 1 : -1) + count) % count);
      return true;
    }
    case 'Tab': {
      const taken = chosen ?? suggestions[0];
      if (event.shiftKey || taken === undefined) return false;
      keys.take(taken);
      return true;
    }
    case 'Enter':
      if (event.shiftKey) return false;
      if (chosen === undefined) void keys.send();
      else keys.take(chosen);
      return true;
    case 'Escape':
      if (count > 0) keys.close();
      return count > 0;
    default:
      return false;
  }
}
