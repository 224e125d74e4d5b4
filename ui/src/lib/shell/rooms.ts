import type { Component } from "svelte";
import type { PageName } from "./router.svelte";

type Room = Component<Record<string, never>>;

/** Rooms that are fetched when they are first entered. */
const rooms: Partial<Record<PageName, () => Promise<{ default: Room }>>> = {
  contexts: () => import("../contexts/ContextsPage.svelte"),
  agents: () => import("../agents/AgentsPage.svelte"),
  meetings: () => import("../meetings/MeetingsPage.svelte"),
};

const known = new Map<PageName, Promise<Room>>();

/** The room of a page, or null for one that is there from the start. */
export function loadRoom(page: PageName): Promise<Room | null> {
  const fetched = known.get(page) ?? rooms[page]?.().then((room) => room.default);
  if (fetched) known.set(page, fetched);
  return fetched ?? Promise.resolve(null);
}
