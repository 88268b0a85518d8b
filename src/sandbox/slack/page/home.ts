import type { KnownBlock } from '@slack/types';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Blocks } from './blocks/block.js';
import { SurfaceProvider, useOwnSurface } from './blocks/surface.js';
import { problemOf, useDesk } from './desk.js';
import { html } from './html.js';

const NO_BLOCKS: readonly KnownBlock[] = [];

/** The bot's home tab: opening it tells the bot, which answers by filling it. */
export function Home() {
  const { model, act, stream } = useDesk();
  const { home } = model.state;
  const [opening, setOpening] = useState(true);
  const blocks = useMemo(() => (home?.view.blocks as readonly KnownBlock[] | undefined) ?? NO_BLOCKS, [home]);
  const surface = useOwnSurface(blocks, ({ blockId, actionId }, element, state) =>
    act({ kind: 'act-in-view', viewId: home?.id ?? '', blockId, actionId, element, state }),
  );

  const ready = stream !== 'opening';
  useEffect(() => {
    if (!ready) return;
    void act({ kind: 'open-home' }).then((outcome) => {
      surface.showProblem(problemOf(outcome));
      setOpening(false);
    });
  }, [ready]);

  return html`<div class="home" role="tabpanel" id="panel-home" aria-labelledby="tab-home" tabindex="-1" aria-busy=${opening}>
    <div class="home-sheet">
      ${
        home === undefined
          ? html`<p class="hint">${opening ? 'Opening…' : 'Slipway has put nothing here yet.'}</p>`
          : html`<${SurfaceProvider} value=${surface}><${Blocks} blocks=${blocks} /><//>`
      }
      <p class="problem" role="alert">${surface.problem}</p>
    </div>
  </div>`;
}
