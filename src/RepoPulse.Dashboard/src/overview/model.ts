import { api } from "../api/client.ts";
import type { GitHubEvent, RepositorySummary, Series, Statistics } from "../api/types.ts";

export interface Row {
  summary: RepositorySummary;
  /** The series that the list shows; null until it is read, or where it is empty. */
  shown: Series | null;
  byEventType: Series[] | null;
  beats: number;
}

/** Every repository of the server, by id where it has one: names change. */
export class Model {
  readonly rows = new Map<string, Row>();
  readonly types = new Set<string>();
  #readings = 0;

  /** Page by page: the first can be looked at while the others come. */
  async read(eventType: string, signal: AbortSignal, onPage: (ageSeconds: number | null) => void): Promise<void> {
    const reading = ++this.#readings;
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const { body, ageSeconds } = await api.repositories({ limit: 1000, cursor }, signal);
      for (const summary of body.items) {
        const row = this.rows.get(summary.repository);
        if (row) row.summary = summary;
        else this.rows.set(summary.repository, { summary, shown: null, byEventType: null, beats: 0 });
        seen.add(summary.repository);
      }
      cursor = body.next ?? undefined;
      onPage(ageSeconds);
    } while (cursor !== undefined);
    for (const name of this.rows.keys()) if (!seen.has(name)) this.rows.delete(name);

    // One type of each only: of 5,000 repositories every series would be 20 MB. The others follow for the rows in view.
    const only = eventType === "*" ? "PublicEvent" : eventType;
    do {
      const { body, ageSeconds } = await api.statistics({ limit: 1000, cursor, eventType: only }, signal);
      if (reading !== this.#readings) return;
      for (const document of body.items) this.#show(document, eventType);
      cursor = body.next ?? undefined;
      onPage(ageSeconds);
    } while (cursor !== undefined);
  }

  async readTypes(names: readonly string[], signal: AbortSignal): Promise<void> {
    const { body } = await api.statistics({ repository: names, limit: Math.max(1, names.length) }, signal);
    for (const document of body.items) this.#series(document);
  }

  /** @returns the row that it is of, where it is held. */
  apply(document: Statistics, eventType: string): Row | null {
    const row = this.rows.get(document.repository);
    if (!row) return null;
    row.summary = { ...row.summary, events: document.total.events, lastEventAt: document.total.lastEventAt ?? row.summary.lastEventAt, coverage: document.coverage };
    this.#show(document, eventType);
    this.#series(document);
    return row;
  }

  beat(event: GitHubEvent): Row | null {
    const row = this.rows.get(event.repo?.name ?? "");
    if (row) row.beats++;
    return row ?? null;
  }

  #show(document: Statistics, eventType: string): void {
    const row = this.rows.get(document.repository);
    if (row) row.shown = eventType === "*" ? document.total : (document.byEventType.find((series) => series.eventType === eventType) ?? null);
  }

  #series(document: Statistics): void {
    const row = this.rows.get(document.repository);
    if (row) row.byEventType = document.byEventType;
    for (const series of document.byEventType) this.types.add(series.eventType);
  }
}
