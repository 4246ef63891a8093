// Photos of works on this device: those on their way, and the pictures of those that are there. Kept outside a screen, which a child leaves and comes back to.
import { effect, signal } from "@preact/signals";
import { refusalOf } from "../connection/api";
import { photoRequests } from "../connection/photoRequests";
import { smallPhoto, urlOf } from "../device/photo";
import { uuid7 } from "../protocol/ids";
import type { Photo, Refusal } from "../protocol/types";
import type { Lesson } from "./lesson";

export const maxPhotos = 3;

/** One that was chosen and is not known to be there. */
export type Going = {
  id: string;
  studentId: string;
  stepId: string;
  children?: readonly string[] | undefined;
  url?: string;
  bytes?: Blob;
  refusal?: Refusal;
};

const going = signal<readonly Going[]>([]);
const pictures = signal<ReadonlyMap<string, string | null>>(new Map());
const asked = new Set<string>();

/** Photos of a work, oldest first. */
export const photosOf = (lesson: Lesson, studentId: string, stepId: string): [string, Photo][] =>
  [...lesson.store.all("photo")]
    .filter(([, p]) => p.studentId === studentId && p.stepId === stepId)
    .sort(([a, x], [b, y]) => x.at.localeCompare(y.at) || a.localeCompare(b));

/** The same with their pictures, which are fetched with the first look. */
export const shownPhotos = (lesson: Lesson, studentId: string, stepId: string) =>
  photosOf(lesson, studentId, stepId).map(([id, p]) => ({ id, url: pictureOf(lesson, id), width: p.width, height: p.height }));

/** Those that are not there yet; one that has come meanwhile is no longer among them. */
export const goingOf = (lesson: Lesson, studentId: string, stepId: string): Going[] =>
  going.value.filter((g) => g.studentId === studentId && g.stepId === stepId && !lesson.store.one("photo", g.id));

export async function addPhoto(lesson: Lesson, work: Pick<Going, "studentId" | "stepId" | "children">, file: Blob): Promise<void> {
  const photo: Going = { ...work, id: uuid7() };
  going.value = [...going.value, photo];
  const bytes = await smallPhoto(file);
  if (!bytes) return change(photo.id, { refusal: { code: "photo-broken" } });
  const url = await urlOf(bytes);
  show(photo.id, url);
  change(photo.id, { bytes, url });
  await sendPhoto(lesson, photo.id);
}

/** Again: what is the same is done once. */
export async function sendPhoto(lesson: Lesson, id: string): Promise<void> {
  const photo = going.value.find((g) => g.id === id);
  if (!photo?.bytes) return;
  const { refusal: _, ...rest } = photo;
  going.value = going.value.map((g) => (g.id === id ? rest : g));
  try {
    await photoRequests.send({ lesson: lesson.classroomId, photo: id, ticket: lesson.ticket }, photo.stepId, photo.children, photo.bytes);
    // It stays where it is seen until the lesson has it.
    const stop = effect(() => {
      if (!lesson.store.one("photo", id)) return;
      queueMicrotask(() => {
        stop();
        drop(id);
      });
    });
  } catch (error) {
    change(id, { refusal: refusalOf(error) });
  }
}

/** What the line kept from going, once it is back. */
export function sendWaiting(lesson: Lesson): void {
  for (const g of going.peek()) if (g.refusal && isPassing(g.refusal)) void sendPhoto(lesson, g.id);
}

export const isPassing = (refusal: Refusal): boolean => ["offline", "try-again", "too-fast"].includes(refusal.code);

export const drop = (id: string): void => {
  going.value = going.value.filter((g) => g.id !== id);
};

export const removePhoto = (lesson: Lesson, id: string, child: string): Promise<unknown> =>
  photoRequests.remove({ lesson: lesson.classroomId, photo: id, ticket: lesson.ticket }, child);

/** The picture of a photo that is there; undefined while it comes, null where it does not open. */
export function pictureOf(lesson: Lesson, id: string): string | null | undefined {
  if (!asked.has(id) && !pictures.peek().has(id)) {
    asked.add(id);
    void photoRequests
      .get({ lesson: lesson.classroomId, photo: id, ticket: lesson.ticket })
      .then(urlOf)
      .then(
        (url) => show(id, url),
        (error) => {
          // Asked for again with the next look, where only the line was away.
          asked.delete(id);
          if (!isPassing(refusalOf(error))) show(id, null);
        },
      );
  }
  return pictures.value.get(id);
}

const show = (id: string, url: string | null): void => {
  pictures.value = new Map(pictures.value).set(id, url);
};

const change = (id: string, part: Partial<Going>): void => {
  going.value = going.value.map((g) => (g.id === id ? { ...g, ...part } : g));
};
