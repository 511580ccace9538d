import type { RepositoryDetails, Statistics } from "../api/types.ts";
import { count } from "../format/number.ts";
import { ago, duration, fullTime } from "../format/time.ts";
import { coverageText, stateText } from "../ui/states.ts";

const limits = {
  events: (maximum: number, window: number) => `over the newest ${count(maximum)} events; the last ${duration(window)} hold more`,
  history: (_: number, window: number) => `as far as is known: the feed did not reach back over ${duration(window)} when it was first read`,
  duration: (_: number, window: number) => `over the last ${duration(window)}`,
};

export function Summary({ details, statistics: { total, window, coverage }, nowMs }: { details: RepositoryDetails; statistics: Statistics; nowMs: number }) {
  const [owner, name] = details.repository.split("/") as [string, string];
  const cover = coverageText(coverage, nowMs);
  const figures: [string, string, string?][] = [
    ["Median", duration(total.medianIntervalSeconds)],
    ["95 % within", duration(total.p95IntervalSeconds)],
    ["Longest pause", duration(total.maxIntervalSeconds)],
    ["Events", count(total.events)],
    ["Last event", ago(total.lastEventAt ?? details.lastEventAt, nowMs), fullTime(total.lastEventAt ?? details.lastEventAt)],
    ["Coverage", cover.text, cover.title],
  ];
  return (
    <section class="summary" aria-label="Statistics">
      <nav aria-label="Breadcrumb"><a href="#/">← All repositories</a></nav>
      <h1><span class="owner">{owner}/</span>{name}</h1>
      <p class="quiet">
        <span class={`dot dot-${details.state}`} aria-hidden="true" /> {stateText[details.state]}
        {details.lastPolledAt && <>, read {ago(details.lastPolledAt, nowMs)}</>}
        {details.nextPollAt && Date.parse(details.nextPollAt) > nowMs && <>, again {ago(details.nextPollAt, nowMs)}</>}
        {details.aliases.length > 0 && <>, formerly {details.aliases.join(", ")}</>}
        {" · "}<a href={`https://github.com/${details.repository}`} rel="noreferrer">on GitHub ↗</a>
      </p>
      <p class="hero">
        {total.meanIntervalSeconds === null ? (
          <>{total.events === 0 ? "No event in the window" : "One event in the window"}</>
        ) : (
          <>an event every <b>{duration(total.meanIntervalSeconds)}</b></>
        )}
        <small class="under">{limits[total.limitedBy](window.maxEvents, window.durationSeconds)}</small>
      </p>
      <dl class="figures">
        {figures.map(([title, figure, hint]) => (
          <div key={title} title={hint}><dt>{title}</dt><dd>{figure}</dd></div>
        ))}
      </dl>
    </section>
  );
}
