import type { Statements } from './compare.js';

/** Who suggests statements for the differences that a collector finds. */
export const statements: Statements = {};
