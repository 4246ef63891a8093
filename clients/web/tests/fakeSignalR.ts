// SignalR without a server: transports that work or not, and messages as a hub would send them.
import type { Connection } from "../src/connection/connection";
import type { SignalR } from "../src/connection/signalr";
import type { Transport } from "../src/connection/transports";

/** Connections whose transports work or not; what is started and stopped is written down. */
export class Connections {
  started: Transport[] = [];
  stopped: Transport[] = [];
  calls: [method: string, ...args: unknown[]][] = [];
  opened = 0;
  current:
    | {
        transport: Transport;
        close: () => void;
        silence: (method?: string) => void;
        receive: (message: string, ...args: unknown[]) => void;
      }
    | undefined;

  /** @param reply what the hub answers to a call */
  constructor(
    public works: (transport: Transport) => true | Error | Promise<never> = () => true,
    public reply: (method: string, ...args: unknown[]) => unknown = () => undefined,
  ) {}

  /** The connection that is up does not answer any more: any call, or calls of one method. */
  silent(method?: string): void {
    this.current?.silence(method);
  }

  open = (transport: Transport): SignalR => {
    this.opened++;
    let unanswered: string | true | undefined;
    const handlers = new Map<string, (...args: unknown[]) => void>();
    let closed: () => void = () => {};
    let state = "Disconnected";
    return {
      get state() {
        return state;
      },
      start: async () => {
        this.started.push(transport);
        const outcome = await this.works(transport);
        if (outcome !== true) throw outcome;
        state = "Connected";
        const close = () => {
          state = "Disconnected";
          this.current = undefined;
          closed();
        };
        const silence = (method?: string) => {
          unanswered = method ?? true;
        };
        this.current = { transport, close, silence, receive: (message, ...args) => handlers.get(message)?.(...args) };
      },
      stop: async () => {
        this.stopped.push(transport);
        if (state === "Connected") this.current?.close();
      },
      on: (message: string, handler: (...args: unknown[]) => void) => void handlers.set(message, handler),
      onclose: (then: () => void) => {
        closed = then;
      },
      invoke: async (method: string, ...args: unknown[]) => {
        this.calls.push([method, ...args]);
        return unanswered === true || unanswered === method ? new Promise<never>(() => {}) : this.reply(method, ...args);
      },
    } as unknown as SignalR;
  };
}

/** Resolves when the connection is in that state. */
export const reaches = (connection: Pick<Connection, "state">, state: string) =>
  new Promise<void>((done) => {
    const stop = connection.state.subscribe((now) => {
      if (now !== state) return;
      done();
      queueMicrotask(() => stop());
    });
  });

export const withSockets = async (act: () => Promise<void>) => {
  const had = Object.getOwnPropertyDescriptor(globalThis, "WebSocket");
  Object.defineProperty(globalThis, "WebSocket", { value: class {}, configurable: true });
  try {
    await act();
  } finally {
    if (had) Object.defineProperty(globalThis, "WebSocket", had);
    else Reflect.deleteProperty(globalThis, "WebSocket");
  }
};
