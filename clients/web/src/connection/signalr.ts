// One SignalR connection by one transport.
import { HttpTransportType, type HubConnection, HubConnectionBuilder, type IHttpConnectionOptions, LogLevel } from "@microsoft/signalr";
import { hubPath } from "../protocol/messages";
import type { Transport } from "./transports";

export type SignalR = Pick<HubConnection, "start" | "stop" | "on" | "onclose" | "invoke" | "state">;

/** A proxy may swallow the upgrade, or what follows it, and answer nothing; a browser alone would wait for minutes. */
const startTimeout = 6000;

function options(transport: Transport): IHttpConnectionOptions {
  if (transport === "webSocket") return { transport: HttpTransportType.WebSockets, skipNegotiation: true };
  if (transport === "serverSentEvents") return { transport: HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling };
  return { transport: HttpTransportType.LongPolling };
}

export const createSignalR = (transport: Transport, ticket?: () => string): SignalR =>
  new HubConnectionBuilder()
    .withUrl(hubPath, ticket ? { ...options(transport), accessTokenFactory: ticket } : options(transport))
    .configureLogging(LogLevel.None)
    .build();

/** Rejects when the connection is not up in time. It is of no use after that: should it come up later, it is stopped. */
export async function startInTime(connection: SignalR, transport: Transport): Promise<void> {
  // Without a WebSocket the browser and SignalR have time-outs of their own.
  if (transport !== "webSocket") return connection.start();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("timeout"));
      void connection.stop().catch(() => {});
    }, startTimeout);
  });
  try {
    await Promise.race([connection.start(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** The negotiation got no answer that SignalR understands: no server, no network, or nobody let in. */
export const isUnreachable = (error: unknown): boolean =>
  (error as { errorType?: string } | undefined)?.errorType === "FailedToNegotiateWithServerError";
