export interface Listening {
  /** True while answers come by themselves. */
  readonly isOpen: () => boolean;
  readonly stop: () => void;
}

/**
 * Takes the answers that the far end sends of its own at this address, while the document is looked at. The browser
 * connects again by itself where the connection breaks, and says which answer it had last.
 */
export function listen(address: string, onBody: (body: unknown) => void): Listening {
  let source: EventSource | undefined;
  const look = () => {
    source?.close();
    source = document.hidden ? undefined : new EventSource(address);
    source?.addEventListener('message', ({ data }) => onBody(JSON.parse(data)));
  };
  look();
  document.addEventListener('visibilitychange', look);
  return {
    isOpen: () => source?.readyState === 1,
    stop: () => {
      document.removeEventListener('visibilitychange', look);
      source?.close();
    },
  };
}
