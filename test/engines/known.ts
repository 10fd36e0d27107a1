/** A failure that is known and waits for its mending: what it is about, and why it is not mended yet. */
export interface Known {
  readonly check: string;
  readonly engine?: RegExp; // all when not given
  readonly subject: RegExp;
  readonly why: string;
}

/** The only place where a failure is excused. What stands here is printed by every run, and fails it once it is mended. */
export const KNOWN: readonly Known[] = [
  {
    check: 'hostile page',
    engine: /Chromium|Firefox|WebKitGTK/,
    subject: /^Trusted Types with our policy/,
    why: 'the tag makes its policy under the name of Lit, which a page with another Lit may have taken',
  },
  {
    check: 'hostile page',
    engine: /Chromium|Firefox|WebKitGTK/,
    subject: /^trusted-types 'none'/,
    why: 'where no policy may be made, the module fails and only the fallback inside the tag is left',
  },
  {
    check: 'hostile page',
    subject: /^a parent from right to left/,
    why: 'all: initial leaves the direction of the page, and the card reads from right to left',
  },
  {
    check: 'hostile page',
    engine: /^WPE/,
    subject: /^(a plain page|the strictest policy)$/,
    why: 'without constructed style sheets Lit writes a style element, which a policy without style-src refuses',
  },
  {
    check: 'scheme',
    subject: /^a (dark page on a light|light page on a dark) system/,
    why: 'the tag follows the system of the reader instead of the page where the two differ',
  },
  {
    check: 'axe',
    engine: /^WPE/,
    subject: /./,
    why: 'a link inside the tag keeps its dark blue on the dark card, in an engine whose links follow no scheme',
  },
  {
    check: 'layout shift',
    subject: /./,
    why: 'the 420 px that the contract gives to partners are not the room the card takes at each width, and remarks come in late',
  },
  {
    check: 'churn',
    subject: /^back to the start$/,
    why: 'the 79 nodes of one tag stay, after 4,000 tags as after 10,000; what holds the last one is not found yet',
  },
  { check: 'first number', subject: /./, why: 'Lit and the words of two languages come before the first question' },
  {
    check: '20 tags',
    subject: /./,
    why: 'each tag asks for itself and draws by itself: there is no store of the page yet',
  },
];
