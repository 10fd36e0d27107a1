import { follow } from './follow.js';
import { addressOf, fetchBody, type Lists, type Part, type Question } from './query.js';

/** What one tag wants to know. */
export interface Wish extends Omit<Question, 'lists'> {
  readonly part: Part;
  readonly codes: readonly string[];
}

/** The tag that has a wish. */
export interface Wisher {
  /** Told of each answer: the body for all tags, parsed, nothing checked, and what was asked for. Throws at one not to be believed. */
  onBody(body: unknown, lists: Lists): void;
  /** Told of each failure, and of what it threw itself. */
  onFailure(error: unknown): void;
  /** Milliseconds from one answer to the next question. */
  readonly everyMs: number;
  /** Answers are to come by themselves. */
  readonly isLive: boolean;
}

/** Makes a wish; the function that it returns takes it back. */
export type Store = (wish: Wish, wisher: Wisher) => () => void;

/** While answers come by themselves it is asked this seldom whether one was missed. */
const LIVE_MS = 600_000;

/** One for all tags of a page: those that want one edition by one definition ask a single question. */
export function createStore(): Store {
  const groups = new Map<string, Store>();
  return (wish, wisher) => {
    const { api, indicator, asOf } = wish;
    const key = JSON.stringify([api, indicator, asOf]);
    const group = groups.get(key) ?? createGroup(wish);
    groups.set(key, group);
    return group(wish, wisher);
  };
}

/** Those who ask together. The question is put when the script that made the wishes has ended, and again for another wish. */
function createGroup({ api, indicator, asOf }: Omit<Question, 'lists'>): Store {
  const members = new Map<Wisher, Wish>();
  let timer: ReturnType<typeof setTimeout>;
  let asking: Asking | undefined;

  const ask = () => {
    const lists = listsOf([...members.values()]);
    const isLive = !asOf && [...members.keys()].some((wisher) => wisher.isLive);
    const address = addressOf({ api, indicator, asOf, lists });
    if (asking?.address === address && asking.isLive === isLive) return asking.tell();
    asking?.stop();
    asking = startAsking({ address, isLive, isPinned: !!asOf, lists, wishers: () => [...members.keys()] });
  };
  return (wish, wisher) => {
    members.set(wisher, wish);
    clearTimeout(timer);
    timer = setTimeout(ask);
    return () => {
      members.delete(wisher);
      if (members.size) return;
      clearTimeout(timer);
      asking?.stop();
      asking = undefined;
    };
  };
}

/** What several wishes ask for together, in an order of its own, so that the same tags make the same address. */
function listsOf(wishes: readonly Wish[]): Lists {
  const parts = [...new Set(wishes.map(({ part }) => part))].sort();
  const codesOf = (part: Part) => wishes.flatMap((wish) => (wish.part === part ? wish.codes : []));
  return Object.fromEntries(parts.map((part) => [part, [...new Set(codesOf(part))].sort()]));
}

interface Asked {
  readonly address: string;
  readonly isLive: boolean;
  readonly isPinned: boolean;
  readonly lists: Lists;
  readonly wishers: () => readonly Wisher[];
}

interface Asking extends Pick<Asked, 'address' | 'isLive'> {
  /** Tells the last answer again, where there is one. */
  tell(): void;
  stop(): void;
}

function startAsking({ address, isLive, isPinned, lists, wishers }: Asked): Asking {
  let tell = () => true;
  let isOpen = () => false;
  const read = (body: unknown) => {
    tell = () => wishers().filter((wisher) => !isRead(wisher, body, lists)).length === 0;
    return tell();
  };
  const stop = follow({
    ask: async (signal) => {
      const body = await fetchBody(address, signal);
      signal.throwIfAborted();
      if (!read(body)) throw null; // those whom it concerns are told
    },
    onFailure: (error) => {
      if (error) for (const wisher of wishers()) wisher.onFailure(error);
    },
    everyMs: () => (isPinned ? null : isOpen() ? LIVE_MS : Math.min(...wishers().map(({ everyMs }) => everyMs))),
    window,
    document,
  });
  const listening = isLive
    ? import('./listen.js').then(({ listen }) => listen(address.replace('/graphql?', '/live?'), read))
    : null;
  listening?.then((one) => {
    isOpen = one.isOpen;
  });
  return {
    address,
    isLive,
    tell: () => tell(),
    stop: () => {
      stop();
      listening?.then((one) => one.stop());
    },
  };
}

function isRead(wisher: Wisher, body: unknown, lists: Lists): boolean {
  try {
    wisher.onBody(body, lists);
    return true;
  } catch (error) {
    wisher.onFailure(error);
    return false;
  }
}
