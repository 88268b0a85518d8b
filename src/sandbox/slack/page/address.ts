/** Where a person is in the page, as the address bar keeps it. */
export interface Address {
  readonly as?: string | undefined;
  readonly channel?: string | undefined;
  readonly thread?: string | undefined;
  readonly tab?: 'home' | undefined;
  /** A message to show and point out. */
  readonly message?: string | undefined;
}

/** Reads the part of an address behind its question mark. */
export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const value = (key: string): string | undefined => query.get(key) ?? undefined;
  return {
    as: value('as'),
    channel: value('channel'),
    thread: value('thread'),
    tab: query.get('tab') === 'home' ? 'home' : undefined,
    message: value('message'),
  };
}

/** The address as a link within the page. */
export function formatAddress(address: Address): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(address)) {
    if (typeof value === 'string' && value !== '') query.set(key, value);
  }
  return `?${query.toString()}`;
}

/**
 * Where one of Slack's own links leads inside the workspace: a permalink (`/archives/C1/p1700000000000100`) or the
 * app's home (`slack://app?tab=home`). Undefined for every other link.
 */
export function addressOfSlackLink(url: string): Partial<Address> | undefined {
  const permalink = /\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?(?:\?(.*))?$/.exec(url);
  if (permalink !== null) {
    const [, channel, seconds, rest, query] = permalink;
    const message = seconds === undefined ? undefined : `${seconds}.${rest}`;
    const thread = new URLSearchParams(query ?? '').get('thread_ts') ?? undefined;
    return { channel, message, thread: thread === message ? undefined : thread, tab: undefined };
  }
  if (/^slack:\/\/app\b/.test(url) && /[?&]tab=home\b/.test(url)) return { tab: 'home' };
  return undefined;
}
