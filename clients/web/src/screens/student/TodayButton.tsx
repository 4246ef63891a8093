import { signal } from "@preact/signals";
import { w } from "../../i18n/student";
import { Button } from "../../ui/parts";

/** The child looks at what it wrote today. */
export const todayOpen = signal(false);

export function TodayButton() {
  return (
    <Button
      kind="line"
      onClick={() => {
        todayOpen.value = true;
      }}
      data-testid="today-open"
    >
      {w().today}
    </Button>
  );
}
