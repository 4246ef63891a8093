import { useState } from "preact/hooks";
import { api, refusalOf } from "../../../connection/api";
import { say } from "../../../i18n";
import { w } from "../../../i18n/rooms";
import { joinOrigin } from "../../../lesson/address";
import { useLesson } from "../../../lesson/context";
import { helperOf } from "../../../lesson/rooms";
import type { HelperLinkReply } from "../../../protocol/http";
import type { Refusal } from "../../../protocol/types";
import { Button } from "../../../ui/parts";
import { Confirm } from "../../../ui/Sheet";
import { Theirs } from "../../../ui/Theirs";
import { Act } from "../parts/Act";

/** Who helps in this room: invited by a link, which is shown once, and sent away by ending it. */
export function RoomHelper({ room }: { room: number }) {
  const lesson = useLesson();
  const found = helperOf(lesson, room);
  const [made, setMade] = useState<HelperLinkReply>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const invite = () => {
    setBusy(true);
    setRefusal(undefined);
    api
      .helperLink(lesson.classroomId, joinOrigin() ?? location.origin, room)
      .then(setMade, (error) => setRefusal(refusalOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div class="stack tight room-helper" data-testid={`helper-of-${room}`}>
      <span class="row wrap apart">
        <span class="small muted cut">
          {found?.name ? (
            <>
              {w().helper.title}: <Theirs>{found.name}</Theirs> · {found.here ? w().helper.here : w().helper.away}
            </>
          ) : found ? (
            w().helper.invited
          ) : (
            w().helper.none
          )}
        </span>
        <span class="row wrap">
          {found ? (
            <>
              <Confirm
                label={w().helper.again}
                ask={w().helper.againAsk}
                yes={w().helper.again}
                onYes={invite}
                kind="quiet"
                disabled={busy}
                testid={`new-helper-${room}`}
              />
              <Act
                name="DismissHelper"
                fields={{ helperId: found.id }}
                kind="quiet"
                ask={w().helper.dismissAsk}
                testid={`dismiss-helper-${room}`}
              >
                {w().helper.dismiss}
              </Act>
            </>
          ) : (
            <Button kind="bare" compact disabled={busy} onClick={invite} data-testid={`invite-helper-${room}`}>
              {w().helper.invite}
            </Button>
          )}
        </span>
      </span>
      {refusal && (
        <span class="outcome refused" role="alert">
          {say(refusal)}
        </span>
      )}
      {/* Once somebody came by it, or it was ended, it need not be on show any more. */}
      {made && made.helperId === found?.id && !found.name && <Made key={made.link} made={made} />}
    </div>
  );
}

function Made({ made }: { made: HelperLinkReply }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(made.link).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <div class="card stack tight" data-testid="helper-link">
      <p class="small">{w().helper.how}</p>
      <img class="helper-qr" src={`data:image/svg+xml,${encodeURIComponent(made.qr)}`} alt={w().helper.link} width={240} height={240} />
      <span class="row wrap">
        <input
          type="text"
          class="grow"
          readOnly
          aria-label={w().helper.link}
          value={made.link}
          onFocus={(e) => e.currentTarget.select()}
          data-testid="helper-address"
        />
        {/* Over plain HTTP a browser gives no clipboard: the address is marked when it is touched. */}
        {typeof navigator.clipboard?.writeText === "function" && (
          <Button kind="line" compact onClick={copy} data-testid="copy-helper-link">
            {copied ? w().helper.copied : w().helper.copy}
          </Button>
        )}
      </span>
    </div>
  );
}
