export type Theme = 'light' | 'dark';

const KEY = 'slipway.theme';

const preferred = (): Theme => (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

const chosen = (): Theme | undefined => {
  const kept = window.localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : undefined;
};

/** What the page shows now: the person's choice, else the system's. */
export const currentTheme = (): Theme => chosen() ?? preferred();

/** Puts a choice made earlier in force; without one the style sheet follows the system. */
export function applyTheme(): void {
  const theme = chosen();
  if (theme === undefined) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Light to dark and back. Choosing what the system prefers anyway follows the system again. */
export function toggleTheme(): Theme {
  const next: Theme = currentTheme() === 'dark' ? 'light' : 'dark';
  if (next === preferred()) window.localStorage.removeItem(KEY);
  else window.localStorage.setItem(KEY, next);
  applyTheme();
  return next;
}
