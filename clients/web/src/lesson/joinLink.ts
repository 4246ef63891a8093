// A link into a lesson, and into one of its rooms: `/j/K7PM4X?room=2`.

/** The number of the hub. */
export const hub = 1;

export const joinLink = (origin: string, code: string, room?: number): string => `${origin}/j/${code}${room ? `?room=${room}` : ""}`;

/** The room that a link says; undefined where it says none, or nothing that could be one. */
export function roomOfLink(search: string): number | undefined {
  const said = new URLSearchParams(search).get("room");
  return said && /^[1-9]\d{0,3}$/.test(said) ? Number(said) : undefined;
}
