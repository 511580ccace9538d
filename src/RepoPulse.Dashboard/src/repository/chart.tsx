import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Activity } from "../api/types.ts";
import { counted } from "../format/eventType.ts";
import { stretch } from "../format/time.ts";
import type { Range } from "./range.ts";

const height = 240;
// As the rest of the world writes times: 24 hours, the day where it changes.
const axisTimes: uPlot.Axis.Values = [
  [86_400, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [3_600, "{HH}:{mm}", "\n{D} {MMM}", null, "\n{D} {MMM}", null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{D} {MMM}", null, "\n{D} {MMM}", null, null, null, 1],
];
export const axisPixels = 44;
// Half a label's: what stands nearer to the edge would be cut off by it.
const edgePixels = 20;

interface Props {
  activity: Activity;
  eventType: string;
  range: Range;
  onZoom: (range: Range) => void;
  onReset: () => void;
}

/** The bars, drawn by uPlot: it takes colours from the page's own, and is made again when those change. */
export function Chart({ activity, eventType, range, onZoom, onReset }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ activity, eventType, range, onZoom, onReset });
  latest.current = { activity, eventType, range, onZoom, onReset };

  useEffect(() => {
    const element = box.current!;
    const make = () => {
      plot.current?.destroy();
      plot.current = new uPlot(options(element, tip.current!, () => latest.current), data(latest.current), element);
    };
    make();
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", make);
    addEventListener("themechange", make);
    return () => {
      resized.disconnect();
      scheme.removeEventListener("change", make);
      removeEventListener("themechange", make);
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);
  useEffect(() => {
    plot.current?.setData(data(latest.current));
  }, [activity, eventType, range.fromMs, range.toMs]);

  return (
    <>
      <div ref={box} />
      <div ref={tip} class="tip" hidden />
    </>
  );
}

function data({ activity, eventType }: { activity: Activity; eventType: string }): uPlot.AlignedData {
  // A bar stands over the middle of its bucket.
  return [
    activity.items.map((item) => Date.parse(item.from) / 1000 + activity.bucketSeconds / 2),
    activity.items.map((item) => (eventType === "*" ? item.events : (item.byEventType[eventType] ?? 0))),
  ];
}

function options(element: HTMLElement, tip: HTMLElement, latest: () => Props): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = { stroke: color("--quiet"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
  return {
    width: element.clientWidth,
    height,
    // As wide as the ribbon below it: both are one axis of time.
    padding: [12, 0, 0, 0],
    legend: { show: false },
    scales: { x: { range: () => [latest().range.fromMs / 1000, latest().range.toMs / 1000] }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] } },
    axes: [{ ...axis, grid: { show: false }, values: axisTimes, filter: (u, splits) => splits.filter((time) => u.valToPos(time, "x") <= u.over.clientWidth - edgePixels) }, { ...axis, size: axisPixels, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] }],
    series: [{}, { stroke: color("--accent"), fill: color("--accent-soft"), width: 1, paths: uPlot.paths.bars!({ size: [0.86, 60], radius: 0.15 }), points: { show: false } }],
    cursor: { points: { show: false }, y: false, drag: { x: true, y: false, setScale: false }, bind: { dblclick: () => () => (latest().onReset(), null) } },
    hooks: {
      setSelect: [
        (u) => {
          if (u.select.width < 4) return;
          latest().onZoom({ fromMs: u.posToVal(u.select.left, "x") * 1000, toMs: u.posToVal(u.select.left + u.select.width, "x") * 1000 });
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      setCursor: [(u) => show(u, tip, latest())],
    },
  };
}

function show(u: uPlot, tip: HTMLElement, { activity, eventType }: Props): void {
  const item = u.cursor.idx == null ? undefined : activity.items[u.cursor.idx];
  tip.hidden = item === undefined || (u.cursor.left ?? -1) < 0;
  if (item === undefined || tip.hidden) return;
  const from = Date.parse(item.from);
  const kinds = Object.entries(item.byEventType).filter(([type]) => eventType === "*" || type === eventType).sort(([, a], [, b]) => b - a);
  const line = (tag: string, text: string) => Object.assign(document.createElement(tag), { textContent: text });
  tip.replaceChildren(
    line("b", counted(kinds.reduce((sum, [, n]) => sum + n, 0), "*")),
    line("small", stretch(from, from + activity.bucketSeconds * 1000)),
    ...kinds.slice(0, 6).map(([type, n]) => line("span", counted(n, type))),
  );
  const left = (u.cursor.left ?? 0) + axisPixels;
  tip.style.transform = `translateX(${left > u.width - 190 ? left - 190 : left + 12}px)`;
}
