import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { ChannelCard } from '../contract.js';
import { useDesk } from './desk.js';
import { classes, html } from './html.js';
import { Icon } from './icons.js';
import { nameOf } from './state.js';
import { Suggestions } from './suggestions.js';
import { useWriting } from './writing.js';

interface ComposerProps {
  readonly channel: ChannelCard;
  readonly threadTs?: string;
}

/** Where one writes: completion by Tab or Enter, what was sent before by arrow up, a draft kept for each place. */
export function Composer({ channel, threadTs }: ComposerProps) {
  const { model } = useDesk();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const writing = useWriting(channel, threadTs, field);
  const { text, completion, active, sending, problem } = writing;
  const open = completion.suggestions.length > 0;
  const place = threadTs === undefined ? nameOf(model.state, channel) : 'the thread';

  const commandless = threadTs !== undefined || model.state.me.external;
  const placeholder = commandless ? `Write to ${place}` : 'Write, or type / for a command';

  useLayoutEffect(() => {
    const shown = field.current;
    if (shown === null) return;
    shown.style.height = 'auto';
    shown.style.height = `${Math.min(shown.scrollHeight, 220)}px`;
  }, [text]);

  return html`<div class="composer">
    ${open && html`<${Suggestions} id=${id} completion=${completion} active=${active} onTake=${writing.take} />`}
    <p class="problem" role="alert">${problem}</p>
    <div class=${classes('composer-frame', sending && 'working')}>
      <textarea ref=${field} id=${threadTs === undefined ? 'composer' : undefined} rows="1" value=${text} aria-label="Message to ${place}"
        placeholder=${placeholder}
        role="combobox" aria-autocomplete="list" aria-expanded=${open} aria-controls=${open ? id : undefined}
        aria-activedescendant=${open && active >= 0 ? `${id}-${active}` : undefined}
        onInput=${writing.type} onKeyDown=${writing.press} onSelect=${writing.moveCaret}></textarea>
      <button type="button" class="send" aria-label="Send" title="Send (Enter)" disabled=${text.trim() === ''} onClick=${writing.send}>
        <${Icon} name="send" />
      </button>
    </div>
    <p class="composer-foot">${
      completion.usage === undefined
        ? html`<kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> makes a new line`
        : html`<code>${completion.usage}</code>`
    }</p>
  </div>`;
}
