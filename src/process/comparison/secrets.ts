import { z } from 'zod';

const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
}, 'is not a regular expression');

/** What looks like a secret, in slipway.yaml: beside what is known by default. */
export const secretPatterns = z.strictObject({
  /** Regular expressions for names, without regard to case: a name like this holds a secret, whatever its value. */
  names: z.array(pattern).default([]),
  /** Regular expressions for values. */
  values: z.array(pattern).default([]),
  /** Names that hold no secret although they look like it. Values that look like one stay secret. */
  open: z.array(pattern).default([]),
});
export type SecretPatterns = z.output<typeof secretPatterns>;

/** Words that make a name a secret's; `API_KEY`, `apiKey` and `api-key` are read alike. */
const secretNames = [
  /\b(?:password|passwd|passphrase|passcode|pwd|pass|pin)\b/u,
  /\b(?:secrets?|tokens?|credentials?|nonce|salt|pepper|otp)\b/u,
  /\b(?:api|access|private|secret|encryption|encrypt|decryption|validation|signing|session|master|shared|account|auth|storage|app|license|licence|webhook|hmac|ssh|pgp|gpg|aes|rsa|jwt) ?keys?\b/u,
  /\b(?:authorization|bearer|signature|cookie|htpasswd|keystore|truststore|pfx|dsn)\b/u,
  /(?:password|passwd|secret|apikey|accesskey|privatekey|accesstoken|authtoken|secretkey)/u,
];

/** What secrets look like, whatever their name. */
const secretValues = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/u,
  /\beyJ[\w-]{6,2000}\.[\w-]{6,8000}\./u, // a JSON web token
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/u, // AWS
  /\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}/u,
  /\bxox[abeprs]-[\w-]{8,}|\bxapp-[\w-]{8,}|hooks\.slack\.com\/services\//u,
  /\b[srp]k_(?:live|test)_\w{8,}|\bwhsec_\w{8,}/u, // Stripe
  /\bAIza[\w-]{30,}|\bya29\.[\w-]+/u, // Google
  /\bSG\.[\w-]{16,}\.[\w-]{16,}|\bnpm_\w{30,}|\bsk-[\w-]{20,}/u,
  // A URL with a password, even one that should have been written otherwise; what is a port goes on with a path.
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:]{0,500}:(?!\d{1,5}[/?#])[^\s@]{1,2000}@/iu,
  /[?&](?:password|pwd|token|access_token|api_?key|key|secret|sig|signature|auth)=[^&\s]+/iu,
  /(?:^|[;,\s"'{])(?:password|passwd|pwd|accountkey|sharedaccesskey|sharedaccesssignature|secret|token)["']?\s*[=:]\s*["']?[^;\s"']+/iu,
  /(?:^|\s)--?[\w-]*(?:password|passwd|passphrase|secret|token|api-?key)[\w-]*\s+[^\s-]/iu, // a command's option
  /^(?:basic|bearer|digest|token)\s+\S{8,}/iu,
  /^\$(?:2[abxy]?|1|5|6|y|argon2\w*|scrypt)\$/u, // a hashed password
  /^[0-9a-f]{32,}$/iu,
];

/** `DB_PASSWORD=x`, `-Dmail.password=x`, `"apiKey": "x"`: something in the value that is given a value itself. */
const assignments = /(?<![\w.-])([\w.-]{1,100})["']?\s{0,20}[=:]\s{0,20}["']?(?=[^\s"',;&=])/gu;

/** Assemblies of .NET name the public key that they are signed with. */
const isPublic = (name: string): boolean => /\bpublic key\b/u.test(name);

function assignsSecret(value: string, isNoSecret: (name: string) => boolean): boolean {
  for (const [, name = ''] of value.matchAll(assignments)) {
    const spelled = spelledOut(name);
    if (isPublic(spelled) || isNoSecret(name)) continue;
    if (secretNames.some((one) => one.test(spelled))) return true;
  }
  return false;
}

/** Too regular to have been drawn by chance: words, paths, versions, identifiers made for people. */
function looksRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{24,}={0,2}$/u.test(value)) return false;
  if (!/[a-z]/u.test(value) || !/[A-Z]/u.test(value) || !/\d/u.test(value)) return false;
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bits = [...counts.values()].reduce((sum, count) => {
    const share = count / value.length;
    return sum - share * Math.log2(share);
  }, 0);
  return bits > 3.7;
}

/** `apiKey`, `API_KEY` and `api-key` as `api key`. */
function spelledOut(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase();
}

/** Nobody reads longer ones, and patterns take long over them. */
const longest = 2 ** 18;

/** Values that say nothing, whatever their name. */
const empty = /^(?:|true|false|yes|no|on|off|null|none|undefined)$/iu;

/**
 * Gives what tells whether a name and its value look like a secret. In doubt they do: such a value is then only told as
 * differing, and a secret that was told cannot be taken back.
 */
export function secretsBy(more: Partial<SecretPatterns> = {}): (name: string, value: string) => boolean {
  const compiled = (patterns: readonly string[] = []): RegExp[] =>
    patterns.map((one) => new RegExp(one, 'iu'));
  const [names, values, open] = [compiled(more.names), compiled(more.values), compiled(more.open)];
  const anyOf = (patterns: readonly RegExp[], text: string): boolean =>
    patterns.some((one) => one.test(text));
  const isOpen = (name: string): boolean => anyOf(open, name);
  return (name, value) => {
    if (empty.test(value)) return false;
    if (value.length > longest || anyOf(secretValues, value) || anyOf(values, value)) return true;
    if (looksRandom(value) || assignsSecret(value, isOpen)) return true;
    if (isOpen(name)) return false;
    const spelled = spelledOut(name);
    return (!isPublic(spelled) && anyOf(secretNames, spelled)) || anyOf(names, name);
  };
}

/** Whether this name and value look like a secret by what is known by default. */
export const isSecret = secretsBy();
