import htm from 'htm';
import { type ComponentChildren, h, type VNode } from 'preact';

type Template = (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

// htm's types describe its CommonJS build, whose function is a property; its browser build exports the function.
const bindable = htm as unknown as typeof htm.default;

/** Markup as a tagged template. Text put into it is always text, never HTML. */
export const html = bindable.bind(h) as Template;

/** What a component may be given between its tags. */
export interface WithChildren {
  readonly children?: ComponentChildren;
}

/** Joins the class names that apply. */
export const classes = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ');
