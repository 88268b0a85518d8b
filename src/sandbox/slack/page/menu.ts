import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { classes, html } from './html.js';

export interface MenuItem {
  readonly label: ComponentChildren;
  readonly detail?: ComponentChildren;
  readonly href?: string;
  readonly danger?: boolean;
  readonly choose: () => void;
}

export interface MenuProps {
  /** What the button is called. */
  readonly name: string;
  readonly face: ComponentChildren;
  readonly className?: string;
  readonly items: readonly MenuItem[];
  readonly busy?: boolean;
  /** A sentence above the items. */
  readonly note?: ComponentChildren;
  readonly onOpen?: () => void;
}

/** A button that opens a menu: arrows, Home, End and Escape work, and focus returns to the button. */
export function Menu({ name, face, className, items, busy = false, note, onOpen }: MenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    itemsIn(list.current)[0]?.focus({ preventScroll: true });
    const outside = (event: PointerEvent): void => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !button.current?.contains(target)) setOpen(false);
    };
    const away = (): void => setOpen(false);
    document.addEventListener('pointerdown', outside);
    document.addEventListener('scroll', away, true);
    window.addEventListener('resize', away);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('scroll', away, true);
      window.removeEventListener('resize', away);
    };
  }, [open]);

  useLayoutEffect(() => {
    if (open && button.current !== null && list.current !== null) putBeside(button.current, list.current);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const choose = (item: MenuItem): void => {
    close();
    item.choose();
  };
  const toggle = (): void => {
    if (!open) onOpen?.();
    setOpen(!open);
  };

  return html`<span class="menu">
    <button type="button" ref=${button} class=${classes(className, busy && 'working')} aria-label=${name} title=${name}
      aria-haspopup="menu" aria-expanded=${open} aria-controls=${open ? id : undefined} aria-busy=${busy} onClick=${toggle}>
      ${face}
    </button>
    ${
      open &&
      html`<div class="menu-list" role="menu" id=${id} aria-label=${name} ref=${list} onKeyDown=${(event: KeyboardEvent) => moveFocus(event, list.current, close)}>
        ${note && html`<div class="menu-note" role="none">${note}</div>`}
        ${items.map(
          (
            item,
          ) => html`<button type="button" role="menuitem" tabindex="-1" class=${classes('menu-item', item.danger && 'danger')} onClick=${() => choose(item)}>
            <span>${item.label}</span>${item.detail && html`<small>${item.detail}</small>`}
          </button>`,
        )}
      </div>`
    }
  </span>`;
}

const GAP = 4;
const MARGIN = 8;

/** Beneath the button, or above it where there is no room; never outside the window or cut off by what scrolls. */
function putBeside(button: HTMLElement, list: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const roomBelow = at.bottom + GAP + height <= window.innerHeight - MARGIN;
  const wished = at.left + width <= window.innerWidth - MARGIN ? at.left : at.right - width;
  list.style.top = `${Math.max(MARGIN, roomBelow ? at.bottom + GAP : at.top - GAP - height)}px`;
  list.style.left = `${Math.max(MARGIN, Math.min(wished, window.innerWidth - MARGIN - width))}px`;
}

const itemsIn = (list: HTMLElement | null): readonly HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []),
];

function moveFocus(event: KeyboardEvent, list: HTMLElement | null, close: () => void): void {
  const items = itemsIn(list);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[event.key];
  if (target !== undefined) {
    event.preventDefault();
    items[target]?.focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}
