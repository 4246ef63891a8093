import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { api } from "../../src/connection/api";
import type { Outbox } from "../../src/connection/outbox";
import { t } from "../../src/i18n";
import { w } from "../../src/i18n/mentor";
import { w as teacher } from "../../src/i18n/teacher";
import type { Kit } from "../../src/protocol/http";
import type { Tile } from "../../src/protocol/types";
import { Hands } from "../../src/screens/mentor/Hands";
import { NewLesson } from "../../src/screens/teacher/home/NewLesson";
import { Rehearse } from "../../src/screens/teacher/home/Rehearse";
import { all } from "./screen";

afterEach(() => {
  cleanup();
  mock.restoreAll();
});

const kits: Kit[] = [
  {
    id: "k",
    version: "1",
    title: all("Жинақ"),
    lessons: [{ id: "l", title: all("Сабақ"), subject: all(""), gradeFrom: 7, gradeTo: 8, minutes: 40, steps: [] }],
  },
];
const tile = (id: string, nickname: string, rehearsal: boolean): Tile => ({
  classroomId: id,
  title: all("Фотосинтез"),
  className: "7",
  teacherName: "Айгүл",
  phase: "live",
  stepIndex: 0,
  stepCount: 1,
  stepMinutes: 5,
  minutes: 40,
  joined: 24,
  lost: 0,
  idle: 0,
  approvalsPending: 0,
  ...(rehearsal && { rehearsal }),
  hands: [0, 1].map((i) => ({ studentId: `${id}${i}`, nickname: `${nickname}${i}`, topic: "Жарық", since: "2026-11-27T09:00:00Z" })),
});

test("mentors see a rehearsal only where its teacher shows it, as with a real lesson", async () => {
  const opened: boolean[] = [];
  mock.method(api, "openClassroom", async (body: { atCentre: boolean }) => {
    opened.push(body.atCentre);
    return { classroomId: "c" };
  });
  for (const shown of [false, true]) {
    render(<Rehearse kits={kits} />);
    if (shown) fireEvent.click(screen.getByTestId("rehearse-at-centre"));
    fireEvent.click(screen.getByTestId("rehearse"));
    await waitFor(() => assert.equal(opened.length, shown ? 2 : 1));
    cleanup();
  }
  assert.deepEqual(opened, [false, true]);
});

test("scripted hands and real ones are no group, and coming to all of one leaves the other alone", () => {
  const claimed: string[] = [];
  const outbox = {
    send: (_name: string, body: { classroomId: string }) => {
      claimed.push(body.classroomId);
      return { state: { value: "sending" }, done: Promise.resolve({}) };
    },
  } as unknown as Outbox;
  render(<Hands tiles={[tile("real", "Дана", false), tile("practice", "Бүркіт", true)]} outbox={outbox} me="m" mayClaim />);
  const groups = [...document.querySelectorAll("section.card")] as HTMLElement[];
  assert.equal(groups.length, 2);
  for (const group of groups) {
    const practice = group.textContent?.includes("Бүркіт0") ?? false;
    assert.equal(within(group).queryAllByText(t().rehearsal).length, practice ? 1 : 0);
    assert.equal(group.textContent?.includes("· 7"), !practice);
    claimed.length = 0;
    fireEvent.click(within(group).getByText(w().comingAll(2)));
    assert.deepEqual(claimed, practice ? ["practice", "practice"] : ["real", "real"]);
  }
});

test("whoever has no lesson to choose is not told to write the class", () => {
  for (const offered of [[], kits]) {
    render(<NewLesson kits={offered} onCancel={() => {}} />);
    assert.equal(screen.queryAllByText(teacher().home.pickFirst).length, offered.length);
    cleanup();
  }
});
