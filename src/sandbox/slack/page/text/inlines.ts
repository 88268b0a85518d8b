import { addressOfSlackLink, formatAddress } from '../address.js';
import { useDesk } from '../desk.js';
import { html, type WithChildren } from '../html.js';
import { nameOf, personIn } from '../state.js';
import { clockTime, formatSlackDate, isoDay, placeOf } from './dates.js';
import type { Inline } from './text.js';

/** Marks within a line. */
export const Inlines = ({ inlines }: { readonly inlines: readonly Inline[] }) =>
  inlines.map((inline) => html`<${InlineView} inline=${inline} />`);

function InlineView({ inline }: { readonly inline: Inline }) {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'break':
      return html`<br />`;
    case 'bold':
      return html`<strong><${Inlines} inlines=${inline.children} /></strong>`;
    case 'italic':
      return html`<em><${Inlines} inlines=${inline.children} /></em>`;
    case 'strike':
      return html`<s><${Inlines} inlines=${inline.children} /></s>`;
    case 'underline':
      return html`<u><${Inlines} inlines=${inline.children} /></u>`;
    case 'code':
      return html`<code>${inline.text}</code>`;
    case 'link':
      return html`<${Link} url=${inline.url}><${Inlines} inlines=${inline.children} /><//>`;
    case 'user':
      return html`<${Person} id=${inline.id} label=${inline.label} />`;
    case 'channel':
      return html`<${Channel} id=${inline.id} label=${inline.label} />`;
    case 'mention':
      return html`<span class="mention">${inline.label}</span>`;
    case 'emoji':
      return html`<span class="emoji" role="img" aria-label=${inline.name.replaceAll('_', ' ')}>${inline.glyph}</span>`;
    case 'color':
      return html`<span class="swatch" style=${{ background: inline.value }} aria-hidden="true"></span><code>${inline.value}</code>`;
    case 'date':
      return html`<${Moment} ...${inline} />`;
  }
}

function Link({ url, children }: { readonly url: string } & WithChildren) {
  const { address, go } = useDesk();
  const within = addressOfSlackLink(url);
  if (within === undefined)
    return html`<a href=${url} target="_blank" rel="noopener noreferrer">${children}</a>`;
  const target = { as: address.as, channel: address.channel, ...within };
  const follow = (event: Event): void => {
    event.preventDefault();
    go({ thread: undefined, message: undefined, ...within });
  };
  return html`<a href=${formatAddress(target)} onClick=${follow}>${children}</a>`;
}

interface MentionProps {
  readonly id: string;
  readonly label?: string | undefined;
}

function Person({ id, label }: MentionProps) {
  const { state } = useDesk().model;
  const person = personIn(state, id);
  const name = person?.name ?? label ?? id;
  return html`<span class=${id === state.me.id ? 'mention me' : 'mention'} title=${person?.title}>@${name}</span>`;
}

/** A channel that the reader cannot see keeps its name to itself. */
function Channel({ id, label }: MentionProps) {
  const { model, address, go } = useDesk();
  const channel = model.state.channels.find((each) => each.id === id);
  if (channel === undefined)
    return html`<span class="mention">${label ? `#${label}` : 'a private channel'}</span>`;
  const target = { channel: id, thread: undefined, message: undefined, tab: undefined };
  const follow = (event: Event): void => {
    event.preventDefault();
    go(target);
  };
  return html`<a class="mention" href=${formatAddress({ as: address.as, channel: id })} onClick=${follow}>${nameOf(model.state, channel)}</a>`;
}

type MomentProps = Omit<Extract<Inline, { kind: 'date' }>, 'kind'>;

/** An instant in the reader's zone; what its writer put beside it stands in the tooltip. */
function Moment({ seconds, format, fallback, url }: MomentProps) {
  const { model, now } = useDesk();
  const { zone } = model.state.me;
  const instant = seconds * 1000;
  const exact = `${isoDay(instant, zone)} ${clockTime(instant, zone)}, ${placeOf(zone)}`;
  const written = html`<time class="moment" datetime=${new Date(instant).toISOString()} title=${`${exact}\n${fallback}`.trim()}>
    ${formatSlackDate(format, seconds, zone, now)}
  </time>`;
  return url === undefined ? written : html`<${Link} url=${url}>${written}<//>`;
}
