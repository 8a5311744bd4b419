export type Span = { id: string; from: string; to: string; className: string; title: string };
export type Dot = { day: string; hit: boolean; title: string };
type Props = { title: string; from: string; to: string; spans: Span[]; dots: Dot[]; label(day: string): string };

const width = 720;
const dayMs = 86_400_000;
const lane = 14;

/** Days from left to right: what happened as bars in their length, alarms as dots; those for nothing known are hollow. */
export function Timeline({ title, from, to, spans, dots, label }: Props) {
  const [first, last] = [Date.parse(from), Date.parse(to) + dayMs];
  const x = (day: string): number => (width * (Date.parse(day) - first)) / (last - first);
  const clamp = (value: number): number => Math.min(width, Math.max(0, value));
  const rows = stacked(dots, (day) => Math.round(x(day) / lane));
  const dotsHeight = lane * Math.max(1, ...rows.map(({ row }) => row + 1));
  const base = 40 + dotsHeight;
  return (
    <figure className="chart wide">
      <figcaption>{title}</figcaption>
      <svg viewBox={`-10 0 ${width + 20} ${base + 24}`} role="img" aria-label={title}>
        {monthsBetween(first, last).map((month) => (
          <line key={month} x1={x(month)} x2={x(month)} y1={6} y2={base} className="grid" />
        ))}
        {spans.map((span) => {
          const left = clamp(x(span.from));
          return (
            <rect
              key={span.id}
              x={left}
              y={10}
              height={18}
              className={span.className}
              width={Math.max(4, clamp(x(span.to) + width / ((last - first) / dayMs)) - left)}
            >
              <title>{span.title}</title>
            </rect>
          );
        })}
        {rows.map(({ dot, row }, i) => (
          <circle key={i} cx={x(dot.day) + 3} cy={46 + row * lane} r={5} className={dot.hit ? "hit" : "lone"}>
            <title>{dot.title}</title>
          </circle>
        ))}
        <line x1={0} x2={width} y1={base} y2={base} className="axis" />
        <text x={0} y={base + 18}>
          {label(from)}
        </text>
        <text x={width} y={base + 18} textAnchor="end">
          {label(to)}
        </text>
      </svg>
    </figure>
  );
}

/** Dots of about the same day stand above each other. */
function stacked(dots: readonly Dot[], column: (day: string) => number): { dot: Dot; row: number }[] {
  const used = new Map<number, number>();
  return dots.map((dot) => {
    const at = column(dot.day);
    const row = used.get(at) ?? 0;
    used.set(at, row + 1);
    return { dot, row };
  });
}

function monthsBetween(first: number, last: number): string[] {
  const months: string[] = [];
  const start = new Date(first);
  for (let i = 1; ; i++) {
    const month = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + i, 1);
    if (month >= last) return months;
    months.push(new Date(month).toISOString().slice(0, 10));
  }
}
