// By which transport this device reached the server last. A phone goes home and comes to another network: only for half a day.
import { onDevice } from "../device/kept";
import type { RememberedTransport, Transport } from "./transports";

const key = "ortaq.transport";
const life = 12 * 3_600_000;

export const rememberedTransport: RememberedTransport = {
  get() {
    const [transport, at] = onDevice.get(key)?.split(" ") ?? [];
    return Date.now() - Number(at) < life ? (transport as Transport) : undefined;
  },
  set(transport) {
    onDevice.set(key, `${transport} ${Date.now()}`);
  },
};
