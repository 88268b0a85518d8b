import type { Completion, Suggestion } from './completion.js';
import { classes, html } from './html.js';

interface SuggestionsProps {
  readonly id: string;
  readonly completion: Completion;
  readonly active: number;
  readonly onTake: (suggestion: Suggestion) => void;
}

/** What the composer offers, above the field. The field keeps the focus. */
export const Suggestions = ({
  id,
  completion,
  active,
  onTake,
}: SuggestionsProps) => html`<ul class="suggestions" role="listbox" id=${id} aria-label="Suggestions">
  ${completion.suggestions.map(
    (
      suggestion,
      index,
    ) => html`<li key=${suggestion.label} id=${`${id}-${index}`} role="option" aria-selected=${index === active}
      class=${classes('suggestion', index === active && 'active')}
      onMouseDown=${(event: Event) => {
        event.preventDefault();
        onTake(suggestion);
      }}>
      <span class="suggestion-line"><strong>${suggestion.label}</strong>${suggestion.hint && html`<code>${suggestion.hint}</code>`}</span>
      ${suggestion.detail && html`<small>${suggestion.detail}</small>`}
    </li>`,
  )}
</ul>`;
