import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { State } from '../contract.js';
import { type Address, formatAddress, parseAddress } from './address.js';
import { html } from './html.js';
import { fetchState } from './server.js';
import { applyTheme } from './theme.js';
import { Workspace } from './workspace.js';

/** The whole page: who one is stands in the address, everything else follows from it. */
function App() {
  const [address, setAddress] = useState<Address>(() => parseAddress(window.location.search));
  const [state, setState] = useState<State | undefined>(undefined);
  const [attempts, setAttempts] = useState(0);

  useEffect(() => {
    const back = (): void => setAddress(parseAddress(window.location.search));
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);

  useEffect(() => {
    let wanted = true;
    fetchState(address.as).then(
      (fetched) => wanted && setState(fetched),
      () => window.setTimeout(() => wanted && setAttempts(attempts + 1), 2_000),
    );
    return () => {
      wanted = false;
    };
  }, [address.as, attempts]);

  const go = (change: Partial<Address>): void => {
    const next = { ...address, ...change };
    window.history.pushState(null, '', formatAddress(next));
    setAddress(next);
  };

  if (state === undefined) return html`<${Waiting} attempts=${attempts} />`;
  const here = { ...address, as: state.me.id };
  return html`<${Workspace} key=${state.me.id} first=${state} address=${here} go=${go} />`;
}

const Waiting = ({ attempts }: { readonly attempts: number }) => html`<main class="waiting" role="status">
  ${
    attempts === 0
      ? html`<p>Opening the workspace…</p>`
      : html`<h1>The sandbox does not answer yet</h1><p>It may still be starting. This page tries again by itself; if it stays like this, look at the terminal where you typed <code>npm run sandbox</code>.</p>`
  }
</main>`;

applyTheme();
const root = document.getElementById('app');
if (root !== null) render(html`<${App} />`, root);
