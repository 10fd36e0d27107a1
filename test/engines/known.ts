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
    engine: /^WPE/,
    subject: /^(a plain page|the strictest policy)$/,
    why: 'without constructed style sheets the tag writes a style element, which a policy without style-src refuses',
  },
  {
    check: 'scheme',
    engine: /^WPE/,
    subject: /^a dark page/,
    why: 'an engine without light-dark() cannot follow a page, and the card stays light',
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
    why: 'the nodes of one tag stay, about a hundred, however many there were; what holds the last one is not found yet',
  },
  { check: 'first number', subject: /./, why: 'Lit and the words of two languages come before the first question' },
  {
    check: '20 tags',
    subject: /^taskMs$/,
    why: 'all tags of a page draw in one task when their answer comes',
  },
];
