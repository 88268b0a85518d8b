import { html } from './html.js';

/** Line drawings on a 20 by 20 grid. They say nothing by themselves: whatever carries one has a name of its own. */
const DRAWINGS = {
  hash: 'M8 3 6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14',
  shared: 'M7.5 12.5l5-5M8.5 5.5l2-2a3.5 3.5 0 0 1 5 5l-2 2M11.5 14.5l-2 2a3.5 3.5 0 0 1-5-5l2-2',
  close: 'M5 5l10 10M15 5 5 15',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  reply: 'M4 5.5h12v8H9l-3.5 3v-3H4z',
  pin: 'M7 3h6l-1 5 3 3H5l3-3zM10 11v6',
  send: 'M3.5 10h12M10.5 4.5 16 10l-5.5 5.5',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  down: 'M5 8l5 5 5-5',
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zM13 13l4 4',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16',
  moon: 'M16 12A7 7 0 0 1 8 4a6.5 6.5 0 1 0 8 8z',
  clock: 'M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM10 6v4l3 2',
  engine: 'M3.5 5.5c0-3 13-3 13 0v9c0 3-13 3-13 0zM3.5 5.5c0 3 13 3 13 0M3.5 10c0 3 13 3 13 0',
  file: 'M5 2.5h6l4 4v11H5zM11 2.5v4h4',
  download: 'M10 3v9M6 8.5l4 4 4-4M4 16.5h12',
  eye: 'M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10zM10 7.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4z',
  link: 'M8.5 11.5l3-3M9 6l1.5-1.5a3 3 0 0 1 4.5 4.5L13.5 10.5M11 14l-1.5 1.5A3 3 0 0 1 5 11l1.5-1.5',
  play: 'M7 4.5v11l9-5.5z',
  check: 'M4 10.5l4 4 8-9',
} as const;

export type IconName = keyof typeof DRAWINGS;

export const Icon = ({ name }: { readonly name: IconName }) => html`
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${DRAWINGS[name]} /></svg>
`;

/** Slipway's own mark: a hull on its ramp, above the water. */
export const Mark = () => html`
  <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path class="mark-hull" d="M4.2 6.2 18.6 10c-.5 3-2.6 4.9-5.7 4.3l-5.2-1.4C5.300 12.200 3.800 9.900 4.200 6.200z" />
    <path class="mark-ramp" d="M3 15.200 21 20" />
  </svg>
`;
