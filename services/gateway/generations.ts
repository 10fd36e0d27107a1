import type { Engine } from './engine.js';

/** The engine of now. A request keeps the one that it began with; the next one takes its place whole. */
export interface Generations extends Pick<Engine, 'partOf' | 'answer'> {
  current(): Engine;
  /** From now on this one answers; the one before is stopped once its last request has ended. */
  swap(next: Engine): void;
  /** Called after each swap. */
  onSwap(listener: () => void): void;
  stop(): Promise<void>;
}

/** An engine, and how many requests it is at. */
interface Generation {
  readonly engine: Engine;
  running: number;
  isOver: boolean;
}

export function createGenerations(first: Engine, onFailure: (error: unknown) => void): Generations {
  const listeners: (() => void)[] = [];
  let current: Generation = { engine: first, running: 0, isOver: false };

  const endIfIdle = (generation: Generation) => {
    if (generation.isOver && generation.running === 0) generation.engine.stop().catch(onFailure);
  };

  return {
    current: () => current.engine,
    partOf: (question) => current.engine.partOf(question),
    async answer(question, edition, requestId) {
      const generation = current;
      generation.running += 1;
      try {
        return await generation.engine.answer(question, edition, requestId);
      } finally {
        generation.running -= 1;
        endIfIdle(generation);
      }
    },
    swap(next) {
      const before = current;
      current = { engine: next, running: 0, isOver: false };
      before.isOver = true;
      endIfIdle(before);
      for (const listener of listeners) listener();
    },
    onSwap: (listener) => void listeners.push(listener),
    stop: () => current.engine.stop(),
  };
}
