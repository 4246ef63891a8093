// One SignalR connection by one transport.
import { HttpTransportType, type HubConnection, HubConnectionBuilder, type IHttpConnectionOptions, LogLevel } from "@microsoft/signalr";
import { hubPath } from "../protocol/messages";
import type { Transport } from "./transports";

export type SignalR = Pick<HubConnection, "start" | "stop" | "on" | "onclose" | "invoke" | "state">;

/**
 * A proxy may swallow the upgrade, or keep back what follows it, and answer nothing; a browser alone would wait for minutes. The last way has most
 * time, and each has more when all have failed: a line may be that slow.
 */
const startTakes: Record<Transport, number> = { webSocket: 4000, serverSentEvents: 3000, longPolling: 6000 };
const longestStart = 15_000;
/** What a page that is looked at says at least every so often, and what it hears: the server's own interval is 4 s. */
const pingEvery = 3000;
const silence = 10_000;

function options(transport: Transport): IHttpConnectionOptions {
  if (transport === "webSocket") return { transport: HttpTransportType.WebSockets, skipNegotiation: true };
  if (transport === "serverSentEvents") return { transport: HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling };
  return { transport: HttpTransportType.LongPolling };
}

export const createSignalR = (transport: Transport, ticket?: () => string): SignalR =>
  new HubConnectionBuilder()
    .withUrl(hubPath, ticket ? { ...options(transport), accessTokenFactory: ticket } : options(transport))
    .configureLogging(LogLevel.None)
    .withKeepAliveInterval(pingEvery)
    .withServerTimeout(silence)
    .build();

/** Rejects when the connection is not up in time: it is of no use after that. */
export async function startInTime(connection: SignalR, transport: Transport, attempt: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("timeout")), Math.min(longestStart, startTakes[transport] * 1.5 ** attempt));
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
