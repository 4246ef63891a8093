// Photos of works on this device: those on their way, and the pictures of those that are there. Kept outside a screen, which a child leaves and comes back to.
import { effect, signal } from "@preact/signals";
import { refusalOf } from "../connection/api";
import { photoRequests } from "../connection/photoRequests";
import { smallPhoto, urlOf } from "../device/photo";
import { uuid7 } from "../protocol/ids";
import type { Photo, Refusal } from "../protocol/types";
import type { Lesson } from "./lesson";

export const maxPhotos = 3;

/** Where a photo goes: a work, and whose copies they are. */
type Place = { studentId: string; stepId: string; children: readonly string[] };

/** One that was chosen and is not known to be there. It goes by the ticket that it was taken with, whoever sits here by then. */
export type Going = Place & { id: string; lesson: Lesson; url?: string; bytes?: Blob; refusal?: Refusal };

const going = signal<readonly Going[]>([]);
const pictures = signal<ReadonlyMap<string, string | null>>(new Map());
const asked = new Set<string>();
const again = 5000;
let drawing: Promise<unknown> = Promise.resolve();

/** Photos of a work, oldest first. */
export const photosOf = (lesson: Lesson, studentId: string, stepId: string): [string, Photo][] =>
  [...lesson.store.all("photo")]
    .filter(([, p]) => p.studentId === studentId && p.stepId === stepId)
    .sort(([a, x], [b, y]) => x.at.localeCompare(y.at) || a.localeCompare(b));

/** The same with their pictures, which are fetched with the first look. */
export const shownPhotos = (lesson: Lesson, studentId: string, stepId: string) =>
  photosOf(lesson, studentId, stepId)
    // While its picture could not be kept it stands among those on their way.
    .filter(([id]) => !going.value.some((g) => g.id === id && g.refusal))
    .map(([id, p]) => ({ id, url: pictureOf(lesson, id), width: p.width, height: p.height }));

/** Those that are not there yet; one that has come meanwhile is no longer among them. */
export const goingOf = (lesson: Lesson, studentId: string, stepId: string): Going[] =>
  going.value.filter(
    (g) =>
      g.lesson.classroomId === lesson.classroomId &&
      g.studentId === studentId &&
      g.stepId === stepId &&
      (g.refusal !== undefined || !lesson.store.one("photo", g.id)),
  );

export async function addPhoto(lesson: Lesson, place: Place, file: Blob): Promise<void> {
  const photo: Going = { ...place, id: uuid7(), lesson };
  going.value = [...going.value, photo];
  // One after another: a photo of a good camera takes much memory while it is made small.
  const small = drawing.then(() => smallPhoto(file));
  drawing = small.catch(() => {});
  try {
    const bytes = await small;
    if (!bytes) return change(photo.id, { refusal: { code: "photo-broken" } });
    const url = await urlOf(bytes);
    show(photo.id, url);
    change(photo.id, { bytes, url });
  } catch {
    return change(photo.id, { refusal: { code: "photo-broken" } });
  }
  await sendPhoto(photo.id);
}

/** Again: what is the same is done once. What will pass is tried by itself. */
export async function sendPhoto(id: string): Promise<void> {
  const photo = going.peek().find((g) => g.id === id);
  if (!photo?.bytes) return;
  const { refusal: _, ...rest } = photo;
  going.value = going.value.map((g) => (g.id === id ? rest : g));
  try {
    await photoRequests.send(at(photo.lesson, id), photo.stepId, photo.children, photo.bytes);
    // It stays where it is seen until the lesson has it.
    const stop = effect(() => {
      if (!photo.lesson.store.one("photo", id)) return;
      queueMicrotask(() => {
        stop();
        drop(id);
      });
    });
  } catch (error) {
    const refusal = refusalOf(error);
    change(id, { refusal });
    if (isPassing(refusal)) setTimeout(() => going.peek().some((g) => g.id === id && g.refusal) && void sendPhoto(id), again);
  }
}

export const isPassing = (refusal: Refusal): boolean => ["offline", "try-again", "too-fast", "not-saved"].includes(refusal.code);

export const drop = (id: string): void => {
  going.value = going.value.filter((g) => g.id !== id);
};

export async function removePhoto(lesson: Lesson, id: string, children: readonly string[]): Promise<void> {
  await photoRequests.remove(at(lesson, id), children);
  drop(id);
  asked.delete(id);
  const rest = new Map(pictures.value);
  rest.delete(id);
  pictures.value = rest;
}

/** The picture of a photo that is there; undefined while it comes, null where it does not open. */
function pictureOf(lesson: Lesson, id: string): string | null | undefined {
  if (!asked.has(id) && !pictures.peek().has(id)) {
    asked.add(id);
    void photoRequests
      .get(at(lesson, id))
      .then(urlOf)
      .then(
        (url) => show(id, url),
        (error) => {
          if (refusalOf(error).code === "no-such-photo") show(id, null);
          else
            setTimeout(() => {
              asked.delete(id);
              pictures.value = new Map(pictures.value);
            }, again);
        },
      );
  }
  return pictures.value.get(id);
}

const at = (lesson: Lesson, photo: string) => ({ lesson: lesson.classroomId, photo, ticket: lesson.ticket });

const show = (id: string, url: string | null): void => {
  pictures.value = new Map(pictures.value).set(id, url);
};

const change = (id: string, part: Partial<Going>): void => {
  going.value = going.value.map((g) => (g.id === id ? { ...g, ...part } : g));
};
