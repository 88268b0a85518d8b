import type { FileInput } from '@slack/types';
import { useState } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { html } from '../html.js';
import { sendFile } from '../server.js';
import { described, type ElementProps, nameless } from './element.js';

interface Uploaded {
  readonly id: string;
  readonly name: string;
}

/** Picks files; each is uploaded at once, as Slack does it, and the submission carries what it became. */
export function FileElement({ element, control, ...setting }: ElementProps<FileInput>) {
  const { model } = useDesk();
  const [problem, setProblem] = useState('');
  const chosen = (control.value?.files ?? []) as readonly Uploaded[];
  const most = element.max_files ?? 10;
  const pick = async (event: Event): Promise<void> => {
    const picked = [...((event.target as HTMLInputElement).files ?? [])].slice(0, most);
    setProblem('');
    try {
      const files = await Promise.all(picked.map((file) => sendFile(model.state.me.id, file)));
      control.set({ type: 'file_input', files });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return html`<div class="file-input">
    <input type="file" ...${described(setting)} aria-label=${nameless(setting, 'File')} multiple=${most > 1}
      accept=${(element.filetypes ?? []).map((type) => `.${type}`).join(',') || undefined} onChange=${pick} />
    ${chosen.length > 0 && html`<p class="hint" role="status">Attached: ${chosen.map(({ name }) => name).join(', ')}</p>`}
    ${problem !== '' && html`<p class="fault" role="alert">${problem}</p>`}
  </div>`;
}
