import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';

interface DialogProps {
  readonly labelledBy?: string;
  readonly label?: string;
  readonly className: string;
  readonly alert?: boolean;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

/** A modal dialog: the browser keeps focus inside and the rest inert; Escape and a click beside it close it. */
export function Dialog({ labelledBy, label, className, alert = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    firstStop(shown)?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const cancel = (event: Event): void => {
    event.preventDefault();
    onClose();
  };
  const beside = (event: MouseEvent): void => {
    if (event.target === dialog.current) onClose();
  };
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // The browser lets a page prevent only every other cancel; taking the key itself keeps a dialog open until we close it.
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };

  return html`<dialog ref=${dialog} class=${className} aria-labelledby=${labelledBy} aria-label=${label}
    role=${alert ? 'alertdialog' : undefined} onCancel=${cancel} onMouseDown=${beside} onKeyDown=${closeByKey}>
    ${children}
  </dialog>`;
}

const firstStop = (dialog: HTMLDialogElement | null): HTMLElement | null | undefined =>
  dialog?.querySelector<HTMLElement>('[data-focus-first]') ??
  dialog?.querySelector<HTMLElement>(
    '.dialog-body :is(input, textarea, select, summary, button):not(:disabled)',
  ) ??
  dialog?.querySelector<HTMLElement>('button.primary, button');
