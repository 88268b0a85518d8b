import type { DataTableBlock, TableBlock } from '@slack/types';
import { html } from '../html.js';
import type { BlockProps } from './block.js';
import { RichText } from './content.js';

type Cell = TableBlock['rows'][number][number];

const CellView = ({ cell }: { readonly cell: Cell }) =>
  cell.type === 'rich_text' ? html`<${RichText} block=${cell} />` : cell.text;

/** Rows and columns, the first row as their headings; it scrolls by itself where it is too wide. */
export function Table({ block }: BlockProps<TableBlock | DataTableBlock>) {
  const [head = [], ...rows] = block.rows;
  const columns = 'column_settings' in block ? (block.column_settings ?? []) : [];
  const caption = 'caption' in block ? block.caption : undefined;
  const look = (index: number): string =>
    `align-${columns[index]?.align ?? 'left'}${columns[index]?.is_wrapped ? ' wrapped' : ''}`;
  return html`<div class="table-frame" tabindex="0" role="region" aria-label=${caption ?? 'Table'}>
    <table>
      ${caption && html`<caption>${caption}</caption>`}
      <thead><tr>${head.map((cell, index) => html`<th scope="col" class=${look(index)}><${CellView} cell=${cell} /></th>`)}</tr></thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((cell, index) => html`<td class=${look(index)}><${CellView} cell=${cell} /></td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}
