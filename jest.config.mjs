export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // A browser, databases and sshd are more than npm brings; npm run test:browser and test:servers ask for them.
  testPathIgnorePatterns: [
    ...(process.env.SLIPWAY_BROWSER_TESTS ? [] : ['<rootDir>/test/browser/']),
    ...(process.env.SLIPWAY_SERVER_TESTS
      ? []
      : ['<rootDir>/test/process/comparison/databases/', '<rootDir>/test/process/comparison/files/sftp']),
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/support/summary.mjs'],
  testTimeout: 30_000,
  maxWorkers: 2,
};
