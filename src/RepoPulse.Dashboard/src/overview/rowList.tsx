import type { RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Problem } from "../api/problem.ts";
import type { Model, Row } from "./model.ts";
import { rowHeight, RowView } from "./rowView.tsx";
import { Sparks } from "./sparks.ts";

const around = 6;
const restMs = 120;

interface Props {
  model: Model;
  rows: Row[];
  nowMs: number;
  version: number;
  beats: RefObject<string[]>;
  onDrawn: () => void;
}

/** Draws the rows in view and a few around them, of however many: the page scrolls, the list stays small. */
export function RowList({ model, rows, nowMs, version, beats, onDrawn }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const left = useMemo(() => new AbortController(), []);
  const sparks = useMemo(() => new Sparks(onDrawn, left.signal), []);
  const [[from, to], setRange] = useState<readonly [number, number]>([0, 20]);

  useEffect(() => {
    const measure = () => {
      const top = box.current?.getBoundingClientRect().top ?? 0;
      const first = Math.max(0, Math.floor(-top / rowHeight) - around);
      const last = Math.ceil((innerHeight - top) / rowHeight) + around;
      setRange((range) => (range[0] === first && range[1] === last ? range : [first, last]));
    };
    measure();
    addEventListener("scroll", measure, { passive: true });
    addEventListener("resize", measure);
    return () => (removeEventListener("scroll", measure), removeEventListener("resize", measure));
  }, []);
  useEffect(() => () => left.abort(), []);

  const drawn = rows.slice(from, to);
  // Only once scrolling rests: what flies past is not asked for.
  useEffect(() => {
    for (const name of beats.current?.splice(0) ?? []) sparks.add(name);
    const timer = setTimeout(() => {
      sparks.want(drawn.map((row) => row.summary).filter((summary) => summary.repositoryId !== null));
      const unread = drawn.filter((row) => row.byEventType === null).map((row) => row.summary.repository);
      if (unread.length > 0)
        model.readTypes(unread, left.signal).then(onDrawn, (e) => {
          // The row shows no kinds; the next reading of the list shows what is wrong.
          if (!(e instanceof Problem) && !left.signal.aborted) throw e;
        });
    }, restMs);
    return () => clearTimeout(timer);
  }, [from, to, rows.length, drawn[0], drawn.at(-1), Math.floor(nowMs / 60_000)]);
  useEffect(() => {
    for (const name of beats.current?.splice(0) ?? []) sparks.add(name);
  }, [version]);

  return (
    <div class="rows" ref={box} role="rowgroup" style={{ height: `${rows.length * rowHeight}px` }}>
      {drawn.map((row, i) => (
        <RowView
          key={row.summary.repository}
          row={row}
          index={from + i}
          nowMs={nowMs}
          counts={sparks.held.get(row.summary.repository)?.counts ?? null}
          span={sparks.held.get(row.summary.repository)?.span ?? ""}
          beats={row.beats}
          shown={row.shown}
          byEventType={row.byEventType}
          summary={row.summary}
        />
      ))}
    </div>
  );
}
