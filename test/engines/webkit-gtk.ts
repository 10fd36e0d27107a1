import { startProcess } from '../support/processes.js';
import type { Engine, Scheme } from './engine.js';
import { startDriver } from './webdriver.js';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** WebKitGTK, about the newest Safari, on a screen that is only memory. Its driver hangs over screenshots there. */
export async function startWebKitGtk(scheme: Scheme): Promise<Engine> {
  const screen = await startProcess({
    command: 'Xvfb',
    args: ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    ready: /^\d+\n/m,
  });
  const display = /^(\d+)\n/m.exec(screen.output())?.[1];
  try {
    const engine = await startDriver({
      name: 'WebKitGTK 2.50',
      command: 'WebKitWebDriver',
      env: {
        DISPLAY: `:${display}`,
        GTK_THEME: scheme === 'dark' ? 'Adwaita:dark' : 'Adwaita',
        LIBGL_ALWAYS_SOFTWARE: '1',
        WEBKIT_DISABLE_DMABUF_RENDERER: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
      capabilities: { 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } },
      hasScreenshots: false,
    });
    const close = async () => {
      await engine.close();
      await screen.stop();
    };
    return { ...engine, close };
  } catch (error) {
    await screen.stop();
    throw error;
  }
}
