import { defineConfig } from 'vitest/config'

/** Component tests need Garden and styled-components bundled as one copy; see docs/decisions for why. */
const garden = {
  resolve: { mainFields: ['browser', 'module', 'main'], dedupe: ['react', 'react-dom', 'styled-components'] },
}

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Most tests wait for a database or a browser more than they compute; one worker would leave two cores idle.
    maxWorkers: 3,
    // `isolate: false` where nothing is kept in modules: their files are loaded once a worker and not once a file.
    projects: [
      { test: { name: 'core', include: ['test/core/**/*.test.ts'], isolate: false, testTimeout: 20_000 } },
      {
        ...garden,
        test: {
          name: 'app',
          include: ['test/app/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['test/support/dom.ts'],
          testTimeout: 20_000,
          server: { deps: { inline: [/@zendeskgarden/, 'styled-components'] } },
        },
      },
      {
        test: {
          name: 'zendesk',
          include: ['test/zendesk/**/*.test.ts'],
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['test/server/**/*.test.ts'],
          isolate: false,
          globalSetup: ['test/support/database.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          globalSetup: ['test/support/database.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/database.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
