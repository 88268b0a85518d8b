import { useDesk } from './desk.js';
import { html } from './html.js';
import { Icon } from './icons.js';

/** What Slack itself would say to the person, where the person looks; it stays until put away. */
export function Notices({ channel }: { readonly channel?: string }) {
  const { model, change } = useDesk();
  const meant = model.notices.filter((notice) => notice.channel === undefined || notice.channel === channel);
  return html`<div class="notices" role="status">
    ${meant.map(
      ({ id, text }) => html`<div class="notice" key=${id}>
        <span>${text}</span>
        <button type="button" class="icon-button" aria-label="Put this notice away" onClick=${() => change({ type: 'dismiss-notices', id })}>
          <${Icon} name="close" />
        </button>
      </div>`,
    )}
  </div>`;
}
