import { useCallback, useEffect, useState } from "preact/hooks";
import { api } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import type { Activity, GitHubEvent, Statistics, Stretch } from "../api/types.ts";
import { counted, noun } from "../format/eventType.ts";
import { duration, shortTime } from "../format/time.ts";
import { Chart } from "./chart.tsx";
import { CoverageRibbon } from "./coverageRibbon.tsx";
import { bucketFor, moved, type Range } from "./range.ts";

const spans: readonly (readonly [string, number])[] = [["24 h", 24], ["7 d", 168], ["30 d", 720]];
const hourMs = 3_600_000;

/** The window, or as much of it as is known: an empty chart says nothing about hours that nobody watched. */
function known({ window, coverage, total }: Statistics): Range {
  const now = Date.now();
  const since = Math.min(...[coverage.from, total.firstEventAt].map((time) => (time === null ? now : Date.parse(time))));
  return { fromMs: Math.max(now - window.durationSeconds * 1000, Math.min(since, now - hourMs)), toMs: now };
}

interface Props {
  name: string;
  eventType: string;
  coverage: Stretch[];
  statistics: Statistics;
  arrived: GitHubEvent[];
  onAll: () => void;
}

export function ActivityPanel({ name, eventType, coverage, statistics, arrived, onAll }: Props) {
  const [range, setRange] = useState<Range>(() => known(statistics));
  const [activity, setActivity] = useState<Activity | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const bucket = bucketFor(range);

  useEffect(() => {
    const left = new AbortController();
    // Zooming goes in steps: only where it rests is asked for. What arrives is shown within the same moment.
    const timer = setTimeout(() => {
      const step = bucket.seconds * 1000;
      const since = new Date(Math.floor(range.fromMs / step) * step).toISOString();
      const until = new Date(Math.ceil(range.toMs / step) * step).toISOString();
      api.activity(name, { bucket: bucket.text, since, until }, left.signal).then(
        ({ body }) => (setActivity(body), setProblem(null)),
        (e) => {
          if (left.signal.aborted) return;
          if (!(e instanceof Problem)) throw e;
          setProblem(e);
        },
      );
    }, 150);
    return () => (left.abort(), clearTimeout(timer));
  }, [name, range.fromMs, range.toMs, arrived[0]?.id, statistics.total.lastEventAt]);

  const move = useCallback((factor: number, shift: number) => setRange((held) => moved(held, factor, shift, Date.now())), []);
  const keys: Record<string, () => void> = { "+": () => move(0.5, 0), "=": () => move(0.5, 0), "-": () => move(2, 0), ArrowLeft: () => move(1, -0.25), ArrowRight: () => move(1, 0.25) };
  const events = activity?.items.reduce((sum, item) => sum + (eventType === "*" ? item.events : (item.byEventType[eventType] ?? 0)), 0) ?? 0;
  const text = `${counted(events, "*")} between ${shortTime(range.fromMs)} and ${shortTime(range.toMs)}`;

  return (
    <section class="panel activity" aria-labelledby="activity-title">
      <div class="panel-head">
        <h2 id="activity-title">
          Activity{eventType !== "*" && <> of {noun(eventType)} <button type="button" class="chip" onClick={onAll}>show all</button></>}
        </h2>
        <div class="tools" role="group" aria-label="Time shown">
          {spans.map(([label, hours]) => (
            <button type="button" key={label} aria-pressed={Math.abs(range.toMs - range.fromMs - hours * hourMs) < 1000} onClick={() => setRange({ fromMs: Date.now() - hours * hourMs, toMs: Date.now() })}>{label}</button>
          ))}
          <button type="button" aria-label="Earlier" onClick={() => move(1, -0.5)}>←</button>
          <button type="button" aria-label="Later" onClick={() => move(1, 0.5)}>→</button>
          <button type="button" aria-label="Zoom in" onClick={() => move(0.5, 0)}>+</button>
          <button type="button" aria-label="Zoom out" onClick={() => move(2, 0)}>−</button>
        </div>
      </div>
      {problem ? (
        <p class="notice quiet" role="status">{problem.message}</p>
      ) : (
        <div
          class="chart"
          role="img"
          tabIndex={0}
          aria-label={`${text}. Plus and minus zoom, the arrows move.`}
          onKeyDown={(e) => {
            const act = keys[e.key];
            if (!act || e.ctrlKey || e.metaKey || e.altKey) return;
            e.preventDefault();
            act();
          }}
        >
          {activity && <Chart activity={activity} eventType={eventType} range={range} onZoom={setRange} onReset={() => setRange(known(statistics))} />}
        </div>
      )}
      <CoverageRibbon stretches={coverage} range={range} />
      <p class="quiet note">{text}, {duration(bucket.seconds)} a bar. Drag to zoom, double-click to go back.</p>
    </section>
  );
}
