import { useEffect, useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { signOut } from "../../../connection/session";
import { inLanguage, language, say, t } from "../../../i18n";
import { w as account } from "../../../i18n/account";
import { w } from "../../../i18n/teacher";
import type { ClassroomCard, Kit, Session } from "../../../protocol/http";
import type { Refusal } from "../../../protocol/types";
import { Looks } from "../../../ui/Looks";
import { Button, Mark } from "../../../ui/parts";
import { RehearsalMark } from "../../../ui/RehearsalMark";
import { ClockBanner } from "../parts/ClockBanner";
import { NewLesson } from "./NewLesson";
import { Rehearse } from "./Rehearse";

type Props = { session: Session; beside: string | undefined; onOut: () => void };

/** @param beside the lesson beside which a second group is to be opened */
export function Home({ session, beside, onOut }: Props) {
  const [making, setMaking] = useState(beside !== undefined);
  const [list, setList] = useState<ClassroomCard[]>();
  const [kits, setKits] = useState<Kit[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  useEffect(() => {
    api.kits().then(setKits, (error) => setRefusal(refusalOf(error)));
    // A rehearsal that is over is nothing to come back to.
    api.classrooms().then(
      (all) => setList(all.filter((c) => !(c.rehearsal && c.endedAt))),
      (error) => setRefusal(refusalOf(error)),
    );
  }, []);
  return (
    <div class="home">
      <header class="bar-top">
        <Mark size={36} />
        <b class="grow hello">{w().home.hello(session.name ?? "")}</b>
        <Looks />
        <a class="btn quiet compact" href="/accounts#own" data-testid="own-account">
          {account().own}
        </a>
        <Button kind="quiet" compact onClick={() => void signOut().then(onOut)}>
          {account().out}
        </Button>
      </header>
      <ClockBanner />
      <main class="stack wide">
        {making ? (
          <NewLesson
            kits={kits}
            beside={beside}
            first={list?.find((c) => c.classroomId === beside)?.className}
            onCancel={() => {
              if (beside) location.hash = beside;
              else setMaking(false);
            }}
          />
        ) : (
          <>
            {kits && <Rehearse kits={kits} />}
            <div class="row apart wrap">
              <h2>{w().home.mine}</h2>
              <Button onClick={() => setMaking(true)} data-testid="new-classroom">
                {w().home.open}
              </Button>
            </div>
            {refusal && <p class="refused">{say(refusal)}</p>}
            {!list && !refusal && <p class="muted">{t().loading}</p>}
            {list?.length === 0 && <p class="card muted">{w().home.none}</p>}
            <ul class="plain lessons">
              {list?.map((c) => (
                <li key={c.classroomId}>
                  <a class="card lesson" href={`#${c.classroomId}`} data-testid={`classroom-${c.classroomId}`}>
                    <b>
                      {inLanguage(c.title)} · {c.className}
                    </b>
                    <span class="row apart">
                      <span class="muted small">{when(c.openedAt)}</span>
                      <RehearsalMark on={c.rehearsal} />
                      <span class={`pill ${c.endedAt ? "" : "ok"}`}>{c.endedAt ? w().home.ended : w().home.live}</span>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </main>
    </div>
  );
}

/** 22.11, 14:05: the same in every language, whatever the browser knows of Kazakh. */
function when(time: string): string {
  const d = new Date(time);
  const two = (n: number) => String(n).padStart(2, "0");
  const day =
    language.value === "en"
      ? `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
      : `${two(d.getDate())}.${two(d.getMonth() + 1)}`;
  return `${day}, ${two(d.getHours())}:${two(d.getMinutes())}`;
}
