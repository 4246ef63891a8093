// One SignalR connection by one road.
import { HttpTransportType, type HubConnection, HubConnectionBuilder, type IHttpConnectionOptions, LogLevel } from "@microsoft/signalr";
import type { Road } from "./transports";

export type Line = Pick<HubConnection, "start" | "stop" | "on" | "onclose" | "invoke" | "state">;

/** A proxy may swallow the upgrade, or what follows it, and say nothing; a browser alone would wait for minutes. */
const patience = 6000;

function options(road: Road): IHttpConnectionOptions {
  if (road === "socket") return { transport: HttpTransportType.WebSockets, skipNegotiation: true };
  if (road === "events") return { transport: HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling };
  return { transport: HttpTransportType.LongPolling };
}

export const line = (road: Road, ticket?: () => string): Line =>
  new HubConnectionBuilder()
    .withUrl("/hubs/classroom", ticket ? { ...options(road), accessTokenFactory: ticket } : options(road))
    .configureLogging(LogLevel.None)
    .build();

/** Rejects when the line does not stand in time. It is of no use after that: should it stand yet, it is hung up. */
export async function dial(to: Line, road: Road): Promise<void> {
  // Without a WebSocket the browser and SignalR have limits of their own.
  if (road !== "socket") return to.start();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("silence"));
      void to.stop().catch(() => {});
    }, patience);
  });
  try {
    await Promise.race([to.start(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** SignalR asked for a road and got no answer it understands: no server, no network, or nobody let in. */
export const nobodyThere = (error: unknown): boolean =>
  (error as { errorType?: string } | undefined)?.errorType === "FailedToNegotiateWithServerError";
