import { w } from "../../../i18n/rooms";

/** As the teacher calls it; the hub may have no name. */
export const labelOf = (room: { name?: string | undefined }): string => room.name ?? w().hub;
