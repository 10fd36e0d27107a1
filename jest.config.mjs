// @apollo/gateway calls home unless this is set before it is loaded; the workers inherit it.
process.env.APOLLO_TELEMETRY_DISABLED = '1';

const typescript = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: false,
      useDefineForClassFields: false,
      verbatimModuleSyntax: true,
    },
    target: 'es2022',
  },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/services/**/*.test.ts', '<rootDir>/widget/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': ['@swc/jest', typescript] },
  globalSetup: '<rootDir>/test/support/mariadb.ts',
  globalTeardown: '<rootDir>/test/support/teardown.ts',
  maxWorkers: 2,
  testTimeout: 30_000,
};
