import { useEffect, useState } from "preact/hooks";
import { api } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import type { GitHubEvent } from "../api/types.ts";
import { ago, fullTime } from "../format/time.ts";
import { sentence } from "./sentence.ts";

const limit = 25;

export function EventList({ name, eventType, arrived, nowMs }: { name: string; eventType: string; arrived: GitHubEvent[]; nowMs: number }) {
  const [events, setEvents] = useState<GitHubEvent[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const types = eventType === "*" ? undefined : eventType;

  const read = (cursor: string | undefined, signal: AbortSignal) =>
    api.events(name, { limit, eventType: types, cursor }, signal).then(
      ({ body }) => {
        setEvents((held) => (cursor === undefined ? body.items : [...(held ?? []), ...body.items]));
        setNext(body.next);
        setProblem(null);
      },
      (e) => {
        if (signal.aborted) return;
        if (!(e instanceof Problem)) throw e;
        setProblem(e);
      },
    );
  useEffect(() => {
    const left = new AbortController();
    void read(undefined, left.signal);
    return () => left.abort();
  }, [name, types]);

  const seen = new Set<string>();
  const shown = [...arrived.filter((event) => eventType === "*" || event.type === eventType), ...(events ?? [])]
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return (
    <section class="panel" aria-labelledby="events-title">
      <div class="panel-head"><h2 id="events-title">Recent events</h2></div>
      {problem && <p class="quiet" role="status">{problem.message}</p>}
      {events !== null && shown.length === 0 && <p class="quiet">None is held.</p>}
      <ol class="events">
        {shown.map((event) => (
          <li key={event.id}>
            <span><b>{event.actor?.login ?? "Somebody"}</b> {sentence(event)}</span>
            <time dateTime={event.created_at} title={fullTime(event.created_at)}>{ago(event.created_at, nowMs)}</time>
          </li>
        ))}
      </ol>
      {next !== null && <button type="button" onClick={() => void read(next, new AbortController().signal)}>Older events</button>}
    </section>
  );
}
