import type { KnownBlock, ModalView } from '@slack/types';
import { useId, useState } from 'preact/hooks';
import { Blocks } from './blocks/block.js';
import { type OwnSurface, SurfaceProvider, useOwnSurface } from './blocks/surface.js';
import { faultsOf } from './blocks/values.js';
import { type Desk, problemOf, useDesk } from './desk.js';
import { Dialog } from './dialog.js';
import { classes, html } from './html.js';
import { Icon } from './icons.js';
import { Notices } from './notices.js';

/** The open modals. Only the topmost is seen, as in Slack; what was entered in those beneath it stays. */
export function ModalStack() {
  const { modals } = useDesk().model.state;
  return modals.map(({ id, view }, index) =>
    view.type === 'modal'
      ? html`<${Modal} key=${id} viewId=${id} view=${view} depth=${index + 1} covered=${index < modals.length - 1} />`
      : null,
  );
}

interface ModalProps {
  readonly viewId: string;
  readonly view: ModalView;
  readonly depth: number;
  readonly covered: boolean;
}

function Modal({ viewId, view, depth, covered }: ModalProps) {
  const id = useId();
  const desk = useDesk();
  const [sending, setSending] = useState(false);
  const blocks = view.blocks as readonly KnownBlock[];
  const surface = useOwnSurface(blocks, ({ blockId, actionId }, element, state) =>
    desk.act({ kind: 'act-in-view', viewId, blockId, actionId, element, state }),
  );
  const close = (): void =>
    void desk.act({ kind: 'close', viewId }).then((outcome) => surface.showProblem(problemOf(outcome)));
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    await submitView(desk, viewId, blocks, surface);
    setSending(false);
    focusOnFault(id);
  };
  return html`<${Dialog} className=${classes('dialog modal', covered && 'covered')} labelledBy=${`${id}-title`} onClose=${close}>
    <form class="dialog-frame" id=${id} noValidate onSubmit=${submit}>
      <header class="dialog-head">
        <h2 class="dialog-title" id=${`${id}-title`}>${view.title.text}</h2>
        ${depth > 1 && html`<span class="depth">Step ${depth}</span>`}
        <button type="button" class="icon-button" aria-label="Close" onClick=${close}><${Icon} name="close" /></button>
      </header>
      <div class="dialog-body">
        <${SurfaceProvider} value=${surface}><${Blocks} blocks=${blocks} /><//>
      </div>
      <${Notices} /><p class="problem" role="alert">${surface.problem}</p>
      ${(view.submit || view.close) && html`<${Foot} view=${view} sending=${sending} onClose=${close} />`}
    </form>
  <//>`;
}

interface FootProps {
  readonly view: ModalView;
  readonly sending: boolean;
  readonly onClose: () => void;
}

const Foot = ({ view, sending, onClose }: FootProps) => html`<footer class="dialog-foot">
  <button type="button" class="button" onClick=${onClose}>${view.close?.text ?? 'Cancel'}</button>
  ${
    view.submit &&
    html`<button type="submit" class=${classes('button primary', sending && 'working')} aria-busy=${sending}><span>${view.submit.text}</span></button>`
  }
</footer>`;

/** Checks as Slack's client does, then submits; what comes back stands beneath the inputs. */
async function submitView(
  desk: Desk,
  viewId: string,
  blocks: readonly KnownBlock[],
  surface: OwnSurface,
): Promise<void> {
  const faults = faultsOf(blocks, surface.values);
  surface.showErrors(faults);
  surface.showProblem(undefined);
  if (Object.keys(faults).length > 0) return;
  const outcome = await desk.act({ kind: 'submit', viewId, state: surface.values });
  if (outcome.ok) return;
  if ('errors' in outcome) surface.showErrors(outcome.errors);
  else surface.showProblem(outcome.problem);
}

/** Once the faults are drawn, the first of them gets the focus, so that it is read out. */
function focusOnFault(formId: string): void {
  requestAnimationFrame(() => {
    const fault = document.getElementById(formId)?.querySelector('.at-fault');
    fault?.querySelector<HTMLElement>('input, textarea, select, summary')?.focus();
  });
}
