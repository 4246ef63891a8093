// Line icons, 24 units, drawn with the text's colour.
const shapes = {
  lost: "M3 12a9 9 0 1018 0 9 9 0 10-18 0M9 10h.01M15 10h.01M8.6 16.2c1-1.4 2.2-2 3.4-2s2.4.6 3.4 2",
  hand: "M8 12V5.5a1.5 1.5 0 013 0V11m0-6.5a1.5 1.5 0 013 0V11m0-4.5a1.5 1.5 0 013 0V14a6 6 0 01-11 3.3L4 14.5a1.6 1.6 0 012.5-2L8 14",
  tempo: "M4 18a9 9 0 1116 0M12 15l4-6M12 15h.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M6 6l12 12M18 6L6 18",
  arrow: "M5 12h14M13 6l6 6-6 6",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M6 9l6 6 6-6",
  people:
    "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20a6.500 6.500 0 0113 0M16 4.500a3.500 3.500 0 010 6.500M18 14.500a6.500 6.500 0 013.500 5.500",
  ask: "M4 5h16v11H10l-5 4v-4H4zM9.500 9a2.500 2.200 0 115 0c0 1.500-2.500 1.600-2.500 2.800M12 13.800h.01",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  pen: "M4 20l4-1L20 7l-3-3L5 16z",
  highlighter: "M4 20h9M8 15l7-11 5 3-6 11H9z",
  eraser: "M4 15L14 4l7 7-9 9H8zM9 9l7 7",
  undo: "M6 9h9a5 5 0 010 10H7M10 4L5 9l5 5",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  theme: "M3 12a9 9 0 1018 0 9 9 0 10-18 0M12 3v18M12 8h8M12 12h9M12 16h8",
  left: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  small: "M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5",
  clock: "M3 12a9 9 0 1018 0 9 9 0 10-18 0M12 7v5l3 2",
  board: "M3 5h18v12H3zM9 21h6M12 17v4",
  star: "M12 4l2.500 5.200 5.700.700-4.200 3.900 1.100 5.700-5.100-2.800-5.100 2.800 1.100-5.700-4.200-3.900 5.700-.700z",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4",
  slow: "M3 12a9 9 0 1018 0 9 9 0 10-18 0M9 10h.01M15 10h.01M8.500 15.500h7",
  right: "M3 12a9 9 0 1018 0 9 9 0 10-18 0M9 10h.01M15 10h.01M8.500 14.500c1 1.300 2.200 1.900 3.500 1.900s2.500-.6 3.500-1.900",
  fast: "M3 12a9 9 0 1018 0 9 9 0 10-18 0M9 10h.01M15 10h.01M10 15.500a2 1.600 0 104 0 2 1.600 0 10-4 0",
  tooFast: "M3 12a9 9 0 1018 0 9 9 0 10-18 0M8 9l2 1-2 1M16 9l-2 1 2 1M9.500 16a2.500 2.200 0 105 0 2.500 2.200 0 10-5 0",
} as const;
export type IconName = keyof typeof shapes;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
