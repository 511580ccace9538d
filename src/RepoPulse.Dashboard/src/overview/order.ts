import type { Row } from "./model.ts";

export type Figure = "name" | "events" | "mean" | "last" | "coverage";
export interface Order {
  figure: Figure;
  descending: boolean;
}

const value: Record<Exclude<Figure, "name">, (row: Row) => number | null> = {
  events: (row) => row.shown?.events ?? row.summary.events,
  mean: (row) => row.shown?.meanIntervalSeconds ?? null,
  last: (row) => (row.summary.lastEventAt === null ? null : Date.parse(row.summary.lastEventAt)),
  coverage: (row) => row.summary.coverage.gaps * 1e12 + row.summary.coverage.missingSeconds + (row.summary.coverage.complete ? 0 : 1),
};

/** Those whose name holds every word, in order; what has no value comes last either way, as in the API. */
export function arrange(rows: Iterable<Row>, search: string, { figure, descending }: Order): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [...rows].filter(({ summary }) => words.every((word) => summary.repository.toLowerCase().includes(word)));
  const byName = (a: Row, b: Row) => (a.summary.repository.toLowerCase() < b.summary.repository.toLowerCase() ? -1 : 1);
  if (figure === "name") return found.sort((a, b) => (descending ? -byName(a, b) : byName(a, b)));
  const keyed = found.map((row) => [value[figure](row), row] as const);
  keyed.sort(([a, x], [b, y]) => {
    if (a === null || b === null) return a === b ? byName(x, y) : a === null ? 1 : -1;
    return a === b ? byName(x, y) : descending ? b - a : a - b;
  });
  return keyed.map(([, row]) => row);
}
