import { useEffect, useState } from 'preact/hooks';
import type { FileCard } from '../contract.js';
import { html } from './html.js';
import { Icon } from './icons.js';

export const Files = ({ files }: { readonly files: readonly FileCard[] }) =>
  html`<div class="files">${files.map((file) => html`<${FileView} key=${file.id} file=${file} />`)}</div>`;

/** The sandbox serves its files itself: by its path a file is found under whatever name the page was opened. */
const placeOf = ({ url }: FileCard): string => {
  const { pathname, search } = new URL(url, window.location.href);
  return pathname + search;
};

/** A file: images and the beginning of texts are shown, everything can be downloaded. */
const FileView = ({ file }: { readonly file: FileCard }) => html`<figure class="file">
  <figcaption>
    <${Icon} name="file" />
    <span><strong>${file.title || file.name}</strong><small>${file.name} · ${sizeInWords(file.size)}</small></span>
    <a class="icon-button" href=${placeOf(file)} download=${file.name} aria-label="Download ${file.name}" title="Download"><${Icon} name="download" /></a>
  </figcaption>
  ${file.mimetype.startsWith('image/') && html`<img src=${placeOf(file)} alt=${file.title || file.name} loading="lazy" />`}
  ${isText(file) && html`<${Beginning} file=${file} />`}
</figure>`;

const isText = ({ mimetype, size }: FileCard): boolean =>
  size < 262_144 && (mimetype.startsWith('text/') || /(?:json|xml|yaml|x-sh|javascript)$/.test(mimetype));

const LINES = 12;

function Beginning({ file }: { readonly file: FileCard }) {
  const [text, setText] = useState<string | undefined>(undefined);
  const [whole, setWhole] = useState(false);
  useEffect(() => {
    fetch(placeOf(file))
      .then((response) => (response.ok ? response.text() : ''))
      .then(setText, () => setText(''));
  }, [file.url]);
  if (text === undefined || text === '') return null;
  const lines = text.trimEnd().split('\n');
  return html`<pre tabindex="0"><code>${(whole ? lines : lines.slice(0, LINES)).join('\n')}</code></pre>
    ${
      lines.length > LINES &&
      html`<button type="button" class="link-button" aria-expanded=${whole} onClick=${() => setWhole(!whole)}>
        ${whole ? 'Show less' : `Show all ${lines.length} lines`}
      </button>`
    }`;
}

/** `1.4 kB`, in the decimal units that people see elsewhere. */
function sizeInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
