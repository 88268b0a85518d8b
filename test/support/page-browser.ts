import { mkdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { NOW } from './page-messages.js';
import { type PageServer, startPageServer } from './page-server.js';

const SHOTS = 'test/browser/shots';
export const SECONDS = 1000;
const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export interface Look {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/** How every page is looked at: on a screen and on a phone, in light and in dark. */
export const looks = [
  ['wide-light', {}],
  ['wide-dark', { colorScheme: 'dark' }],
  ['phone-light', { viewport: PHONE }],
  ['phone-dark', { viewport: PHONE, colorScheme: 'dark' }],
] as const satisfies readonly (readonly [string, Look])[];

export interface Stage {
  readonly server: () => PageServer;
  /** Opens the page at an address, in a browser of its own unless one is given to share. */
  readonly open: (search: string, look?: Look) => Promise<Page>;
  readonly shot: (page: Page, name: string) => Promise<unknown>;
}

/** A browser for the tests of a file and a scripted sandbox for each. Whatever the browser complains of fails the test. */
export function setStage(): Stage {
  let browser: Browser;
  let server: PageServer;
  let faults: string[] = [];

  beforeAll(async () => {
    await mkdir(SHOTS, { recursive: true });
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
  }, 60 * SECONDS);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    faults = [];
    server = await startPageServer();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await server.stop();
    expect(faults).toEqual([]);
  });

  const open = async (
    search: string,
    { viewport = WIDE, colorScheme = 'light' }: Look = {},
  ): Promise<Page> => {
    const context = await browser.newContext({
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      timezoneId: 'Australia/Melbourne',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15 * SECONDS);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => isFault(message.type(), message.text()) && faults.push(message.text()));
    await page.clock.setFixedTime(NOW);
    await page.goto(`${server.url}${search}`);
    return page;
  };
  return {
    server: () => server,
    open,
    shot: (page, name) => page.screenshot({ path: `${SHOTS}/${name}.png` }),
  };
}

/** A stream that the test itself cuts is no fault. */
const isFault = (type: string, text: string): boolean =>
  type === 'error' && !/ERR_(?:INCOMPLETE_CHUNKED|CONNECTION|EMPTY)/.test(text);

/** Names the texts on the page whose contrast is below AA (4.5, or 3 for large ones), with their ratio. */
export const faintTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(CONTRAST) as Promise<readonly string[]>;

// A string, because tests are checked without the browser's types.
const CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (element) => {
    const own = element ? rgba(getComputedStyle(element).backgroundColor) : [255, 255, 255, 1];
    return own[3] === 1 ? own : over(own, ground(element.parentElement));
  };
  const light = (color) => color.slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (text === '' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.closest('.unseen, .emoji, :disabled')) continue;
    const style = getComputedStyle(element);
    const under = ground(element);
    const [one, other] = [light(over(rgba(style.color), under)), light(under)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) faint.push(text.slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return faint;
})()`;
