import { memo } from "preact/compat";
import type { Series } from "../api/types.ts";
import { noun } from "../format/eventType.ts";
import { count } from "../format/number.ts";
import { ago, duration, fullTime } from "../format/time.ts";
import { ActivityShape } from "../ui/activityShape.tsx";
import { coverageText, stateText } from "../ui/states.ts";
import type { Row } from "./model.ts";

export const rowHeight = 64;

interface Props {
  row: Row;
  index: number;
  nowMs: number;
  counts: readonly number[] | null;
  span: string;
  // What of the row has changed since it was last drawn: rows are changed in place.
  beats: number;
  shown: Series | null;
  byEventType: Series[] | null;
  summary: Row["summary"];
}

export const RowView = memo(({ row, index, nowMs, counts, span, beats }: Props) => {
  const { summary, shown, byEventType } = row;
  const slash = summary.repository.indexOf("/");
  const coverage = coverageText(summary.coverage, nowMs);
  const busiest = byEventType && [...byEventType].sort((a, b) => b.events - a.events).slice(0, 3);
  return (
    <div class="repo" role="row" aria-rowindex={index + 2} style={{ transform: `translateY(${index * rowHeight}px)` }} data-index={index}>
      <span class="name" role="rowheader">
        <i class={`dot dot-${summary.state}`} aria-hidden="true">{beats > 0 && <b key={beats} />}</i>
        <a class="name-text" href={`#/${summary.repository}`} title={summary.repository}>
          <span class="owner">{summary.repository.slice(0, slash + 1)}</span>
          {summary.repository.slice(slash + 1)}
          {summary.state !== "watching" && <em class="state">{stateText[summary.state]}</em>}
        </a>
      </span>
      <span class="spark" role="cell"><ActivityShape counts={counts} height={40} label={`Activity of the last ${span}`} /><small>{span}</small></span>
      <span class="mean" role="cell">
        {shown?.meanIntervalSeconds != null ? <><small class="every">every </small>{duration(shown.meanIntervalSeconds)}</> : <span class="quiet">–</span>}
        <small class="under">{count(shown?.events ?? 0)} in the window</small>
      </span>
      <span class="kinds" role="cell">
        {busiest?.map((series) => (
          <span key={series.eventType}>{noun(series.eventType)} <b>{duration(series.meanIntervalSeconds)}</b></span>
        ))}
      </span>
      <span class="last" role="cell" title={fullTime(summary.lastEventAt)}>{ago(summary.lastEventAt, nowMs)}</span>
      <span class={`cover cover-${coverage.kind}`} role="cell" title={coverage.title}>{coverage.text}</span>
    </div>
  );
});
