import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Shared } from "../app.tsx";
import { follow } from "../api/stream.ts";
import type { GitHubEvent, Statistics } from "../api/types.ts";
import { knownTypes, noun } from "../format/eventType.ts";
import { count, plural } from "../format/number.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad, useNow } from "../ui/useLoad.ts";
import { Model } from "./model.ts";
import { arrange, type Figure, type Order } from "./order.ts";
import { RowList } from "./rowList.tsx";

const columns: readonly { figure: Figure; title: string; class: string }[] = [
  { figure: "name", title: "Repository", class: "name" },
  { figure: "events", title: "Activity", class: "spark" },
  { figure: "mean", title: "One", class: "mean" },
];

export function Overview({ onLiveness, onAge, onKeyNeeded }: Shared) {
  const model = useMemo(() => new Model(), []);
  const [version, setVersion] = useState(0);
  const [loaded, setLoaded] = useState(false);
  const [search, setSearch] = useState("");
  const [eventType, setEventType] = useState("*");
  const [order, setOrder] = useState<Order>({ figure: "name", descending: false });
  const now = useNow(10);
  const beats = useRef<string[]>([]);

  const problem = useLoad(
    async (signal) => {
      await model.read(eventType, signal, (age) => {
        onAge(age);
        setLoaded(true);
        setVersion((v) => v + 1);
      });
    },
    30,
    [eventType],
    onKeyNeeded,
  );

  // Many messages a second make one drawing a frame at most, and the list is sorted again no more often than eyes can follow.
  useEffect(() => {
    let timer = 0;
    const later = () => (timer ||= window.setTimeout(() => ((timer = 0), setVersion((v) => v + 1)), 250));
    const stop = follow(
      {},
      ({ event, data }) => {
        if (event === "statistics") model.apply(JSON.parse(data) as Statistics, eventType);
        else if (event === "event") {
          const row = model.beat(JSON.parse(data) as GitHubEvent);
          if (row) beats.current.push(row.summary.repository);
        } else return;
        later();
      },
      onLiveness,
    );
    return () => (stop(), clearTimeout(timer));
  }, [eventType]);

  const rows = useMemo(() => arrange(model.rows.values(), search, order), [version, search, order, now]);
  const types = [...new Set([...knownTypes, ...model.types])].sort((a, b) => noun(a).localeCompare(noun(b)));
  const sortBy = (figure: Figure) =>
    setOrder(order.figure === figure ? { figure, descending: !order.descending } : { figure, descending: figure !== "name" && figure !== "mean" });
  const heading = (figure: Figure, title: string, className: string) => (
    <span class={className} role="columnheader" aria-sort={order.figure === figure ? (order.descending ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={() => sortBy(figure)}>{title}<i aria-hidden="true">{order.figure === figure ? (order.descending ? " ↓" : " ↑") : ""}</i></button>
    </span>
  );

  if (problem && !loaded) return <Failure problem={problem} />;
  if (!loaded) return <p class="notice quiet" role="status">Reading the statistics …</p>;
  if (model.rows.size === 0)
    return (
      <section class="notice">
        <h1>No repositories yet</h1>
        <p>Name one where the server is started, and its activity shows here within a minute:</p>
        <pre>repopulse run --repository dotnet/runtime</pre>
      </section>
    );

  const all = [...model.rows.values()];
  const gaps = all.filter((row) => row.summary.coverage.gaps > 0).length;
  return (
    <section class="overview">
      {problem && <p class="stale" role="status">{problem.message} These are the last statistics read.</p>}
      <div class="bar">
        <div>
          <h1>Repository activity</h1>
          <p class="quiet">
            {plural(all.length, "repository", "repositories")} · {count(all.reduce((sum, row) => sum + row.summary.events, 0))} events in their windows
            {gaps > 0 && ` · ${gaps} with gaps`}
          </p>
        </div>
        <div class="tools">
          <label>
            <span class="hidden">Search</span>
            <input type="search" placeholder="Search repositories" value={search} onInput={(e) => setSearch(e.currentTarget.value)} />
          </label>
          <label>
            <span class="hidden">Kind of event</span>
            <select value={eventType} onChange={(e) => setEventType(e.currentTarget.value)}>
              <option value="*">every kind of event</option>
              {types.map((type) => <option key={type} value={type}>{noun(type)}</option>)}
            </select>
          </label>
        </div>
      </div>
      <div class="table" role="table" aria-label="Repositories" aria-rowcount={rows.length + 1}>
        <div class="head" role="row" aria-rowindex={1}>
          {columns.map(({ figure, title, class: name }) => heading(figure, figure === "mean" ? (eventType === "*" ? "Mean interval" : noun(eventType)) : title, name))}
          <span class="kinds" role="columnheader">By kind, every</span>
          {heading("last", "Last event", "last")}
          {heading("coverage", "Coverage", "cover")}
        </div>
        {rows.length === 0 ? <p class="notice quiet">No repository's name holds “{search}”.</p> : <RowList model={model} rows={rows} nowMs={now} version={version} beats={beats} onDrawn={() => setVersion((v) => v + 1)} />}
      </div>
    </section>
  );
}
