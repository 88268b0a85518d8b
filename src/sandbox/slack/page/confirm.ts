import { useId } from 'preact/hooks';
import { Dialog } from './dialog.js';
import { classes, html } from './html.js';
import { Text } from './text/written.js';
import type { Question } from './use-desk.js';

/** Asks before what cannot be undone. The safe answer has the focus. */
export function ConfirmDialog({ question }: { readonly question: Question }) {
  const id = useId();
  const { asked, answer } = question;
  return html`<${Dialog} className="dialog confirm" labelledBy=${id} alert=${true} onClose=${() => answer(false)}>
    <div class="dialog-frame">
      <h2 class="dialog-title" id=${id}>${asked.title?.text ?? 'Are you sure?'}</h2>
      <div class="dialog-text"><${Text} text=${asked.text} /></div>
      <footer class="dialog-foot">
        <button type="button" class="button" data-focus-first onClick=${() => answer(false)}>${asked.deny?.text ?? 'Cancel'}</button>
        <button type="button" class=${classes('button', asked.style === 'danger' ? 'danger solid' : 'primary')} onClick=${() => answer(true)}>
          ${asked.confirm?.text ?? 'Yes'}
        </button>
      </footer>
    </div>
  <//>`;
}
