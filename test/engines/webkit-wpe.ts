import type { Engine } from './engine.js';
import { startDriver } from './webdriver.js';

/** WPE WebKit 2.38, about Safari 16.0: the oldest engine we answer for, without a screen. It has no dark system. */
export function startWpe(): Promise<Engine> {
  return startDriver({
    name: 'WPE WebKit 2.38',
    command: 'WPEWebDriver',
    env: { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    capabilities: {
      'wpe:browserOptions': { binary: '/usr/bin/cog', args: ['--automation', '--platform=headless'] },
    },
    hasScreenshots: true,
  });
}
