import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtProgram } from './program.js';
import { parameterFiles, releasedParameter } from './sites.js';

interface Step {
  readonly title: string;
  readonly does: readonly string[];
}

export interface ScriptOptions {
  /** How long each step of the deployment takes, in seconds. */
  readonly stepSeconds: number;
  /** Production's database, where there is one. */
  readonly database?: string | undefined;
}

/** Writes deploy.sh and roll-back.sh. A line [n/m] tells Slipway which step begins. */
export async function writeScripts(folder: string, options: ScriptOptions): Promise<void> {
  const [deploy, rollBack] = [deployment(options), returning(options)];
  const scripts = [
    ['deploy.sh', scriptOf("Brings staging's site to production.", deploy)],
    ['roll-back.sh', scriptOf('Puts production back to what it was before the last deployment.', rollBack)],
  ] as const;
  for (const [name, text] of scripts) await writeFile(join(folder, name), text, { mode: 0o755 });
}

function scriptOf(about: string, steps: readonly Step[]): string {
  const lines = steps.flatMap(({ title, does }, at) => [
    `echo "[${at + 1}/${steps.length}] ${title}"`,
    ...does,
  ]);
  return ['#!/bin/sh', `# ${about}`, 'set -eu', 'cd "$(dirname "$0")"', ...lines, ''].join('\n');
}

function deployment({ stepSeconds, database }: ScriptOptions): Step[] {
  const pause = `sleep ${stepSeconds}`;
  return [
    {
      title: 'check what staging holds',
      does: [
        'test -f staging/version.txt',
        pause,
        'echo "staging holds version $(cat staging/version.txt), production $(cat production/version.txt)"',
      ],
    },
    {
      title: 'keep a copy of production',
      does: ['rm -rf production.before && cp -R production production.before', pause],
    },
    ...(database === undefined
      ? [{ title: 'copy the site', does: ['cp -R staging/. production/', pause] }]
      : [
          { title: 'migrate the database', does: [migration('bring', database), pause] },
          { title: 'copy the site, without the parameters', does: [...copySite, pause] },
          { title: 'bring the parameter that the release changes', does: [...bringParameter, pause] },
        ]),
    {
      title: 'note the release',
      does: [
        'echo "$SLIPWAY_RELEASE attempt $SLIPWAY_ATTEMPT" >> deployments.log',
        'echo "production holds version $(cat production/version.txt)"',
      ],
    },
  ];
}

function returning({ database }: ScriptOptions): Step[] {
  return [
    { title: 'look for the copy of production', does: ['test -d production.before'] },
    ...(database === undefined
      ? []
      : [{ title: 'take the migration back', does: [migration('take-back', database)] }]),
    {
      title: 'put it back',
      does: [
        'cp -R production.before/. production/',
        'echo "rolled back $SLIPWAY_RELEASE" >> deployments.log',
        'echo "production holds version $(cat production/version.txt)"',
      ],
    },
  ];
}

/** Host names and passwords belong to production and stay. */
const copySite = [
  'for part in staging/*; do',
  '  case "$part" in staging/conf | staging/web.config) continue ;; esac',
  '  cp -R "$part" production/',
  'done',
];

const bringParameter = [
  `line=$(grep "^${releasedParameter}=" staging/${parameterFiles.variables})`,
  `sed "s/^${releasedParameter}=.*/$line/" production.before/${parameterFiles.variables} > production/${parameterFiles.variables}`,
];

function migration(way: 'bring' | 'take-back', database: string): string {
  return [process.execPath, fileURLToPath(builtProgram('migrate.js')), way, database].map(quoted).join(' ');
}

/** As one word of a shell, whatever is in it. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
