// What this browser remembers for us. Where site data is blocked even to ask is an exception, and where the place is full to keep is one: then it
// is remembered as long as the page is open.

export class Kept {
  #memory = new Map<string, string>();
  #open: () => Storage;
  /** False where nothing outlives this page. */
  readonly lasts: boolean;

  constructor(open: () => Storage) {
    this.#open = open;
    this.lasts = this.#works();
  }

  get(key: string): string | undefined {
    // What could not be kept is newer than what is.
    return this.#memory.get(key) ?? this.#ask((storage) => storage.getItem(key)) ?? undefined;
  }

  /** Undefined: no longer. */
  set(key: string, value: string | undefined): void {
    const kept = this.#ask((storage) => {
      if (value === undefined) storage.removeItem(key);
      else storage.setItem(key, value);
      return true;
    });
    if (kept || value === undefined) this.#memory.delete(key);
    else this.#memory.set(key, value);
  }

  keys(): string[] {
    return [...new Set([...(this.#ask((storage) => Object.keys(storage)) ?? []), ...this.#memory.keys()])];
  }

  #works(): boolean {
    const key = "ortaq.kept";
    return (
      this.#ask((storage) => {
        storage.setItem(key, key);
        storage.removeItem(key);
        return true;
      }) ?? false
    );
  }

  #ask<T>(question: (storage: Storage) => T): T | undefined {
    try {
      return question(this.#open());
    } catch {
      return undefined;
    }
  }
}

/** On this device, for all its tabs. */
export const onDevice = new Kept(() => localStorage);
/** In this tab, over a reload. */
export const inTab = new Kept(() => sessionStorage);
