import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { Router } from 'express';

const page = join(import.meta.dirname, '..', 'page');
const packages = createRequire(import.meta.url);
const beside = (module: string, ...path: readonly string[]): string =>
  join(dirname(packages.resolve(module)), ...path);

/** Browser modules that the page imports, as their packages ship them. */
const vendor: Readonly<Record<string, () => string>> = {
  'preact.js': () => beside('preact/package.json', 'dist', 'preact.mjs'),
  'hooks.js': () => beside('preact/package.json', 'hooks', 'dist', 'hooks.mjs'),
  // htm keeps its package.json to itself, but its modules lie side by side.
  'htm.js': () => beside('htm', 'htm.mjs'),
};

/** As strict as it goes: the import map is allowed by its hash, nothing else stands inline. Images of the bot may come from anywhere. */
function policy(): string {
  const map =
    /<script type="importmap">([\s\S]*?)<\/script>/u.exec(
      readFileSync(join(page, 'index.html'), 'utf8'),
    )?.[1] ?? '';
  const hash = createHash('sha256').update(map).digest('base64');
  return `default-src 'none'; script-src 'self' 'sha256-${hash}'; style-src 'self'; img-src 'self' https:; connect-src 'self'; base-uri 'none'; form-action 'none'`;
}

/** The page: index.html at /, its files below /page/. */
export function pageFiles(): Router {
  const router = Router();
  router.get('/', (request, response) => {
    // Addresses of files name 127.0.0.1; a page under another name could not read them.
    if (request.hostname === 'localhost') response.redirect(`http://127.0.0.1:${request.socket.localPort}/`);
    else response.set('content-security-policy', policy()).sendFile('index.html', { root: page });
  });
  router.get('/page/vendor/:name', (request, response, next) => {
    const file = Object.hasOwn(vendor, request.params.name) ? vendor[request.params.name] : undefined;
    if (file === undefined) return next();
    // The packages name their ES modules .mjs, which not every file server knows.
    response.type('text/javascript').sendFile(file(), { dotfiles: 'allow' });
  });
  router.use('/page', express.static(page, { cacheControl: false }));
  return router;
}
