import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

type Site = 'staging' | 'production';

/** Where Acme's parameters are in each of its folders; the rest is the site. */
export const parameterFiles = { variables: 'conf/app.env', settings: 'web.config' } as const;
/** The one parameter that the release changes. The others are the same, or belong to their environment. */
export const releasedParameter = 'INVOICE_DISCOUNTS';

const versions = {
  production: { version: '4.1', words: 'Invoice totals leave discounts out.' },
  staging: { version: '4.2', words: 'Invoice totals include discounts.' },
} as const;

const own = {
  production: { site: 'acme.example.com', password: 'Gull-over-Pier-41', discounts: 'no', sessions: 30 },
  staging: { site: 'staging.acme.example.com', password: 'Rain-on-Slate-7', discounts: 'yes', sessions: 240 },
} as const;

const page = ({ version, words }: (typeof versions)[Site]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Acme invoices ${version}</title>
<h1>Acme invoices</h1><p>${words}</p><footer>Version ${version}</footer></html>
`;

const variables = ({
  site,
  password,
  discounts,
}: (typeof own)[Site]): string => `# Read by the invoices' jobs.
DB_HOST=db.${site}
DB_NAME=shop
DB_USER=shop_app
DB_PASSWORD=${password}
${releasedParameter}=${discounts}
INVOICE_PAGE_SIZE=50
TZ=Europe/London
`;

const settings = ({
  site,
  password,
  sessions,
}: (typeof own)[Site]): string => `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <connectionStrings>
    <add name="Shop" connectionString="Host=db.${site};Database=shop;Username=shop_app;Password=${password}" providerName="Npgsql" />
  </connectionStrings>
  <appSettings>
    <add key="SiteHost" value="${site}" />
    <add key="MailFrom" value="invoices@acme.example.com" />
    <add key="SessionMinutes" value="${sessions}" />
  </appSettings>
</configuration>
`;

/** Makes the folders of both sites, staging a version ahead, and the copy of production that a roll-back needs. */
export async function makeSites(folder: string, withParameters: boolean): Promise<void> {
  for (const name of ['production', 'staging'] as const) {
    const put = async (file: string, text: string): Promise<void> => {
      const path = join(folder, name, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    };
    await put('index.html', page(versions[name]));
    await put('version.txt', `${versions[name].version}\n`);
    if (!withParameters) continue;
    await put(parameterFiles.variables, variables(own[name]));
    await put(parameterFiles.settings, settings(own[name]));
  }
  await cp(join(folder, 'production'), join(folder, 'production.before'), { recursive: true });
}
