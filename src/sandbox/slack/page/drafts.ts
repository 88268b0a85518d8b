/** What a person has typed and sent, kept for the life of the browser tab. */
const read = (key: string): string | null => window.sessionStorage.getItem(key);

const draftKey = (me: string, place: string): string => `slipway.draft.${me}.${place}`;
const historyKey = (me: string): string => `slipway.sent.${me}`;

export const draftOf = (me: string, place: string): string => read(draftKey(me, place)) ?? '';

export function keepDraft(me: string, place: string, text: string): void {
  if (text === '') window.sessionStorage.removeItem(draftKey(me, place));
  else window.sessionStorage.setItem(draftKey(me, place), text);
}

const KEPT = 50;

/** What the person sent, newest first. */
export const sentBy = (me: string): readonly string[] => JSON.parse(read(historyKey(me)) ?? '[]') as string[];

export function keepSent(me: string, text: string): void {
  const others = sentBy(me).filter((each) => each !== text);
  window.sessionStorage.setItem(historyKey(me), JSON.stringify([text, ...others].slice(0, KEPT)));
}
