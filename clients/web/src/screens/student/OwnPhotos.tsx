import { useState } from "preact/hooks";
import { refusalOf } from "../../connection/api";
import { say, t } from "../../i18n";
import { w } from "../../i18n/photos";
import { useLesson } from "../../lesson/context";
import { addPhoto, drop, type Going, goingOf, isPassing, maxPhotos, removePhoto, sendPhoto, shownPhotos } from "../../lesson/photos";
import type { Refusal } from "../../protocol/types";
import { Photo } from "../../ui/Photo";
import { Button } from "../../ui/parts";
import { Confirm } from "../../ui/Sheet";

type Props = { studentId: string; stepId: string; children?: readonly string[] | undefined };

/** The photos of a work that is still made: taken, sent by themselves, taken out again. */
export function OwnPhotos({ studentId, stepId, children }: Props) {
  const lesson = useLesson();
  const [refusal, setRefusal] = useState<Refusal>();
  const whose = children ?? [studentId];
  const there = shownPhotos(lesson, studentId, stepId);
  const onTheWay = goingOf(lesson, studentId, stepId);
  const take = (input: HTMLInputElement) => {
    setRefusal(undefined);
    for (const file of [...(input.files ?? [])].slice(0, maxPhotos - there.length - onTheWay.length)) {
      void addPhoto(lesson, { studentId, stepId, children: whose }, file);
    }
    // The same file chosen again is chosen.
    input.value = "";
  };
  return (
    <div class="stack tight">
      <span>{w().title}</span>
      <p class="small muted">{w().about}</p>
      {there.length + onTheWay.length > 0 && (
        <div class="photos">
          {there.map((photo, i) => (
            <div class="photo-item" key={photo.id}>
              <Photo photo={photo} n={i + 1} />
              <Confirm
                kind="bare"
                compact
                label={w().remove(i + 1)}
                ask={w().removeAsk}
                yes={t().yes}
                testid={`remove-photo-${i + 1}`}
                onYes={() => {
                  setRefusal(undefined);
                  removePhoto(lesson, photo.id, whose).catch((error) => setRefusal(refusalOf(error)));
                }}
              />
            </div>
          ))}
          {onTheWay.map((g) => (
            <OnItsWay key={g.id} photo={g} />
          ))}
        </div>
      )}
      {refusal && (
        <p class="small warn" role="alert">
          {say(refusal)}
        </p>
      )}
      {there.length + onTheWay.length < maxPhotos && (
        <label class="btn line start take" data-testid="take-photo">
          {w().take}
          <input type="file" accept="image/*" multiple onChange={(e) => take(e.currentTarget)} />
        </label>
      )}
    </div>
  );
}

function OnItsWay({ photo }: { photo: Going }) {
  const { refusal } = photo;
  return (
    <div class="photo-item" role="status">
      {photo.url && (
        <span class="photo">
          <img src={photo.url} alt="" />
        </span>
      )}
      <span class={`small ${refusal ? "warn" : "muted"}`}>
        {refusal ? (isPassing(refusal) ? w().waits : say(refusal)) : photo.bytes ? w().sending : w().preparing}
      </span>
      {refusal && (
        <div class="row wrap">
          {photo.bytes && (
            <Button kind="bare" compact onClick={() => void sendPhoto(photo.id)}>
              {w().again}
            </Button>
          )}
          <Button kind="bare" compact onClick={() => drop(photo.id)}>
            {w().drop}
          </Button>
        </div>
      )}
    </div>
  );
}
