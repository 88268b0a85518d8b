import type { Stated } from '../../differences.js';
import { columnChange } from './statements.columns.js';
import { commentOn, firingState, lines, named, wanted } from './written.js';

/** What a partition or an heir has otherwise than its parent; undefined where only the parent knows what it was. */
export function inheritedColumnStatement(difference: Stated): string | undefined {
  const { what, name, staging } = difference;
  if (what === 'removed') return undefined;
  const alter = `ALTER TABLE ${named(...name.slice(0, -1))} ALTER COLUMN ${named(name.at(-1) ?? '')}`;
  const props = what === 'added' ? Object.keys(staging ?? {}) : difference.changed.map(([prop]) => prop);
  return lines(...props.map((prop) => columnChange(difference, alter, prop, wanted(difference, prop))));
}

/** What a view's column has beside the view's text: a default, a comment. */
export function viewColumnStatement(difference: Stated): string | undefined {
  const { name, parent } = difference;
  const words = parent?.kind === 'view' ? 'VIEW' : 'MATERIALIZED VIEW';
  const alter = `ALTER ${words} ${named(...name.slice(0, -1))} ALTER COLUMN ${named(name.at(-1) ?? '')}`;
  const props = new Set([
    ...Object.keys(difference.production ?? {}),
    ...Object.keys(difference.staging ?? {}),
  ]);
  const { production, staging } = difference;
  const moved = [...props].filter((prop) => production?.[prop] !== staging?.[prop]);
  return lines(
    ...moved.map((prop) => {
      const to = wanted(difference, prop);
      return prop === 'comment'
        ? commentOn(`COLUMN ${named(...name)}`, to)
        : columnChange(difference, alter, prop, to);
    }),
  );
}

/** A trigger of a parent that fires otherwise on a partition. */
export function inheritedTriggerStatement(difference: Stated): string | undefined {
  const { what, name } = difference;
  if (what === 'removed') return undefined;
  return lines(
    `ALTER TABLE ${named(...name.slice(0, -1))} ${firingState(difference)} TRIGGER ${named(name.at(-1) ?? '')}`,
  );
}
