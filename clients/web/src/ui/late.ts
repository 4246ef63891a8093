// A module that comes after the page: asked for at once by whoever knows that it will be wanted, and again until it is there.
import { type Signal, signal } from "@preact/signals";

const again = 3000;

/** @property failures how often it did not come: a browser may remember that, and only a reload helps */
export type Late<T> = { here: Signal<T | undefined>; failures: Signal<number>; fetch: () => void };

export function late<T>(load: () => Promise<T>): Late<T> {
  const here = signal<T | undefined>(undefined);
  const failures = signal(0);
  let going = false;
  const fetch = () => {
    if (going || here.peek()) return;
    going = true;
    load().then(
      (module) => {
        here.value = module;
      },
      () => {
        failures.value++;
        setTimeout(() => {
          going = false;
          fetch();
        }, again);
      },
    );
  };
  return { here, failures, fetch };
}
