import type { AddressReference, SecretReference } from './source.js';

const placeholder = /\$\{([A-Za-z_]\w*)\}/gu;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Something that people can act on when a source could not be looked at: a sentence without secrets. */
export function couldNotLook(source: string, why: string): Error {
  return new Error(`${source}: ${why}`);
}

/** The environment's variables by name; each value that was read is remembered, to be kept out of whatever is written. */
export interface Secrets {
  secret(reference: SecretReference): string;
  address(reference: AddressReference): string;
  /** The text without any value that was read. */
  clean(text: string): string;
  /** The passwords that were read. Short ones are left out: they would be found by chance. */
  held(): readonly string[];
  /** Keeps one more value out of what is written: the password inside an address. */
  keepOut(value: string): void;
}

const shortest = 6;

/** Reads what a source of slipway.yaml only names. */
export function secretsOf(source: string, environment: Environment = process.env): Secrets {
  const read = new Set<string>();
  const take = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '')
      throw couldNotLook(source, `the environment variable ${name} is not set.`);
    return value;
  };
  const keepOut = (value: string): void => {
    if (value.length >= shortest) read.add(value);
  };
  const kept = (value: string): string => {
    keepOut(value);
    return value;
  };
  return {
    secret: (reference) => kept(take(typeof reference === 'string' ? reference.slice(2, -1) : reference.env)),
    address: (reference) => {
      if (typeof reference !== 'string') return kept(take(reference.env));
      const whole = /^\$\{(\w+)\}$/u.exec(reference)?.[1];
      if (whole !== undefined) return kept(take(whole));
      // Only the password among them is a secret, and whoever takes the address apart keeps it out.
      return reference.replace(placeholder, (_, name: string) => encodeURIComponent(take(name)));
    },
    clean: (text) => [...read].reduce((cleaned, value) => cleaned.replaceAll(value, '…'), text),
    held: () => [...read],
    keepOut,
  };
}
