import { useEffect, useRef, useState } from "preact/hooks";
import type { Shared } from "../app.tsx";
import { api } from "../api/client.ts";
import { Problem } from "../api/problem.ts";
import { follow } from "../api/stream.ts";
import type { GitHubEvent, RepositoryDetails, Statistics, Stretch } from "../api/types.ts";
import { Failure } from "../ui/failure.tsx";
import { useLoad, useNow } from "../ui/useLoad.ts";
import { ActivityPanel } from "./activityPanel.tsx";
import { EventList } from "./eventList.tsx";
import { SeriesTable } from "./seriesTable.tsx";
import { Summary } from "./summary.tsx";

export function RepositoryPage({ name, onLiveness, onAge, onKeyNeeded }: Shared & { name: string }) {
  const [details, setDetails] = useState<RepositoryDetails | null>(null);
  const [statistics, setStatistics] = useState<Statistics | null>(null);
  const [coverage, setCoverage] = useState<Stretch[]>([]);
  const [arrived, setArrived] = useState<GitHubEvent[]>([]);
  const [eventType, setEventType] = useState("*");
  const now = useNow(5);
  const newName = useRef(name);

  const problem = useLoad(
    async (signal) => {
      const [one, two, three] = await Promise.all([api.repository(name, signal), api.statisticsOf(name, signal), api.coverage(name, { limit: 1000 }, signal)]);
      newName.current = one.body.repository;
      // A former name leads here too; from now on the page is of the present one.
      if (one.body.repository.toLowerCase() !== name.toLowerCase()) return location.replace(`#/${one.body.repository}`);
      setDetails(one.body);
      setStatistics(two.body);
      setCoverage(three.body.items);
      onAge(two.ageSeconds);
    },
    30,
    [name],
    onKeyNeeded,
  );

  useEffect(
    () =>
      follow(
        { repository: name },
        ({ event, data }) => {
          if (event === "statistics") setStatistics(JSON.parse(data) as Statistics);
          else if (event === "event") setArrived((events) => [JSON.parse(data) as GitHubEvent, ...events].slice(0, 200));
        },
        onLiveness,
      ),
    [name],
  );

  if (details === null || statistics === null)
    return problem instanceof Problem ? <Failure problem={problem} /> : <p class="notice quiet" role="status">Reading {name} …</p>;
  return (
    <article class="repository">
      {problem && <p class="stale" role="status">{problem.message} These are the last statistics read.</p>}
      <Summary details={details} statistics={statistics} nowMs={now} />
      <ActivityPanel name={name} eventType={eventType} coverage={coverage} statistics={statistics} arrived={arrived} onAll={() => setEventType("*")} />
      <SeriesTable statistics={statistics} selected={eventType} onSelect={setEventType} nowMs={now} />
      <EventList name={name} eventType={eventType} arrived={arrived} nowMs={now} />
    </article>
  );
}
