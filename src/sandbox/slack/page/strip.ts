import { useState } from 'preact/hooks';
import { useDesk } from './desk.js';
import { html } from './html.js';
import { Icon, Mark } from './icons.js';
import { Menu } from './menu.js';
import { Switcher } from './switcher.js';
import { clockTime, placeOf, spanInWords, wallTime } from './text/dates.js';
import { currentTheme, toggleTheme } from './theme.js';

/** The story: that this is a sandbox, who one is in it, what serves it and what time the bot thinks it is. */
export function Strip() {
  const { model, stream } = useDesk();
  const { engine, clockAhead } = model.state;
  return html`<header class="strip">
    <div class="brand"><${Mark} /><span>Slipway <small>sandbox</small></span></div>
    <${Switcher} />
    <div class="gauges">
      ${stream === 'lost' && html`<span class="gauge lost" role="status">Reconnecting…</span>`}
      ${engine && html`<span class="gauge engine" title="The MongoDB engine that serves: ${engine}"><${Icon} name="engine" /><span>${engine}</span></span>`}
      ${clockAhead !== undefined && html`<${Clock} ahead=${clockAhead} />`}
      <${ThemeButton} />
    </div>
  </header>`;
}

const STEPS: readonly (readonly [string, number])[] = [
  ['10 minutes on', 600_000],
  ['1 hour on', 3_600_000],
  ['1 day on', 86_400_000],
];

/** The bot's clock, which can be moved so that agreed times come at once. */
function Clock({ ahead }: { readonly ahead: number }) {
  const { model, now, act, change } = useDesk();
  const [moving, setMoving] = useState(false);
  const { zone } = model.state.me;
  const move = async (milliseconds: number): Promise<void> => {
    setMoving(true);
    const outcome = await act({ kind: 'advance-clock', milliseconds });
    setMoving(false);
    if (!outcome.ok && 'problem' in outcome) change({ type: 'notice', text: outcome.problem });
  };
  const shown = `${wallTime(now, zone).weekday.slice(0, 3)} ${clockTime(now, zone)}`;
  const lead = ahead < 30_000 ? '' : ` +${spanInWords(ahead)}`;
  return html`<${Menu} className="gauge" name="The bot's clock: ${shown}${lead}. Move it" busy=${moving}
    face=${html`<${Icon} name="clock" /><span>${shown}<small>${lead}</small></span>`}
    note=${`The bot's clock, as ${placeOf(zone)} reads it. Move it on and what is due happens now; it never goes back.`}
    items=${STEPS.map(([label, milliseconds]) => ({ label, choose: () => void move(milliseconds) }))} />`;
}

function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  const name = theme === 'dark' ? 'Switch to light' : 'Switch to dark';
  return html`<button type="button" class="gauge" aria-label=${name} title=${name} onClick=${() => setTheme(toggleTheme())}>
    <${Icon} name=${theme === 'dark' ? 'sun' : 'moon'} />
  </button>`;
}
