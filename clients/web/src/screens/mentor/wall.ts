// A centre's live lessons as a mentor has them: the tiles, and the outbox for claims.

import { type ReadonlySignal, signal } from "@preact/signals";
import { api } from "../../connection/api";
import { setServerNow } from "../../connection/clock";
import { Connection, type ConnectionState, type Entered } from "../../connection/connection";
import { held } from "../../connection/lost";
import { Outbox } from "../../connection/outbox";
import { rememberedTransport } from "../../connection/remembered";
import { openStorage } from "../../connection/storage";
import { methods } from "../../protocol/messages";
import type { Refusal, Reply, Tile, TileHand } from "../../protocol/types";

export interface Wall {
  readonly tiles: ReadonlySignal<ReadonlyMap<string, Tile> | undefined>;
  readonly state: ReadonlySignal<ConnectionState>;
  readonly refusal: ReadonlySignal<Refusal | undefined>;
  /** The server opens nothing until somebody has put its database right. */
  readonly held: ReadonlySignal<boolean>;
  readonly outbox: Outbox;
  leave(): void;
}

export function watchCentre(who: string): Wall {
  const tiles = signal<ReadonlyMap<string, Tile> | undefined>(undefined);
  const refusal = signal<Refusal | undefined>(undefined);
  const connection = new Connection(enter, undefined, undefined, rememberedTransport);
  const outbox = new Outbox(`mentor/${who}`, openStorage(), connection);

  connection.on("tiles", (changed, all) => {
    const next = new Map(all ? [] : tiles.peek());
    for (const tile of changed) {
      if (tile.phase === "ended") next.delete(tile.classroomId);
      else next.set(tile.classroomId, tile);
    }
    tiles.value = next;
  });

  async function enter(): Promise<Entered> {
    const reply = await connection.invoke<Reply>(methods.watchCentre);
    refusal.value = reply.refusal;
    if (reply.refusal) return "stop";
    void api.session().then(
      (s) => setServerNow(s.now),
      () => {},
    );
    return "live";
  }

  void outbox.restore();
  connection.start();
  return {
    tiles,
    state: connection.state,
    refusal,
    held,
    outbox,
    leave() {
      outbox.stop();
      connection.stop();
    },
  };
}

const waitOf = (tile: Tile): number =>
  Math.min(...tile.hands.filter((h) => !h.claimedBy).map((h) => Date.parse(h.since)), Number.POSITIVE_INFINITY);
/** By need: the longest wait nobody has claimed, then the share of the lost, then the silent. */
export function byNeed(a: Tile, b: Tile): number {
  const [wa, wb] = [waitOf(a), waitOf(b)];
  if (wa !== wb) return wa < wb ? -1 : 1;
  return b.lost - a.lost || b.idle - a.idle || a.className.localeCompare(b.className) || a.classroomId.localeCompare(b.classroomId);
}

/** When the one who waits longest began, if nobody goes there. */
export function waitingSince(tile: Tile): string | undefined {
  return tile.hands.filter((h) => !h.claimedBy).sort((a, b) => Date.parse(a.since) - Date.parse(b.since))[0]?.since;
}

export type PlacedHand = TileHand & { tile: Tile };
/** @property rehearsal all of them are scripted */
export type TopicGroup = { topic: string; rehearsal: boolean; hands: PlacedHand[] };

/** Hands of all sessions by topic: one mentor can answer several at once. Nobody goes to those of a rehearsal with those of children. */
export function byTopic(tiles: Iterable<Tile>): TopicGroup[] {
  const groups = new Map<string, TopicGroup>();
  const all = [...tiles]
    .flatMap((tile) => tile.hands.map((h) => ({ ...h, tile })))
    .sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
  for (const hand of all) {
    const topic = hand.topic.trim();
    const rehearsal = hand.tile.rehearsal === true;
    const key = `${rehearsal}/${topic.toLowerCase()}`;
    const group = groups.get(key) ?? { topic, rehearsal, hands: [] };
    group.hands.push(hand);
    groups.set(key, group);
  }
  const free = (g: TopicGroup) => Math.min(...g.hands.filter((h) => !h.claimedBy).map((h) => Date.parse(h.since)), Number.MAX_VALUE);
  return [...groups.values()].sort((a, b) => free(a) - free(b));
}
