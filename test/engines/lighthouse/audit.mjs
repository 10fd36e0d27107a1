/** Prints Lighthouse's mark for accessibility of each address among the arguments, and the audits that lower it, as JSON. */
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const marks = [];
try {
  for (const url of process.argv.slice(2)) marks.push(await markOf(url));
} finally {
  chrome.kill();
}
process.stdout.write(JSON.stringify(marks));

async function markOf(url) {
  const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: ['accessibility'], logLevel: 'silent' });
  const audits = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1);
  const failed = audits.map(({ id, details }) => `${id} ${details?.items?.[0]?.node?.snippet ?? ''}`.trim());
  return { url, mark: Math.round(100 * (lhr.categories.accessibility.score ?? 0)), failed };
}
